#include "gui/common/log_style.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace escale::gui {

static constexpr QChar kEscape(0x1b);
static constexpr int kTab = 8;
static constexpr double kLeastContrast = 4.5; // WCAG 2.1 AA

// --- sequences

// Behind the sequence that begins at `i`; `final` is its last character, 0 for one that is cut.
static qsizetype behindSequence(QStringView text, qsizetype i, char16_t& final) {
    final = 0;
    if (i + 1 >= text.size())
        return text.size();
    const QChar kind = text[i + 1];
    i += 2;
    if (kind == QLatin1Char('[')) {
        while (i < text.size() && (text[i].unicode() < 0x40 || text[i].unicode() > 0x7e))
            ++i;
        if (i < text.size())
            final = text[i++].unicode();
    } else if (kind == QLatin1Char(']')) { // OSC: to BEL or ESC backslash
        while (i < text.size() && text[i].unicode() != 0x07 && text[i] != kEscape)
            ++i;
        if (i < text.size())
            i += text[i] == kEscape ? 2 : 1;
    } else if (kind == QLatin1Char('(') || kind == QLatin1Char(')')) { // a set of characters
        ++i;
    }
    return std::min(i, text.size());
}

QString cleanedLogText(QString text) {
    while (text.endsWith(QLatin1Char('\r')))
        text.chop(1);
    if (const qsizetype overwritten = text.lastIndexOf(QLatin1Char('\r')); overwritten >= 0)
        text.remove(0, overwritten + 1);
    const auto isControl = [](QChar c) {
        return (c.unicode() < 0x20 && c != QLatin1Char('\t')) || c == QChar(0x7f);
    };
    if (std::none_of(text.cbegin(), text.cend(), isControl))
        return text;
    QString kept;
    kept.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        if (text[i] == kEscape) {
            char16_t final = 0;
            const qsizetype end = behindSequence(text, i, final);
            if (final == u'm')
                kept += QStringView(text).mid(i, end - i);
            i = end;
            continue;
        }
        const QChar c = text[i++];
        kept += !isControl(c) ? c : c == QChar(0x7f) ? QChar(0x2421) : QChar(0x2400 + c.unicode());
    }
    return kept;
}

// The numbers of "38;5;9" and "38:2::255:0:0"; an empty one is 0.
static QList<int> numbersOf(QStringView parameters, bool& colons) {
    QList<int> numbers{0};
    colons = false;
    for (const QChar c : parameters) {
        if (c.isDigit())
            numbers.last() = std::min(numbers.last() * 10 + c.digitValue(), 65535);
        else if (c == QLatin1Char(';') || c == QLatin1Char(':'))
            numbers.append(0), colons |= c == QLatin1Char(':');
        else
            return {}; // private ones, such as "?25" or ">4"
    }
    return numbers;
}

// Of 38 and 48: what follows at `i`, which ends on the last number that was used.
static quint32 extendedColor(const QList<int>& numbers, qsizetype& i, bool colons) {
    const auto byte = [&](qsizetype at) {
        return static_cast<quint32>(std::clamp(numbers.value(at), 0, 255));
    };
    const int kind = numbers.value(i + 1);
    if (kind == 5) {
        i += 2;
        return TextStyle::kIndexed | byte(i);
    }
    if (kind != 2) {
        i = numbers.size();
        return 0;
    }
    i += colons && numbers.size() - i > 5 ? 3 : 2; // with colons a colour space may come first
    const quint32 color = TextStyle::kTrue | byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    i += 2;
    return color;
}

static void applyColor(TextStyle& style, int n) {
    const auto indexed = [](int index) { return TextStyle::kIndexed | static_cast<quint32>(index); };
    if (n >= 30 && n <= 37)
        style.foreground = indexed(n - 30);
    else if (n == 39)
        style.foreground = 0;
    else if (n >= 40 && n <= 47)
        style.background = indexed(n - 40);
    else if (n == 49)
        style.background = 0;
    else if (n >= 90 && n <= 97)
        style.foreground = indexed(n - 90 + 8);
    else if (n >= 100 && n <= 107)
        style.background = indexed(n - 100 + 8);
}

