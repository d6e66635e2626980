#include "gui/stacks/compose_outline.h"

#include "engine/stack/compose/interpolate.h"

#include <algorithm>

namespace escale::gui {

using Style = ComposeStyle;

static bool isBlank(QChar c) {
    return c == u' ' || c == u'\t';
}

static qsizetype skipBlanks(QStringView text, qsizetype at) {
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return at;
}

// Past the closing quote; the size when it is not in this line.
static qsizetype skipQuoted(QStringView text, qsizetype at) {
    const QChar quote = text[at++];
    for (; at < text.size(); ++at) {
        if (text[at] == u'\\' && quote == u'"')
            ++at;
        else if (text[at] == quote && quote == u'\'' && at + 1 < text.size() && text[at + 1] == quote)
            ++at;
        else if (text[at] == quote)
            return at + 1;
    }
    return text.size() + 1;
}

// Where a plain or quoted key's ":" stands; -1: there is no key.
static qsizetype colonOf(QStringView text, qsizetype at) {
    if (at >= text.size())
        return -1;
    if (text[at] == u'"' || text[at] == u'\'') {
        at = skipBlanks(text, skipQuoted(text, at));
        return at < text.size() && text[at] == u':' ? at : -1;
    }
    if (QStringView(u"{}[]&*!|>%@`#,").contains(text[at]))
        return -1;
    for (; at < text.size(); ++at) {
        if (text[at] == u'#' && at > 0 && isBlank(text[at - 1]))
            return -1;
        if (text[at] == u':' && (at + 1 == text.size() || isBlank(text[at + 1])))
            return at;
    }
    return -1;
}

std::vector<VariablePlace> variablesIn(QStringView text) {
    std::vector<VariablePlace> places;
    if (!text.contains(u'$'))
        return places;
    const QByteArray bytes = text.toUtf8();
    const auto units = [&bytes](std::size_t position) {
        return static_cast<int>(QString::fromUtf8(bytes.left(qsizetype(position))).size());
    };
    for (const compose::VariableSpan& span :
         compose::variableSpans({bytes.constData(), std::size_t(bytes.size())})) {
        const int begin = units(span.position);
        places.push_back(
            {begin, units(span.position + span.length) - begin, QString::fromStdString(span.name)});
    }
    return places;
}

// Goes through the lines once.
class ComposeReader {
public:
    ComposeReader(ComposeOutline& outline, bool isCompose)
        : m_out(outline) {
        const int count = outline.lineCount();
        outline.m_spans.resize(std::size_t(count));
        for (m_line = 0; m_line < count; ++m_line) {
            m_text = outline.line(m_line);
            if (isCompose)
                readLine();
            else
                readEnvironment();
        }
    }

private:
    void setKind(ComposeOutline::Line kind) { m_out.m_lines[std::size_t(m_line)].kind = kind; }
    void add(qsizetype begin, qsizetype end, Style style) {
        if (end > begin)
            m_out.m_spans[std::size_t(m_line)].push_back(
                {static_cast<int>(begin), static_cast<int>(end - begin), static_cast<int>(style)});
    }
    void addVariables(qsizetype begin, qsizetype end) {
        for (const VariablePlace& place : variablesIn(m_text.mid(begin, end - begin)))
            add(begin + place.begin, begin + place.begin + place.length, Style::Variable);
    }

    void readEnvironment() {
        const qsizetype begin = skipBlanks(m_text, 0);
        if (begin == m_text.size())
            return;
        if (m_text[begin] == u'#')
            return add(begin, m_text.size(), Style::Comment);
        setKind(ComposeOutline::Line::Entry);
        const qsizetype equals = m_text.indexOf(u'=');
        if (equals < 0)
            return add(begin, m_text.size(), Style::Property);
        add(begin, equals, Style::Property);
        add(equals, equals + 1, Style::Operator);
        addVariables(equals + 1, m_text.size());
    }

    void readLine() {
        const qsizetype begin = skipBlanks(m_text, 0);
        if (begin == m_text.size())
            return; // blank, in whatever it is
        if (m_blockIndent >= 0) {
            if (begin > m_blockIndent) {
                setKind(ComposeOutline::Line::Block);
                add(begin, m_text.size(), Style::Text);
                return addVariables(begin, m_text.size());
            }
            m_blockIndent = -1;
        }
        if (!m_openQuote.isNull())
            return readOpenQuote(begin);
        if (m_brackets > 0) {
            setKind(ComposeOutline::Line::Rest);
            return readFlow(begin);
        }
        if (m_text[begin] == u'#') {
            setKind(ComposeOutline::Line::Comment);
            return add(begin, m_text.size(), Style::Comment);
        }
        if (begin == 0 && (m_text.startsWith(QLatin1String("---")) || m_text == QLatin1String("..."))) {
            m_stack.clear();
            return add(0, m_text.size(), Style::Operator);
        }
        readEntries(begin);
    }

