// How LogText draws.
#include "gui/common/log_store.h"
#include "gui/common/log_text.h"
#include "gui/common/theme.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <array>
#include <cstring>

namespace escale::gui {

static constexpr int kBarWidth = 3; // beside errors

LogText::Ink LogText::ink() const {
    const Colors c = Colors::current();
    QColor line = c.accent;
    line.setAlphaF(0.10F);
    QColor match = c.amber;
    match.setAlphaF(0.28F);
    return {c.text, c.base, c.accent, c.onAccent, c.muted, c.red, match, c.amber, c.base, line};
}

const InkAndPaper& LogText::colors(const TextStyle& style, const Ink& ink) {
    const std::array<quint32, 3> values{style.foreground, style.background, style.flags};
    const QByteArray key(reinterpret_cast<const char*>(values.data()), sizeof values); // NOLINT
    auto known = m_colors.find(key);
    if (known == m_colors.end()) {
        if (m_colors.size() > 4096) // a picture in true colours
            m_colors.clear();
        known = m_colors.insert(key, colorsOf(style, ink.text, ink.base));
    }
    return *known;
}

void LogText::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    const Ink ink = this->ink();
    painter.fillRect(viewport()->rect(), ink.base);
    painter.setFont(font());
    if (m_rows.isEmpty()) {
        painter.setFont(parentWidget()->font());
        painter.setPen(ink.muted);
        painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
                         m_placeholder);
        return;
    }
    const LogRows::Row top = m_rows.at(verticalScrollBar()->value());
    int y = 0;
    int within = top.within;
    for (qint64 place = top.place; place < m_rows.end() && y < viewport()->height(); ++place) {
        paintLine(painter, place, within, y, ink);
        within = 0;
    }
}

// All rows of a line from `within` on, as far as they are in sight.
void LogText::paintLine(QPainter& painter, qint64 place, int within, int& y, const Ink& ink) {
    const qint64 number = m_rows.lineAt(place);
    const StyledLine line = m_store.styled(number);
    const QList<LogPattern::Match> matches = m_search.pattern().matches(line.text);
    const int left = textLeft();
    const int rows = m_rows.rowsOf(place);
    const int bottom = std::min(y + (rows - within) * m_row, viewport()->height());
    if (number == m_currentLine && hasFocus())
        painter.fillRect(QRect(0, y, viewport()->width(), bottom - y), ink.line);
    if (m_store.isError(number))
        painter.fillRect(QRect(4, y, kBarWidth, bottom - y), ink.error);
    if (m_times != LogTimes::Off && within == 0) {
        painter.setPen(ink.muted);
        painter.drawText(QPointF(kMargin, y + m_ascent), logTimeText(m_store.time(number), m_times));
    }
    painter.save();
    painter.setClipRect(QRect(left - 1, 0, viewport()->width() - left + 1, viewport()->height()));
    for (int row = within; row < rows && y < viewport()->height(); ++row, y += m_row)
        paintRow(painter, line, number, matches, row, y, ink);
    painter.restore();
}

void LogText::paintRow(QPainter& painter, const StyledLine& line, qint64 number,
                       const QList<LogPattern::Match>& matches, int row, int y, const Ink& ink) {
    // The units in sight.
    const int scrolled = horizontalScrollBar()->value();
    const int firstCell = m_wraps ? row * m_rows.columns() : static_cast<int>(scrolled / m_cell);
    const int cells = m_wraps ? m_rows.columns() : static_cast<int>(viewport()->width() / m_cell) + 2;
    const qsizetype begin = line.positionAt(firstCell);
    const qsizetype end = line.positionAt(firstCell + cells);
    const qreal origin = textLeft() - (m_wraps ? firstCell * m_cell : scrolled);

    // Cut where anything changes.
    const auto [from, to] = std::minmax(m_anchor, m_cursor);
    const qsizetype selectBegin = number < from.line    ? line.text.size() + 1
                                  : number == from.line ? from.unit
                                                        : 0;
    const qsizetype selectEnd = number > to.line ? 0 : number == to.line ? to.unit : line.text.size() + 1;
    QList<qsizetype> cuts{begin, end, selectBegin, selectEnd};
    for (const StyledLine::Run& run : line.runs)
        cuts.append(run.begin);
    for (const LogPattern::Match& match : matches)
        cuts << match.begin << match.begin + match.size;
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());

    qsizetype run = -1;  // of line.runs
    qsizetype match = 0; // of matches
    for (qsizetype i = 0; i + 1 < cuts.size(); ++i) {
        const qsizetype at = cuts[i], next = cuts[i + 1];
        while (run + 1 < line.runs.size() && line.runs[run + 1].begin <= at)
            ++run;
        while (match < matches.size() && matches[match].begin + matches[match].size <= at)
            ++match;
        if (at < begin || next > end)
            continue;
        const TextStyle& style = run < 0 ? line.first : line.runs[run].style;
        InkAndPaper drawn = colors(style, ink);
        const bool isMatch = match < matches.size() && matches[match].begin <= at;
        if (at >= selectBegin && next <= selectEnd)
            drawn = {ink.onAccent, ink.accent};
        else if (isMatch && m_hit && m_hit->line == number && m_hit->match == matches[match])
            drawn = {ink.onCurrent, ink.current};
        else if (isMatch)
            drawn = {ink.text, ink.match};
        const qreal x = origin + line.cellOf(at) * m_cell;
        if (drawn.paper.isValid())
            painter.fillRect(QRectF(x, y, (line.cellOf(next) - line.cellOf(at)) * m_cell, m_row),
                             drawn.paper);
        if ((style.flags & TextStyle::Hidden) != 0)
            continue;
        painter.setPen(drawn.ink);
        paintText(painter, line, at, next, x, y, style);
    }
    // That the end of the line is selected too shows a little behind it.
    if (selectBegin <= line.text.size() && selectEnd > line.text.size() && end == line.text.size())
        painter.fillRect(QRectF(origin + line.cellOf(end) * m_cell, y, m_cell / 2, m_row), ink.accent);
}

void LogText::paintText(QPainter& painter, const StyledLine& line, qsizetype begin, qsizetype end, qreal x,
                        int y, const TextStyle& style) {
    const bool isPlain = (style.flags & ~quint32(TextStyle::Faint | TextStyle::Inverse)) == 0;
    if (!isPlain) {
        QFont font = this->font();
        font.setBold((style.flags & TextStyle::Bold) != 0);
        font.setItalic((style.flags & TextStyle::Italic) != 0);
        font.setUnderline((style.flags & TextStyle::Underline) != 0);
        font.setStrikeOut((style.flags & TextStyle::StruckOut) != 0);
        painter.setFont(font);
    }
    if (line.cells.isEmpty()) {
        painter.drawText(QPointF(x, y + m_ascent), line.text.mid(begin, end - begin));
    } else { // what lies in a cell together, each in its own
        const int origin = line.cellOf(begin);
        for (qsizetype i = begin; i < end;) {
            qsizetype next = i + 1;
            while (next < end &&
                   (line.text[next].isLowSurrogate() || line.cells[next + 1] == line.cells[next]))
                ++next;
            if (line.text[i] != QLatin1Char('\t')) {
                painter.drawText(QPointF(x + (line.cells[i] - origin) * m_cell, y + m_ascent),
                                 line.text.mid(i, next - i));
            }
            i = next;
        }
    }
    if (!isPlain)
        painter.setFont(font());
}

} // namespace escale::gui
