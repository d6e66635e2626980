#include "gui/common/terminal_reflow.h"

#include <algorithm>

namespace escale::gui {
namespace {

bool isBlank(const TerminalCell& cell) {
    return cell.isEmpty() && cell.width != 0 && cell.sameLook({});
}

void addColor(QByteArray& codes, const TerminalColor& color, int base) {
    const QByteArray kind = ";" + QByteArray::number(base + 8);
    if (color.kind == TerminalColor::Kind::Indexed)
        codes += kind + ";5;" + QByteArray::number(color.index());
    else if (color.kind == TerminalColor::Kind::Rgb)
        codes += kind + ";2;" + QByteArray::number(color.red) + ';' + QByteArray::number(color.green) + ';' +
                 QByteArray::number(color.blue);
}

QByteArray lookCodes(const TerminalCell& cell) {
    QByteArray codes = "\x1b[0";
    const std::pair<bool, const char*> looks[] = {{cell.bold, ";1"},
                                                  {cell.italic, ";3"},
                                                  {cell.underline, ";4"},
                                                  {cell.reverse, ";7"},
                                                  {cell.strike, ";9"}};
    for (const auto& [on, code] : looks) {
        if (on)
            codes += code;
    }
    addColor(codes, cell.foreground, 30);
    addColor(codes, cell.background, 40);
    return codes + 'm';
}

} // namespace

bool goesOn(const QList<TerminalCell>& row) {
    return !row.isEmpty() && (!row.last().isEmpty() || row.last().width == 0);
}

QList<TerminalLine> joinRows(const QList<QList<TerminalCell>>& rows, QPoint cursor) {
    QList<TerminalLine> lines;
    bool open = false;
    for (qsizetype row = 0; row < rows.size(); ++row) {
        if (!open)
            lines.append(TerminalLine{});
        TerminalLine& line = lines.last();
        if (row == cursor.y())
            line.cursor = static_cast<int>(line.cells.size()) + cursor.x();
        line.cells += rows[row];
        open = goesOn(rows[row]);
    }
    for (TerminalLine& line : lines) {
        while (!line.cells.isEmpty() && isBlank(line.cells.last()))
            line.cells.removeLast();
    }
    return lines;
}

QByteArray terminalBytes(const QList<TerminalCell>& cells, qsizetype from, qsizetype to) {
    QByteArray bytes;
    TerminalCell look;
    for (qsizetype column = from; column < std::min(to, cells.size()); ++column) {
        if (cells[column].width == 0)
            continue; // the terminal makes it itself
        if (!cells[column].sameLook(look)) {
            look = cells[column];
            bytes += lookCodes(look);
        }
        bytes += cells[column].text().toUtf8();
    }
    return look.sameLook({}) ? bytes : bytes + "\x1b[0m";
}

} // namespace escale::gui