    // What began between quotes in a line before.
    void readOpenQuote(qsizetype begin) {
        setKind(ComposeOutline::Line::Rest);
        const QString quoted = m_openQuote + m_text.toString();
        const qsizetype end = skipQuoted(quoted, 0) - 1;
        add(begin, std::min(end, m_text.size()), Style::Text);
        addVariables(begin, std::min(end, m_text.size()));
        if (end > m_text.size())
            return;
        m_openQuote = QChar();
        if (m_brackets > 0)
            readFlow(end);
        else
            readComment(end);
    }

    void readEntries(qsizetype at) {
        setKind(ComposeOutline::Line::Rest);
        while (at < m_text.size() && m_text[at] == u'-' &&
               (at + 1 == m_text.size() || isBlank(m_text[at + 1]))) {
            addItem(at);
            at = skipBlanks(m_text, at + 1);
        }
        const qsizetype colon = colonOf(m_text, at);
        if (colon >= 0) {
            addKey(at, colon);
            return readValue(skipBlanks(m_text, colon + 1));
        }
        if (m_out.lineKind(m_line) == ComposeOutline::Line::Entry)
            return readValue(at); // of an item
        readScalar(at);           // goes on, or is half a key
    }

    int push(OutlineEntry entry) {
        entry.line = m_line;
        const int index = static_cast<int>(m_out.m_entries.size());
        m_out.m_entries.push_back(std::move(entry));
        m_stack.push_back(index);
        auto& line = m_out.m_lines[std::size_t(m_line)];
        if (line.entry < 0)
            line.entry = index;
        line.kind = ComposeOutline::Line::Entry;
        return index;
    }

    void addItem(qsizetype at) {
        const int column = static_cast<int>(at);
        // A list may stand as far in as the key that it is the value of.
        while (!m_stack.empty() && (top().indent > column || (top().indent == column && top().isItem)))
            m_stack.pop_back();
        OutlineEntry item;
        item.isItem = true;
        item.indent = column;
        item.keyLength = 1;
        inherit(item);
        if (const SchemaNode* of = parentSchema(item); of != nullptr)
            item.schema = of->item;
        add(at, at + 1, Style::Operator);
        push(std::move(item));
    }

    void addKey(qsizetype at, qsizetype colon) {
        const int column = static_cast<int>(at);
        while (!m_stack.empty() && top().indent >= column)
            m_stack.pop_back();
        OutlineEntry entry;
        QStringView key = m_text.mid(at, colon - at);
        while (!key.isEmpty() && isBlank(key.back()))
            key.chop(1);
        entry.indent = column;
        entry.keyLength = static_cast<int>(key.size());
        if (key.size() >= 2 && (key.front() == u'"' || key.front() == u'\''))
            key = key.mid(1, key.size() - 2);
        entry.key = key.toString();
        inherit(entry);
        const SchemaNode* of = parentSchema(entry);
        entry.isExtension = entry.isExtension || key.startsWith(QLatin1String("x-"));
        if (of != nullptr && !entry.isExtension)
            entry.schema = of->child(entry.key);
        add(at, at + entry.keyLength, styleOf(entry, of));
        add(colon, colon + 1, Style::Operator);
        push(std::move(entry));
    }

    static Style styleOf(const OutlineEntry& entry, const SchemaNode* of) {
        if (entry.key == QLatin1String("<<"))
            return Style::Anchor;
        if (entry.isExtension)
            return Style::Extension;
        if (entry.schema == nullptr)
            return of == nullptr ? Style::Plain : of->holdsKeys() ? Style::Unknown : Style::FreeKey;
        if (entry.parent < 0)
            return Style::TopLevel;
        if (entry.schema->name != QLatin1String("*"))
            return Style::Property;
        return of != nullptr && !of->path.contains(u'.') ? Style::Name : Style::FreeKey;
    }

