#include "gui/common/vterm_cell.h"

#include <algorithm>

namespace escale::gui {
namespace {

constexpr char32_t kRightHalf = 0xFFFFFFFF; // what libvterm writes behind a wide character

TerminalColor colorFrom(const VTermColor& color) {
    if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color))
        return {};
    if (VTERM_COLOR_IS_INDEXED(&color))
        return TerminalColor::indexed(color.indexed.idx);
    return TerminalColor::rgb(color.rgb.red, color.rgb.green, color.rgb.blue);
}

VTermColor colorTo(const TerminalColor& color, VTermColor byDefault) {
    VTermColor made = byDefault;
    if (color.kind == TerminalColor::Kind::Indexed)
        vterm_color_indexed(&made, color.red);
    else if (color.kind == TerminalColor::Kind::Rgb)
        vterm_color_rgb(&made, color.red, color.green, color.blue);
    return made;
}

} // namespace

TerminalCell cellFrom(const VTermScreenCell& from) {
    TerminalCell cell;
    if (from.chars[0] == kRightHalf) {
        cell.width = 0;
    } else {
        cell.character = from.chars[0];
        if (cell.character != 0 && from.chars[1] != 0)
            cell.combining = {from.chars[1], from.chars[2]};
        cell.width = static_cast<quint8>(from.width);
    }
    cell.foreground = colorFrom(from.fg);
    cell.background = colorFrom(from.bg);
    cell.bold = from.attrs.bold != 0;
    cell.italic = from.attrs.italic != 0;
    cell.underline = from.attrs.underline != 0;
    cell.strike = from.attrs.strike != 0;
    cell.reverse = from.attrs.reverse != 0;
    return cell;
}

bool isBlank(const VTermScreenCell& cell) {
    return cell.chars[0] == 0 && VTERM_COLOR_IS_DEFAULT_BG(&cell.bg) && cell.attrs.reverse == 0;
}

VTermScreenCell cellTo(const TerminalCell& cell, VTermColor foreground, VTermColor background) {
    VTermScreenCell made{};
    made.chars[0] = cell.width == 0 ? kRightHalf : cell.character;
    made.chars[1] = cell.combining[0];
    made.chars[2] = cell.combining[1];
    made.width = static_cast<char>(std::max<int>(cell.width, 1));
    made.fg = colorTo(cell.foreground, foreground);
    made.bg = colorTo(cell.background, background);
    made.attrs.bold = cell.bold ? 1 : 0;
    made.attrs.italic = cell.italic ? 1 : 0;
    made.attrs.underline = cell.underline ? 1 : 0;
    made.attrs.strike = cell.strike ? 1 : 0;
    made.attrs.reverse = cell.reverse ? 1 : 0;
    return made;
}

} // namespace escale::gui