static void apply(TextStyle& style, QStringView parameters) {
    struct Switch {
        int number;
        quint32 on, off;
    };
    static constexpr Switch kSwitches[] = {{1, TextStyle::Bold, 0},
                                           {2, TextStyle::Faint, 0},
                                           {3, TextStyle::Italic, 0},
                                           {4, TextStyle::Underline, 0},
                                           {7, TextStyle::Inverse, 0},
                                           {8, TextStyle::Hidden, 0},
                                           {9, TextStyle::StruckOut, 0},
                                           {21, TextStyle::Underline, 0},
                                           {22, 0, TextStyle::Bold | TextStyle::Faint},
                                           {23, 0, TextStyle::Italic},
                                           {24, 0, TextStyle::Underline},
                                           {27, 0, TextStyle::Inverse},
                                           {28, 0, TextStyle::Hidden},
                                           {29, 0, TextStyle::StruckOut}};
    bool colons = false;
    const QList<int> numbers = numbersOf(parameters, colons);
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const int n = numbers[i];
        if (n == 0) {
            style = {};
        } else if (n == 38) {
            style.foreground = extendedColor(numbers, i, colons);
        } else if (n == 48) {
            style.background = extendedColor(numbers, i, colons);
        } else if (n == 58) {
            extendedColor(numbers, i, colons); // of the underline
        } else {
            for (const Switch& s : kSwitches) {
                if (s.number == n)
                    style.flags = (style.flags | s.on) & ~s.off;
            }
            applyColor(style, n);
        }
    }
}

// --- cells

// As terminals count (Unicode's East Asian Width, abridged).
static int widthOf(char32_t c) {
    static constexpr std::array<std::pair<char32_t, char32_t>, 12> kWide{{{0x1100, 0x115f},
                                                                          {0x2e80, 0x303e},
                                                                          {0x3041, 0xa4cf},
                                                                          {0xac00, 0xd7a3},
                                                                          {0xf900, 0xfaff},
                                                                          {0xfe30, 0xfe6f},
                                                                          {0xff00, 0xff60},
                                                                          {0xffe0, 0xffe6},
                                                                          {0x1f300, 0x1f64f},
                                                                          {0x1f680, 0x1f6ff},
                                                                          {0x1f900, 0x1f9ff},
                                                                          {0x20000, 0x3fffd}}};
    const QChar::Category category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing ||
        category == QChar::Other_Format)
        return 0;
    const bool wide = std::any_of(kWide.begin(), kWide.end(),
                                  [c](const auto& range) { return c >= range.first && c <= range.second; });
    return wide ? 2 : 1;
}

static QList<int> cellsOf(const QString& text) {
    const auto isSimple = [](QChar c) {
        return c.unicode() < 0x300 && c != QLatin1Char('\t') && c.unicode() != 0xad;
    };
    if (std::all_of(text.cbegin(), text.cend(), isSimple))
        return {};
    QList<int> cells;
    cells.reserve(text.size() + 1);
    int cell = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        cells.append(cell);
        char32_t c = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size()) {
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
            cells.append(cell);
            ++i;
        }
        cell += c == U'\t' ? kTab - cell % kTab : widthOf(c);
    }
    cells.append(cell);
    return cells;
}

int StyledLine::cellCount() const {
    return cells.isEmpty() ? static_cast<int>(text.size()) : cells.last();
}

int StyledLine::cellOf(qsizetype position) const {
    const qsizetype within = std::clamp<qsizetype>(position, 0, text.size());
    return cells.isEmpty() ? static_cast<int>(within) : cells[within];
}

qsizetype StyledLine::positionAt(int cell) const {
    if (cells.isEmpty())
        return std::clamp<qsizetype>(cell, 0, text.size());
    if (cell >= cells.last())
        return text.size();
    const auto behind = std::upper_bound(cells.begin(), cells.end(), std::max(cell, 0));
    const int begin = *(behind - 1); // the first unit of those that begin there: with its combining ones
    return std::lower_bound(cells.begin(), behind, begin) - cells.begin();
}