    void inherit(OutlineEntry& entry) const {
        entry.parent = m_stack.empty() ? -1 : m_stack.back();
        entry.isExtension = entry.parent >= 0 && m_out.entry(entry.parent).isExtension;
    }
    [[nodiscard]] const SchemaNode* parentSchema(const OutlineEntry& entry) const {
        return entry.parent < 0 ? &schemaRoot() : m_out.entry(entry.parent).schema;
    }
    [[nodiscard]] const OutlineEntry& top() const { return m_out.entry(m_stack.back()); }

    // Anchors and tags, then a block, brackets or a scalar.
    void readValue(qsizetype at) {
        while (at < m_text.size() && (m_text[at] == u'&' || m_text[at] == u'!')) {
            qsizetype end = at;
            while (end < m_text.size() && !isBlank(m_text[end]))
                ++end;
            add(at, end, m_text[at] == u'!' ? Style::Tag : Style::Anchor);
            at = skipBlanks(m_text, end);
        }
        if (at >= m_text.size() || m_text[at] == u'#')
            return readComment(at);
        OutlineEntry& entry = m_out.m_entries.back();
        entry.valueBegin = static_cast<int>(at);
        if (m_text[at] == u'|' || m_text[at] == u'>') {
            entry.isBlock = true;
            m_blockIndent = blockParent();
            qsizetype end = at;
            while (end < m_text.size() && !isBlank(m_text[end]))
                ++end;
            entry.valueLength = static_cast<int>(end - at);
            add(at, end, Style::Operator);
            return readComment(end);
        }
        if (m_text[at] == u'{' || m_text[at] == u'[') {
            entry.valueLength = static_cast<int>(m_text.size() - at);
            return readFlow(at);
        }
        entry.valueLength = static_cast<int>(readScalar(at) - at);
    }

    // Lines of a block are further in than what holds it: the innermost entry of this line that is a key, or
    // the item.
    [[nodiscard]] int blockParent() const { return m_out.m_entries.back().indent; }

    // Answers with the scalar's end.
    qsizetype readScalar(qsizetype at) {
        if (m_text[at] == u'"' || m_text[at] == u'\'') {
            const qsizetype end = skipQuoted(m_text, at);
            if (end > m_text.size())
                m_openQuote = m_text[at];
            add(at, std::min(end, m_text.size()), Style::Text);
            addVariables(at, std::min(end, m_text.size()));
            if (end < m_text.size())
                readComment(end);
            return std::min(end, m_text.size());
        }
        qsizetype end = at;
        while (end < m_text.size() && !(m_text[end] == u'#' && isBlank(m_text[end - (end > 0 ? 1 : 0)])))
            ++end;
        readComment(end);
        while (end > at && isBlank(m_text[end - 1]))
            --end;
        addPlain(at, end);
        return end;
    }

    void addPlain(qsizetype begin, qsizetype end) {
        const QStringView word = m_text.mid(begin, end - begin);
        if (word.isEmpty())
            return;
        if (word.front() == u'*')
            return add(begin, end, Style::Anchor);
        static const QStringList kConstants{QStringLiteral("true"), QStringLiteral("false"),
                                            QStringLiteral("null"), QStringLiteral("~")};
        bool isNumber = false;
        if (word.front().isDigit() || word.front() == u'-' || word.front() == u'.')
            (void)word.toDouble(&isNumber);
        if (isNumber)
            add(begin, end, Style::Number);
        else if (std::any_of(kConstants.begin(), kConstants.end(),
                             [word](const QString& each) { return word == each; }))
            add(begin, end, Style::Constant);
        else
            addVariables(begin, end);
    }

    void readComment(qsizetype at) {
        at = skipBlanks(m_text, at);
        if (at < m_text.size() && m_text[at] == u'#')
            add(at, m_text.size(), Style::Comment);
    }

    // [a, "b"] and {a: b}, over as many lines as it takes.
    void readFlow(qsizetype at) {
        while (at < m_text.size()) {
            const QChar c = m_text[at];
            if (c == u'[' || c == u'{' || c == u']' || c == u'}' || c == u',') {
                m_brackets += c == u'[' || c == u'{' ? 1 : c == u',' ? 0 : -1;
                add(at, at + 1, Style::Operator);
                ++at;
                if (m_brackets <= 0) {
                    m_brackets = 0;
                    return readComment(at);
                }
            } else if (c == u'"' || c == u'\'') {
                const qsizetype end = skipQuoted(m_text, at);
                add(at, std::min(end, m_text.size()), Style::Text);
                addVariables(at, std::min(end, m_text.size()));
                if (end > m_text.size())
                    m_openQuote = c;
                at = end;
            } else if (c == u'#' && (at == 0 || isBlank(m_text[at - 1]))) {
                return add(at, m_text.size(), Style::Comment);
            } else if (isBlank(c)) {
                ++at;
            } else {
                at = readFlowWord(at);
            }
        }
    }

