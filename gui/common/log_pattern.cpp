#include "gui/common/log_pattern.h"

#include <QCoreApplication>

namespace escale::gui {

// How many steps PCRE may take on a line: an expression such as (a+)+b must not hold up the GUI.
static constexpr const char* kStepLimit = "(*LIMIT_MATCH=20000)";

LogPattern::LogPattern(const QString& text, const Options& options) {
    if (text.isEmpty())
        return;
    if (!options.isRegex && !options.wholeWords) {
        m_text = QStringMatcher(text, options.matchCase ? Qt::CaseSensitive : Qt::CaseInsensitive);
        m_kind = Kind::Text;
        return;
    }
    QRegularExpression::PatternOptions flags = QRegularExpression::UseUnicodePropertiesOption;
    if (!options.matchCase)
        flags |= QRegularExpression::CaseInsensitiveOption;
    QString pattern = options.isRegex ? text : QRegularExpression::escape(text);
    if (const QRegularExpression alone(pattern, flags); !alone.isValid()) {
        m_error = QCoreApplication::translate("escale::gui::LogPattern", "%1 (at character %2)")
                      .arg(alone.errorString())
                      .arg(alone.patternErrorOffset() + 1);
        return;
    }
    if (options.wholeWords)
        pattern = QStringLiteral("(?<!\\w)(?:%1)(?!\\w)").arg(pattern);
    m_expression = QRegularExpression(QLatin1String(kStepLimit) + pattern, flags);
    m_expression.optimize();
    m_kind = Kind::Expression;
}

template <typename Take>
void LogPattern::forEach(const QString& text, const Take& take) const {
    if (m_kind == Kind::Text) {
        const qsizetype size = m_text.pattern().size();
        for (qsizetype at = m_text.indexIn(text); at >= 0; at = m_text.indexIn(text, at + size))
            take(at, size);
    } else if (m_kind == Kind::Expression) {
        for (auto each = m_expression.globalMatch(text); each.hasNext();) {
            const QRegularExpressionMatch match = each.next();
            if (match.capturedLength() > 0)
                take(match.capturedStart(), match.capturedLength());
        }
    }
}

QList<LogPattern::Match> LogPattern::matches(const QString& text) const {
    QList<Match> all;
    forEach(text, [&](qsizetype begin, qsizetype size) { all.append({begin, size}); });
    return all;
}

qsizetype LogPattern::count(const QString& text) const {
    qsizetype count = 0;
    forEach(text, [&](qsizetype, qsizetype) { ++count; });
    return count;
}

} // namespace escale::gui
