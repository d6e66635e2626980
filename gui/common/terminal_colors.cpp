#include "gui/common/terminal_colors.h"

#include "gui/common/theme.h"

#include <algorithm>
#include <cmath>

namespace escale::gui {
namespace {

// black, red, green, yellow, blue, magenta, cyan, white; then the bright ones. At least 4.5:1 on the theme's
// light and dark surfaces, but for the two that are there to be hardly seen (white on light, black on dark).
constexpr QRgb kLight[] = {0x1b222c, 0xb3261e, 0x1a7f4b, 0x8a5a00, 0x0b62c1, 0x8e3aa8, 0x0b7285, 0x8b95a3,
                           0x5a6675, 0xd0342c, 0x15803d, 0x9a6200, 0x2563eb, 0xa63fc2, 0x0e7f94, 0x5f6b7a};
constexpr QRgb kDark[] = {0x5c6675, 0xff7b72, 0x4cc38a, 0xe3b341, 0x63aef7, 0xd39bf0, 0x56c8d8, 0xc9d1dc,
                          0x7d8897, 0xffa198, 0x7ee2b0, 0xf2cc60, 0x8fc6ff, 0xe2b9f7, 0x8be0ec, 0xf3f6fa};

QColor cube(int index) {
    const auto level = [](int step) { return step == 0 ? 0 : 55 + 40 * step; };
    const int step = index - 16;
    return {level(step / 36), level(step / 6 % 6), level(step % 6)};
}

constexpr double kLeastContrast = 2.5;

double luminance(const QColor& color) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

double contrast(const QColor& a, const QColor& b) {
    const double first = luminance(a);
    const double second = luminance(b);
    const double darker = std::min(first, second);
    const double lighter = std::max(first, second);
    return (lighter + 0.05) / (darker + 0.05);
}

QColor TerminalColors::readable(const QColor& front, const QColor& back) const {
    if (contrast(front, back) >= kLeastContrast)
        return front;
    return contrast(foreground, back) >= contrast(background, back) ? foreground : background;
}

TerminalColors TerminalColors::of(const QPalette& palette) {
    const Colors theme = Colors::of(palette);
    TerminalColors made;
    made.background = theme.base;
    made.foreground = theme.text;
    made.cursor = theme.accent;
    made.selection = theme.selection;
    made.link = theme.accent;
    const QRgb* named = isDark(palette) ? kDark : kLight;
    for (std::size_t i = 0; i < made.named.size(); ++i)
        made.named[i] = QColor(named[i]);
    return made;
}

QColor TerminalColors::resolve(const TerminalColor& color, const QColor& byDefault) const {
    if (color.kind == TerminalColor::Kind::Default)
        return byDefault;
    if (color.kind == TerminalColor::Kind::Rgb)
        return {color.red, color.green, color.blue};
    if (color.index() < 16)
        return named[static_cast<std::size_t>(color.index())];
    if (color.index() < 232)
        return cube(color.index());
    const int grey = 8 + 10 * (color.index() - 232);
    return {grey, grey, grey};
}

} // namespace escale::gui