    qsizetype readFlowWord(qsizetype at) {
        qsizetype end = at;
        for (; end < m_text.size() && !QStringView(u",]}").contains(m_text[end]); ++end) {
            if (m_text[end] == u'$' && end + 1 < m_text.size() && m_text[end + 1] == u'{') {
                const qsizetype close = m_text.indexOf(u'}', end);
                if (close > 0)
                    end = close;
            } else if (m_text[end] == u':' && (end + 1 == m_text.size() || isBlank(m_text[end + 1]))) {
                add(at, end, Style::Property);
                add(end, end + 1, Style::Operator);
                return end + 1;
            }
        }
        qsizetype last = end;
        while (last > at && isBlank(m_text[last - 1]))
            --last;
        addPlain(at, last);
        return end;
    }

    ComposeOutline& m_out;
    int m_line = 0;
    QStringView m_text;
    std::vector<int> m_stack;
    int m_blockIndent = -1; // of the entry whose block goes on; -1: none does
    int m_brackets = 0;
    QChar m_openQuote;
};

ComposeOutline::ComposeOutline(QString text, bool isCompose)
    : m_text(std::move(text)) {
    qsizetype begin = 0;
    while (true) {
        const qsizetype end = m_text.indexOf(u'\n', begin);
        LineStart line;
        line.begin = static_cast<int>(begin);
        line.length = static_cast<int>((end < 0 ? m_text.size() : end) - begin);
        m_lines.push_back(line);
        if (end < 0)
            break;
        begin = end + 1;
    }
    ComposeReader(*this, isCompose);
}

QStringView ComposeOutline::line(int number) const {
    const LineStart& line = m_lines[std::size_t(number)];
    return QStringView(m_text).mid(line.begin, line.length);
}

int ComposeOutline::lineAt(int position) const {
    const auto after = std::upper_bound(m_lines.begin(), m_lines.end(), position,
                                        [](int at, const LineStart& line) { return at < line.begin; });
    return static_cast<int>(after - m_lines.begin()) - 1;
}

int ComposeOutline::lastEntryBefore(int line) const {
    const auto after = std::lower_bound(m_entries.begin(), m_entries.end(), line,
                                        [](const OutlineEntry& entry, int at) { return entry.line < at; });
    return static_cast<int>(after - m_entries.begin()) - 1;
}

QStringList ComposeOutline::keysBelow(int parent, int exceptLine) const {
    QStringList keys;
    for (auto i = std::size_t(parent + 1); i < m_entries.size(); ++i) {
        const OutlineEntry& entry = m_entries[i];
        // What stands as far out as the parent is no longer below it.
        if (parent >= 0 && entry.parent < parent)
            break;
        if (entry.parent == parent && !entry.isItem && entry.line != exceptLine)
            keys.append(entry.key);
    }
    return keys;
}

int ComposeOutline::find(const QStringList& way) const {
    int parent = -1;
    for (const QString& key : way) {
        const auto found =
            std::find_if(m_entries.begin() + (parent + 1), m_entries.end(), [&](const OutlineEntry& entry) {
                return entry.parent == parent && !entry.isItem && entry.key == key;
            });
        if (found == m_entries.end())
            return -1;
        parent = static_cast<int>(found - m_entries.begin());
    }
    return parent;
}

QString ComposeOutline::valueOf(int index) const {
    const OutlineEntry& entry = this->entry(index);
    QStringView value = line(entry.line).mid(entry.valueBegin, entry.valueLength);
    if (value.size() >= 2 && (value.front() == u'"' || value.front() == u'\'') &&
        value.back() == value.front())
        value = value.mid(1, value.size() - 2);
    return value.toString();
}

QString ComposeOutline::pathOf(int index) const {
    if (index < 0)
        return {};
    const OutlineEntry& entry = this->entry(index);
    const QString before = pathOf(entry.parent);
    if (!entry.isItem)
        return before.isEmpty() ? entry.key : before + u'.' + entry.key;
    int number = 0;
    for (int i = entry.parent + 1; i < index; ++i)
        number += m_entries[std::size_t(i)].parent == entry.parent && m_entries[std::size_t(i)].isItem;
    return before + u'[' + QString::number(number) + u']';
}

} // namespace escale::gui
