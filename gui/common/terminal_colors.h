// What a terminal's colours look like, light and dark: the sixteen named ones readable on the background in
// force, the cube and the greys of xterm's 256.
#pragma once

#include "gui/common/terminal_cell.h"

#include <QColor>
#include <QPalette>

namespace escale::gui {

struct TerminalColors {
    QColor background, foreground, cursor, selection, link;
    std::array<QColor, 16> named;

    static TerminalColors of(const QPalette& palette);
    /// The colour of a cell's text or background, `byDefault` where the program named none.
    [[nodiscard]] QColor resolve(const TerminalColor& color, const QColor& byDefault) const;
    /// `front`, or what can be read on `back` instead: programs choose colours for a background they guess.
    [[nodiscard]] QColor readable(const QColor& front, const QColor& back) const;
};

/// Of two colours, from 1 to 21, as WCAG defines it.
double contrast(const QColor& a, const QColor& b);

} // namespace escale::gui
