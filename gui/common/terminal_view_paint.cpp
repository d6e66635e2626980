// How a terminal looks (terminal_view.h).
#include "gui/common/terminal_view.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace escale::gui {
namespace {

// Characters that every fixed-width font has in one width; others are placed one by one.
bool isPlain(const TerminalCell& cell) {
    return cell.width == 1 && cell.character < 0x7F && cell.combining[0] == 0;
}

} // namespace

void TerminalView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_colors.background);
    const QRect top = cellRect(0, firstLine());
    const int rows = m_screen.size().height();
    const int first = std::clamp((event->rect().top() - top.top()) / m_cell.height(), 0, rows - 1);
    const int last = std::clamp((event->rect().bottom() - top.top()) / m_cell.height(), 0, rows - 1);
    for (int row = first; row <= last; ++row)
        paintLine(painter, firstLine() + row, top.top() + row * m_cell.height());
    paintCursor(painter);
}

// Runs of cells that look the same are drawn at once.
void TerminalView::paintLine(QPainter& painter, int line, int top) {
    const QList<TerminalCell> cells = m_screen.line(line);
    const int left = cellRect(0, firstLine()).left();
    for (int column = 0; column < cells.size();) {
        const TerminalCell& look = cells[column];
        const bool selected = m_selection.contains(column, line);
        QString text = look.text();
        int end = column + 1;
        if (isPlain(look)) {
            while (end < cells.size() && isPlain(cells[end]) && cells[end].sameLook(look) &&
                   m_selection.contains(end, line) == selected)
                text += cells[end++].text();
        } else {
            while (end < cells.size() && cells[end].width == 0)
                ++end;
        }
        paintRun(painter,
                 QRect(left + column * m_cell.width(), top, (end - column) * m_cell.width(), m_cell.height()),
                 text, look, selected);
        column = end;
    }
    if (m_link && m_link->line == line) {
        painter.setPen(m_colors.link);
        const int y = top + m_ascent + 2;
        painter.drawLine(left + m_link->from * m_cell.width(), y,
                         left + (m_link->to + 1) * m_cell.width() - 1, y);
    }
}

void TerminalView::paintRun(QPainter& painter, const QRect& place, const QString& text,
                            const TerminalCell& look, bool selected) {
    QColor front = m_colors.resolve(look.foreground, m_colors.foreground);
    QColor back = m_colors.resolve(look.background, m_colors.background);
    if (look.reverse)
        std::swap(front, back);
    if (selected)
        back = m_colors.selection;
    if (front != m_colors.foreground || back != m_colors.background)
        front = m_colors.readable(front, back);
    if (back != m_colors.background)
        painter.fillRect(place, back);
    if (text.trimmed().isEmpty() && !look.underline && !look.strike)
        return;
    QFont styled = font();
    styled.setBold(look.bold);
    styled.setItalic(look.italic);
    styled.setUnderline(look.underline);
    styled.setStrikeOut(look.strike);
    styled.setKerning(false);
    // The cells are whole pixels wide, the font's characters may not be.
    const qreal natural = QFontMetricsF(styled).horizontalAdvance(QLatin1Char('M'));
    styled.setLetterSpacing(QFont::AbsoluteSpacing, m_cell.width() - natural);
    painter.setFont(styled);
    painter.setPen(front);
    painter.drawText(QPoint(place.left(), place.top() + m_ascent), text);
}

void TerminalView::paintCursor(QPainter& painter) {
    const QRect place = cellRect(m_screen.cursor().x(), m_screen.cursor().y() + m_screen.scrollbackLines());
    if (place.isEmpty())
        return;
    if (!m_preedit.isEmpty()) { // what an input method is about to type
        const QRect room(place.topLeft(),
                         QSize(painter.fontMetrics().horizontalAdvance(m_preedit) + 2, m_cell.height()));
        painter.fillRect(room, m_colors.selection);
        painter.setFont(font());
        painter.setPen(m_colors.foreground);
        painter.drawText(QPoint(place.left(), place.top() + m_ascent), m_preedit);
        painter.drawLine(room.bottomLeft(), room.bottomRight());
        return;
    }
    if (!m_screen.isCursorVisible() || !m_alive)
        return;
    const QList<TerminalCell> cells = m_screen.line(m_screen.cursor().y() + m_screen.scrollbackLines());
    const TerminalCell under = cells.value(m_screen.cursor().x());
    const QRect whole(place.topLeft(),
                      QSize(m_cell.width() * std::max<int>(under.width, 1), m_cell.height()));
    if (!hasFocus()) {
        painter.setPen(m_colors.cursor);
        painter.drawRect(whole.adjusted(0, 0, -1, -1));
    } else if (m_screen.cursorShape() == TerminalScreen::CursorShape::Underline) {
        painter.fillRect(whole.left(), whole.bottom() - 1, whole.width(), 2, m_colors.cursor);
    } else if (m_screen.cursorShape() == TerminalScreen::CursorShape::Bar) {
        painter.fillRect(whole.left(), whole.top(), 2, whole.height(), m_colors.cursor);
    } else {
        painter.fillRect(whole, m_colors.cursor);
        painter.setFont(font());
        painter.setPen(m_colors.background);
        painter.drawText(QPoint(whole.left(), whole.top() + m_ascent), under.text());
    }
}

} // namespace escale::gui
