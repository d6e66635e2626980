#include "gui/build/dockerfile_highlighter.h"

#include "gui/common/theme.h"

#include <QApplication>

namespace escale::gui {

static constexpr int kStyles = static_cast<int>(SyntaxStyle::Continuation) + 1;

QColor syntaxColor(SyntaxStyle style, const QPalette& palette) {
    const Colors colors = Colors::of(palette);
    const bool dark = isDark(palette);
    const QColor purple = dark ? QColor(0xc7, 0x9b, 0xf2) : QColor(0x7b, 0x32, 0xa8);
    const QColor teal = dark ? QColor(0x5f, 0xc9, 0xd6) : QColor(0x0b, 0x6e, 0x7d);
    switch (style) {
    case SyntaxStyle::Directive:
    case SyntaxStyle::Variable:
        return purple;
    case SyntaxStyle::Comment:
    case SyntaxStyle::Continuation:
        return colors.muted;
    case SyntaxStyle::Keyword:
        return colors.accent;
    case SyntaxStyle::Unknown:
        return colors.red;
    case SyntaxStyle::Flag:
    case SyntaxStyle::Name:
        return teal;
    case SyntaxStyle::Image:
    case SyntaxStyle::Text:
        return colors.green;
    case SyntaxStyle::Stage:
    case SyntaxStyle::Document:
        return colors.amber;
    case SyntaxStyle::Operator:
        break;
    }
    return colors.accent;
}

QColor severityColor(LintSeverity severity, const QPalette& palette) {
    const Colors colors = Colors::of(palette);
    switch (severity) {
    case LintSeverity::Error:
        return colors.red;
    case LintSeverity::Warning:
        return colors.amber;
    case LintSeverity::Info:
        return colors.accent;
    default:
        return colors.muted;
    }
}

DockerfileHighlighter::DockerfileHighlighter(QTextDocument* document)
    : CodeHighlighter(document) {
    setPalette(QApplication::palette());
}

QList<QTextCharFormat> DockerfileHighlighter::formatsOf(const QPalette& palette) const {
    QList<QTextCharFormat> formats;
    for (int i = 0; i < kStyles; ++i) {
        const auto style = static_cast<SyntaxStyle>(i);
        QTextCharFormat format;
        format.setForeground(syntaxColor(style, palette));
        if (style == SyntaxStyle::Keyword || style == SyntaxStyle::Stage)
            format.setFontWeight(QFont::DemiBold);
        if (style == SyntaxStyle::Comment)
            format.setFontItalic(true);
        formats.append(format);
    }
    return formats;
}

QColor DockerfileHighlighter::underlineColor(int rank, const QPalette& palette) const {
    return severityColor(static_cast<LintSeverity>(rank), palette);
}

void DockerfileHighlighter::setSource(const DockerfileSourcePtr& source) {
    setSpans(syntaxSpans(*source));
}

void DockerfileHighlighter::setFindings(const DockerfileSource& source,
                                        const std::vector<LintFinding>& findings) {
    LineUnderlines underlines;
    for (const LintFinding& finding : findings) {
        const int line = finding.range.begin.line;
        const QStringView text = source.line(line);
        const int begin = source.column(finding.range.begin);
        // Of what goes over several lines the first is underlined, without the sign that it goes on.
        int end =
            finding.range.end.line == line ? source.column(finding.range.end) : static_cast<int>(text.size());
        while (end > begin + 1 && (text[end - 1].isSpace() || text[end - 1] == u'\\'))
            --end;
        underlines[line].push_back(underlineOf(text, begin, end, static_cast<int>(finding.severity)));
    }
    setUnderlines(std::move(underlines));
}

} // namespace escale::gui
