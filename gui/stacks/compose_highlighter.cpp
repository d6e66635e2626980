#include "gui/stacks/compose_highlighter.h"

#include "gui/common/theme.h"

#include <QApplication>

namespace escale::gui {

using Style = ComposeStyle;

QColor composeColor(ComposeStyle style, const QPalette& palette) {
    const Colors colors = Colors::of(palette);
    const bool dark = isDark(palette);
    const QColor purple = dark ? QColor(0xc7, 0x9b, 0xf2) : QColor(0x7b, 0x32, 0xa8);
    const QColor teal = dark ? QColor(0x5f, 0xc9, 0xd6) : QColor(0x0b, 0x6e, 0x7d);
    switch (style) {
    case Style::TopLevel:
        return colors.accent;
    case Style::Name:
    case Style::FreeKey:
        return colors.amber;
    case Style::Property:
        return teal;
    case Style::Unknown:
        return colors.red;
    case Style::Variable:
    case Style::Anchor:
    case Style::Tag:
        return purple;
    case Style::Comment:
    case Style::Extension:
    case Style::Operator:
        return colors.muted;
    case Style::Text:
        return colors.green;
    case Style::Number:
    case Style::Constant:
        return colors.accent;
    case Style::Plain:
        break;
    }
    return colors.text;
}

QColor problemColor(compose::Problem::Severity severity, const QPalette& palette) {
    const Colors colors = Colors::of(palette);
    switch (severity) {
    case compose::Problem::Severity::Error:
        return colors.red;
    case compose::Problem::Severity::Warning:
        return colors.amber;
    case compose::Problem::Severity::Note:
        break;
    }
    return colors.accent;
}

ComposeHighlighter::ComposeHighlighter(QTextDocument* document)
    : CodeHighlighter(document) {
    setPalette(QApplication::palette());
}

QList<QTextCharFormat> ComposeHighlighter::formatsOf(const QPalette& palette) const {
    QList<QTextCharFormat> formats;
    for (int i = 0; i <= static_cast<int>(Style::Plain); ++i) {
        const auto style = static_cast<Style>(i);
        QTextCharFormat format;
        format.setForeground(composeColor(style, palette));
        if (style == Style::TopLevel || style == Style::Name)
            format.setFontWeight(QFont::DemiBold);
        if (style == Style::Comment)
            format.setFontItalic(true);
        formats.append(format);
    }
    return formats;
}

QColor ComposeHighlighter::underlineColor(int rank, const QPalette& palette) const {
    return problemColor(static_cast<compose::Problem::Severity>(rank), palette);
}

} // namespace escale::gui
