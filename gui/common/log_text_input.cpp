// What LogText does with the mouse and the keyboard.
#include "gui/common/log_store.h"
#include "gui/common/log_text.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

namespace escale::gui {

void LogText::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    const Position at = positionAt(event->pos());
    select(event->modifiers().testFlag(Qt::ShiftModifier) ? m_anchor : at, at);
    if (!m_rows.isEmpty())
        setCurrentLine(at.line);
    m_mouse = event->pos();
}

void LogText::mouseMoveEvent(QMouseEvent* event) {
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    m_mouse = event->pos();
    select(m_anchor, positionAt(m_mouse));
    const bool outside = m_mouse.y() < 0 || m_mouse.y() > viewport()->height();
    if (outside && m_dragTimer == 0) {
        m_dragTimer = startTimer(50);
    } else if (!outside && m_dragTimer != 0) {
        killTimer(m_dragTimer);
        m_dragTimer = 0;
    }
}

// The mouse is held above or below: scrolls there, the faster the farther.
void LogText::timerEvent(QTimerEvent* event) {
    if (event->timerId() != m_dragTimer)
        return QAbstractScrollArea::timerEvent(event);
    const int beyond = m_mouse.y() < 0 ? m_mouse.y() : m_mouse.y() - viewport()->height();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + beyond / m_row + (beyond < 0 ? -1 : 1));
    select(m_anchor, positionAt(m_mouse));
}

void LogText::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (m_dragTimer != 0)
        killTimer(m_dragTimer);
    m_dragTimer = 0;
    QClipboard* clipboard = QApplication::clipboard();
    if (hasSelection() && clipboard->supportsSelection()) // X11's, pasted by the middle button
        clipboard->setText(selectedText(), QClipboard::Selection);
}

void LogText::mouseDoubleClickEvent(QMouseEvent* event) {
    const Position at = positionAt(event->pos());
    if (m_rows.isEmpty() || event->button() != Qt::LeftButton)
        return;
    const QString text = m_store.plainText(at.line);
    const auto isWord = [](QChar c) { return c.isLetterOrNumber() || c == QLatin1Char('_'); };
    qsizetype begin = at.unit, end = at.unit;
    while (begin > 0 && isWord(text[begin - 1]))
        --begin;
    while (end < text.size() && isWord(text[end]))
        ++end;
    select({at.line, begin}, {at.line, end});
}

void LogText::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    if (event->angleDelta().y() != 0)
        Q_EMIT zoomRequested(event->angleDelta().y() > 0 ? 1 : -1);
    event->accept();
}

void LogText::keyPressEvent(QKeyEvent* event) {
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    if (event->matches(QKeySequence::Copy))
        return Q_EMIT copyRequested();
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int direction = event->key() == Qt::Key_Up ? -1 : 1;
        if (control)
            return verticalScrollBar()->setValue(verticalScrollBar()->value() + direction);
        return moveCurrentLine(direction, shift);
    }
    case Qt::Key_PageUp:
        return moveCurrentLine(-visibleRows(), shift);
    case Qt::Key_PageDown:
        return moveCurrentLine(visibleRows(), shift);
    case Qt::Key_Home:
        return moveCurrentLine(-m_rows.rowCount(), shift);
    case Qt::Key_End:
        moveCurrentLine(m_rows.rowCount(), shift);
        return setFollowing(true);
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int step = horizontalScrollBar()->singleStep();
        return horizontalScrollBar()->setValue(horizontalScrollBar()->value() +
                                               (event->key() == Qt::Key_Left ? -step : step));
    }
    default:
        event->ignore();
    }
}

} // namespace escale::gui