StyledLine styledLine(const QString& cleaned, const TextStyle& first) {
    StyledLine line;
    line.first = line.last = first;
    qsizetype from = 0;
    for (qsizetype at = cleaned.indexOf(kEscape); at >= 0; at = cleaned.indexOf(kEscape, from)) {
        line.text += QStringView(cleaned).mid(from, at - from);
        char16_t final = 0;
        from = behindSequence(cleaned, at, final);
        if (final != u'm')
            continue;
        apply(line.last, QStringView(cleaned).mid(at + 2, from - at - 3));
        if (!line.runs.isEmpty() && line.runs.last().begin == line.text.size())
            line.runs.last().style = line.last;
        else
            line.runs.append({line.text.size(), line.last});
    }
    line.text += QStringView(cleaned).mid(from);
    line.cells = cellsOf(line.text);
    return line;
}

QString withoutStyles(const QString& cleaned) {
    if (!cleaned.contains(kEscape))
        return cleaned;
    QString text;
    text.reserve(cleaned.size());
    for (qsizetype i = 0; i < cleaned.size();) {
        char16_t final = 0;
        if (cleaned[i] == kEscape)
            i = behindSequence(cleaned, i, final);
        else
            text += cleaned[i++];
    }
    return text;
}

// --- colours

static double luminanceOf(const QColor& color) {
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrastOf(const QColor& a, const QColor& b) {
    const double x = luminanceOf(a), y = luminanceOf(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

// The same hue, as much lighter or darker as it takes.
static QColor readable(const QColor& ink, const QColor& paper) {
    const bool lighter = luminanceOf(paper) < 0.18; // where white and black stand out as much
    QColor changed = ink;
    for (int step = 1; step <= 20 && contrastOf(changed, paper) < kLeastContrast; ++step) {
        const float share = static_cast<float>(step) / 20;
        const float to = lighter ? 1 : 0;
        changed = QColor::fromRgbF(ink.redF() + (to - ink.redF()) * share,
                                   ink.greenF() + (to - ink.greenF()) * share,
                                   ink.blueF() + (to - ink.blueF()) * share);
    }
    return changed;
}

// xterm's 256: 16 named ones, a cube of 6 × 6 × 6, 24 greys. The named ones are of one family with the
// theme's.
static QColor indexedColor(int index) {
    static constexpr std::array<QRgb, 16> kNamed{
        0xff2e343d, 0xffd04444, 0xff2f9e60, 0xffb97f10, 0xff3f7fdb, 0xffa956c4, 0xff1f97a8, 0xffc3c9d2,
        0xff7b8594, 0xfff26d68, 0xff52c98c, 0xffe3b341, 0xff6aaef8, 0xffd08be6, 0xff4cc7d6, 0xfff4f6f9};
    if (index < 16)
        return QColor(kNamed[static_cast<std::size_t>(index)]);
    if (index >= 232) {
        const int grey = 8 + (index - 232) * 10;
        return QColor(grey, grey, grey);
    }
    const auto level = [](int n) { return n == 0 ? 0 : 55 + n * 40; };
    index -= 16;
    return QColor(level(index / 36), level(index / 6 % 6), level(index % 6));
}

static QColor requested(quint32 color, const QColor& otherwise) {
    if ((color & TextStyle::kIndexed) != 0)
        return indexedColor(static_cast<int>(color & 0xff));
    if ((color & TextStyle::kTrue) != 0)
        return QColor(QRgb(0xff000000 | (color & 0xffffff)));
    return otherwise;
}

InkAndPaper colorsOf(const TextStyle& style, const QColor& text, const QColor& base) {
    if (style == TextStyle())
        return {text, {}};
    QColor ink = requested(style.foreground, text);
    QColor paper = requested(style.background, base);
    const bool inverse = (style.flags & TextStyle::Inverse) != 0;
    if (inverse)
        std::swap(ink, paper);
    if ((style.flags & TextStyle::Faint) != 0) {
        ink = QColor::fromRgbF((ink.redF() * 2 + paper.redF()) / 3, (ink.greenF() * 2 + paper.greenF()) / 3,
                               (ink.blueF() * 2 + paper.blueF()) / 3);
    }
    const bool ownPaper = style.background != 0 || inverse;
    return {readable(ink, paper), ownPaper ? paper : QColor()};
}

} // namespace escale::gui
