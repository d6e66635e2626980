// A terminal's lines for another width: rows that one long line was broken into are put together again, and
// written anew as the bytes that make them, so that nothing is cut off.
#pragma once

#include "gui/common/terminal_cell.h"

#include <QByteArray>
#include <QList>
#include <QPoint>

namespace escale::gui {

struct TerminalLine {
    QList<TerminalCell> cells; // without the blanks at its end
    int cursor = -1;           // the column of the cursor when it is in this line
};

/// A row whose last column is used goes on in the next one, as far as anybody can tell.
bool goesOn(const QList<TerminalCell>& row);
/// Rows of one width, from the top of the screen to its last one that is used.
QList<TerminalLine> joinRows(const QList<QList<TerminalCell>>& rows, QPoint cursor);
/// What a program would write for cells [from, to).
QByteArray terminalBytes(const QList<TerminalCell>& cells, qsizetype from, qsizetype to);

} // namespace escale::gui
