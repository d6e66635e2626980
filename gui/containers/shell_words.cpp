#include "gui/containers/shell_words.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace escale::gui {
namespace {

bool isBlank(QChar c) {
    return c == u' ' || c == u'\t' || c == u'\r' || c == QChar::Nbsp;
}

class Scanner {
public:
    Scanner(const QString& text, bool isLine)
        : m_text(text)
        , m_isLine(isLine) {}

    Result<ShellWords> scan() {
        while (m_at < m_text.size() && !m_ended)
            TRY(step());
        endWord();
        return m_found;
    }

private:
    [[nodiscard]] QChar peek(qsizetype ahead = 0) const {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar();
    }
    void put(QChar c) {
        m_word += c;
        m_inWord = true;
    }
    void endWord() {
        if (m_inWord)
            m_found.words.append(std::exchange(m_word, {}));
        m_inWord = false;
    }

    Result<void> step() {
        const QChar c = peek();
        if (c == u'\'' || c == u'"')
            return quotation(c);
        if (c == u'\\') {
            backslash();
        } else if (c == u'$' || c == u'`') {
            return variable();
        } else if (isBlank(c) || (c == u'\n' && !m_isLine)) {
            endWord();
            ++m_at;
        } else if (m_isLine && c == u'#' && !m_inWord) {
            const auto end = m_text.indexOf(u'\n', m_at);
            m_at = end < 0 ? m_text.size() : end;
        } else if (m_isLine && QStringView(u"\n;&|<>()").contains(c)) {
            ending();
        } else {
            put(c);
            ++m_at;
        }
        return {};
    }

    // Empty lines before the command are no end.
    void ending() {
        endWord();
        if (peek() == u'\n' && m_found.words.isEmpty()) {
            ++m_at;
            return;
        }
        m_found.ending = m_text.mid(m_at).trimmed();
        m_ended = true;
    }

    void backslash() {
        qsizetype next = m_at + 1;
        while (m_isLine && next < m_text.size() && isBlank(m_text[next]))
            ++next;
        if (next < m_text.size() && m_text[next] == u'\n') {
            m_at = next + 1;
        } else if (m_at + 1 >= m_text.size()) {
            // Alone at the end: the next line was not copied.
            if (!m_isLine)
                put(u'\\');
            ++m_at;
        } else {
            put(m_text[m_at + 1]);
            m_at += 2;
        }
    }

    Result<void> quotation(QChar quote) {
        m_inWord = true; // also when it is empty
        for (++m_at; m_at < m_text.size();) {
            const QChar c = peek();
            if (c == quote) {
                ++m_at;
                return {};
            }
            if (quote == u'"' && c == u'\\' && QStringView(u"\"\\$`\n").contains(peek(1)) &&
                m_at + 1 < m_text.size()) {
                if (peek(1) != u'\n')
                    put(peek(1));
                m_at += 2;
            } else if (quote == u'"' && (c == u'$' || c == u'`')) {
                TRY(variable());
            } else {
                put(c);
                ++m_at;
            }
        }
        return fail(ErrorCode::InvalidArgument,
                    QCoreApplication::translate("DockerCommand", "A quotation mark (%1) stays open.")
                        .arg(quote)
                        .toStdString());
    }

    // $NAME, ${…}, $(…), `…`: kept, and named.
    Result<void> variable() {
        static const QRegularExpression kName(QStringLiteral("\\$([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])"));
        qsizetype length = 1;
        if (peek() == u'`') {
            const auto end = m_text.indexOf(u'`', m_at + 1);
            length = end < 0 ? 1 : end - m_at + 1;
        } else if (peek(1) == u'{' || peek(1) == u'(') {
            length = bracketed();
        } else if (const auto match = kName.match(m_text, m_at, QRegularExpression::NormalMatch,
                                                  QRegularExpression::AnchorAtOffsetMatchOption);
                   match.hasMatch()) {
            length = match.capturedLength();
        }
        const QString piece = m_text.mid(m_at, length);
        for (const QChar c : piece)
            put(c);
        m_at += length;
        if (length > 1 && !m_found.variables.contains(piece))
            m_found.variables.append(piece);
        return {};
    }

    [[nodiscard]] qsizetype bracketed() const {
        int depth = 0;
        for (qsizetype i = m_at + 1; i < m_text.size(); ++i) {
            if (m_text[i] == u'(' || m_text[i] == u'{')
                ++depth;
            else if ((m_text[i] == u')' || m_text[i] == u'}') && --depth == 0)
                return i - m_at + 1;
        }
        return 1;
    }

    const QString& m_text;
    bool m_isLine;
    qsizetype m_at = 0;
    QString m_word;
    bool m_inWord = false, m_ended = false;
    ShellWords m_found;
};

} // namespace

Result<ShellWords> splitCommandLine(const QString& text) {
    return Scanner(text, true).scan();
}

Result<QStringList> splitCommand(const QString& text) {
    TRY_ASSIGN(const ShellWords found, Scanner(text, false).scan());
    return found.words;
}

QString quoteWord(const QString& word) {
    static const QRegularExpression kPlain(QStringLiteral("\\A[A-Za-z0-9_@%+=:,./-]+\\z"));
    if (kPlain.match(word).hasMatch())
        return word;
    QString quoted = word;
    quoted.replace(u'\'', QStringLiteral("'\\''"));
    return u'\'' + quoted + u'\'';
}

QString joinWords(const QStringList& words) {
    QStringList quoted;
    for (const QString& word : words)
        quoted.append(quoteWord(word));
    return quoted.join(u' ');
}

} // namespace escale::gui
