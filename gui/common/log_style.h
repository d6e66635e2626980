// A log line's colours: the text is kept with its SGR sequences ("ESC [ … m", ECMA-48) and taken apart when
// it is drawn, searched or copied. Every other control sequence is removed when a line is read.
#pragma once

#include <QColor>
#include <QList>
#include <QString>

class QPalette;

namespace escale::gui {

/// How a run of text looks. Colours are what the program asked for: 0 is the default one, else kIndexed with
/// one of the 256, or kTrue with 0xRRGGBB.
struct TextStyle {
    static constexpr quint32 kIndexed = 0x01000000;
    static constexpr quint32 kTrue = 0x02000000;
    enum Flag : quint32 {
        Bold = 1,
        Faint = 2,
        Italic = 4,
        Underline = 8,
        Inverse = 16,
        Hidden = 32,
        StruckOut = 64,
    };
    quint32 foreground = 0;
    quint32 background = 0;
    quint32 flags = 0;
    bool operator==(const TextStyle&) const = default;
};

/// A line as it is shown. Positions are UTF-16 units of `text`; cells are the columns of a fixed-width font,
/// two for wide characters, none for combining ones, up to the next multiple of 8 for a tab.
struct StyledLine {
    struct Run {
        qsizetype begin = 0;
        TextStyle style;
    };
    QString text;
    QList<Run> runs;  // by position; the text before the first has the style the line began with
    TextStyle first;  // that style
    TextStyle last;   // what the next line begins with
    QList<int> cells; // where each unit begins and, last, the end; empty when every unit takes one

    [[nodiscard]] int cellCount() const;
    [[nodiscard]] int cellOf(qsizetype position) const;
    /// The unit on that cell; the text's length behind its end.
    [[nodiscard]] qsizetype positionAt(int cell) const;
};

/// Removes control sequences but SGR and what a carriage return overwrote; other control characters become
/// visible.
QString cleanedLogText(QString text);
/// Of cleaned text.
StyledLine styledLine(const QString& cleaned, const TextStyle& first = {});
QString withoutStyles(const QString& cleaned);

/// What is drawn for a style on a background, changed where it could not be read there.
struct InkAndPaper {
    QColor ink;
    QColor paper; // invalid: the view's own
};
InkAndPaper colorsOf(const TextStyle& style, const QColor& text, const QColor& base);
/// WCAG 2.1 contrast ratio, 1 to 21.
double contrastOf(const QColor& a, const QColor& b);

} // namespace escale::gui
