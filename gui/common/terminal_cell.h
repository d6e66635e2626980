// One cell of a terminal's screen, as small as it can be: ten thousand lines of them are kept.
#pragma once

#include <QString>

#include <array>

namespace escale::gui {

/// As the program named it; what it looks like depends on the palette in force (terminal_colors.h).
struct TerminalColor {
    enum class Kind : quint8 { Default, Indexed, Rgb };
    Kind kind = Kind::Default;
    quint8 red = 0; // or the index
    quint8 green = 0;
    quint8 blue = 0;

    static TerminalColor indexed(int index) { return {Kind::Indexed, static_cast<quint8>(index), 0, 0}; }
    static TerminalColor rgb(int r, int g, int b) {
        return {Kind::Rgb, static_cast<quint8>(r), static_cast<quint8>(g), static_cast<quint8>(b)};
    }
    [[nodiscard]] int index() const { return red; }
    bool operator==(const TerminalColor&) const = default;
};

struct TerminalCell {
    char32_t character = 0;              // 0: nothing was written here
    std::array<char32_t, 2> combining{}; // accents that sit on it; 0: none
    TerminalColor foreground, background;
    quint8 width = 1; // columns; 0: the right half of the wide character before it
    bool bold : 1 = false;
    bool italic : 1 = false;
    bool underline : 1 = false;
    bool strike : 1 = false;
    bool reverse : 1 = false;

    [[nodiscard]] bool isEmpty() const { return character == 0; }
    /// Cells that can be drawn with one pen.
    [[nodiscard]] bool sameLook(const TerminalCell& other) const {
        return foreground == other.foreground && background == other.background && bold == other.bold &&
               italic == other.italic && underline == other.underline && strike == other.strike &&
               reverse == other.reverse;
    }
    /// Its character with what sits on it; a space when it is empty, nothing for a right half.
    [[nodiscard]] QString text() const {
        if (width == 0)
            return {};
        if (isEmpty())
            return QStringLiteral(" ");
        QString text = QString::fromUcs4(&character, 1);
        for (const char32_t mark : combining) {
            if (mark != 0)
                text += QString::fromUcs4(&mark, 1);
        }
        return text;
    }
};

} // namespace escale::gui
