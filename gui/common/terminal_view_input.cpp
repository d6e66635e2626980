// Keys, mouse, clipboard and input methods of a terminal (terminal_view.h).
#include "gui/common/terminal_view.h"

#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QUrl>
#include <QWheelEvent>

#include <algorithm>

namespace escale::gui {
namespace {

constexpr int kLinesPerNotch = 3;
constexpr int kNotch = 120; // QWheelEvent's unit

int buttonNumber(Qt::MouseButton button) {
    return button == Qt::LeftButton ? 1 : button == Qt::MiddleButton ? 2 : button == Qt::RightButton ? 3 : 0;
}

// What stays the window's although a terminal has the focus: Ctrl+1 … 9, and Ctrl+Shift with keys that are
// not ours.
bool isWindows(const QKeyEvent& event) {
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    const int key = event.key();
    if (control && !shift && key >= Qt::Key_1 && key <= Qt::Key_9)
        return true;
    if (control && (key == Qt::Key_PageUp || key == Qt::Key_PageDown))
        return true;
    return control && shift && key >= Qt::Key_A && key <= Qt::Key_Z && key != Qt::Key_C && key != Qt::Key_V &&
           key != Qt::Key_A;
}

} // namespace

bool TerminalView::event(QEvent* event) {
    // Else Delete would remove the container, and Ctrl+F open the filter, while one types.
    if (event->type() == QEvent::ShortcutOverride && !isWindows(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

// Scrolling, clipboard, zoom and the way out.
bool TerminalView::ownKey(const QKeyEvent& event) {
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    const int page = std::max(1, m_screen.size().height() - 1);
    QScrollBar* bar = verticalScrollBar();
    switch (event.key()) {
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        if (!shift)
            return false;
        bar->setValue(bar->value() + (event.key() == Qt::Key_PageUp ? -page : page));
        return true;
    case Qt::Key_C:
        return control && shift && (copy(), true);
    case Qt::Key_V:
        return control && shift && (paste(), true);
    case Qt::Key_A:
        return control && shift && (selectAll(), true);
    case Qt::Key_Insert:
        return shift && (pasteFrom(QClipboard::Clipboard), true);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return control && (setZoom(m_zoom + 1), true);
    case Qt::Key_Minus:
        return control && (setZoom(m_zoom - 1), true);
    case Qt::Key_0:
        return control && (setZoom(0), true);
    case Qt::Key_Tab:
        return control && QAbstractScrollArea::focusNextPrevChild(true);
    case Qt::Key_Backtab:
        return control && QAbstractScrollArea::focusNextPrevChild(false);
    default:
        return false;
    }
}

void TerminalView::keyPressEvent(QKeyEvent* event) {
    event->accept();
    if (isWindows(*event))
        return event->ignore();
    if (event->key() == Qt::Key_Control && m_link)
        setLink(m_link, event->modifiers() | Qt::ControlModifier);
    if (ownKey(*event))
        return;
    if (!m_alive) {
        Q_EMIT pressedWhileDead(event->key());
        return;
    }
    if (m_screen.pressKey(event->key(), event->modifiers(), event->text())) {
        m_selection.clear();
        toEnd();
    }
}

void TerminalView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Control && m_link)
        setLink(m_link, event->modifiers() & ~Qt::ControlModifier);
    QAbstractScrollArea::keyReleaseEvent(event);
}

void TerminalView::copy() {
    if (const QString text = selectedText(); !text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void TerminalView::paste() {
    pasteFrom(QClipboard::Clipboard);
}

void TerminalView::pasteFrom(QClipboard::Mode mode) {
    if (!m_alive)
        return;
    m_screen.paste(QGuiApplication::clipboard()->text(mode));
    toEnd();
}

void TerminalView::selectAll() {
    m_selection.selectAll(m_screen);
    viewport()->update();
}

// Shift takes the mouse back from a program that asked for it.
bool TerminalView::tellsProgram(Qt::KeyboardModifiers modifiers) const {
    return m_alive && m_screen.reportsMouse() && m_following && !modifiers.testFlag(Qt::ShiftModifier);
}

void TerminalView::mousePressEvent(QMouseEvent* event) {
    const QPoint place = placeAt(event->position());
    if (event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ControlModifier)) {
        if (const auto link = linkAt(m_screen, place)) {
            QDesktopServices::openUrl(QUrl(link->text, QUrl::TolerantMode));
            return;
        }
    }
    if (tellsProgram(event->modifiers()))
        return m_screen.pressMouse(buttonNumber(event->button()), true,
                                   place - QPoint(0, m_screen.scrollbackLines()), event->modifiers());
    if (event->button() == Qt::MiddleButton) {
        const bool hasPrimary = QGuiApplication::clipboard()->supportsSelection();
        return pasteFrom(hasPrimary ? QClipboard::Selection : QClipboard::Clipboard);
    }
    if (event->button() != Qt::LeftButton)
        return;
    // The third click of a triple one comes as a press of its own.
    const bool third =
        m_lastDoubleClick.isValid() &&
        !m_lastDoubleClick.hasExpired(QGuiApplication::styleHints()->mouseDoubleClickInterval());
    m_lastDoubleClick.invalidate();
    if (event->modifiers().testFlag(Qt::ShiftModifier) && !m_selection.isEmpty())
        m_selection.extend(m_screen, place);
    else
        m_selection.begin(m_screen, place,
                          third ? TerminalSelection::Unit::Line : TerminalSelection::Unit::Character);
    m_selecting = true;
    viewport()->update();
}

void TerminalView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || tellsProgram(event->modifiers()))
        return mousePressEvent(event);
    m_selection.begin(m_screen, placeAt(event->position()), TerminalSelection::Unit::Word);
    m_selecting = true;
    m_lastDoubleClick.start();
    viewport()->update();
}

void TerminalView::mouseMoveEvent(QMouseEvent* event) {
    hover(event->position());
    if (m_selecting) {
        // Beyond the edge the lines there come into sight.
        if (event->position().y() < 0)
            verticalScrollBar()->setValue(verticalScrollBar()->value() - 1);
        else if (event->position().y() > viewport()->height())
            verticalScrollBar()->setValue(verticalScrollBar()->value() + 1);
        m_selection.extend(m_screen, placeAt(event->position()));
        viewport()->update();
    } else if (tellsProgram(event->modifiers())) {
        m_screen.moveMouse(placeAt(event->position()) - QPoint(0, m_screen.scrollbackLines()),
                           event->modifiers());
    }
}

void TerminalView::mouseReleaseEvent(QMouseEvent* event) {
    if (m_selecting && event->button() == Qt::LeftButton) {
        m_selecting = false;
        if (const QString text = selectedText();
            !text.isEmpty() && QGuiApplication::clipboard()->supportsSelection())
            QGuiApplication::clipboard()->setText(text, QClipboard::Selection);
    } else if (tellsProgram(event->modifiers())) {
        m_screen.pressMouse(buttonNumber(event->button()), false,
                            placeAt(event->position()) - QPoint(0, m_screen.scrollbackLines()),
                            event->modifiers());
    }
}

void TerminalView::wheelEvent(QWheelEvent* event) {
    event->accept();
    m_wheelRest += event->angleDelta().y();
    const int notches = m_wheelRest / kNotch;
    m_wheelRest -= notches * kNotch;
    if (event->modifiers().testFlag(Qt::ControlModifier))
        return setZoom(m_zoom + notches);
    if (tellsProgram(event->modifiers())) {
        const QPoint cell = placeAt(event->position()) - QPoint(0, m_screen.scrollbackLines());
        for (int i = 0; i < std::abs(notches); ++i)
            m_screen.pressMouse(notches > 0 ? 4 : 5, true, cell, event->modifiers());
    } else if (m_screen.isAlternate() && m_alive) { // pagers understand arrows
        for (int i = 0; i < std::abs(notches) * kLinesPerNotch; ++i)
            m_screen.pressKey(notches > 0 ? Qt::Key_Up : Qt::Key_Down, Qt::NoModifier, {});
    } else {
        verticalScrollBar()->setValue(verticalScrollBar()->value() - notches * kLinesPerNotch);
    }
}

void TerminalView::hover(QPointF position) {
    setLink(linkAt(m_screen, placeAt(position)), QGuiApplication::keyboardModifiers());
}

void TerminalView::setLink(const std::optional<TerminalSpan>& link, Qt::KeyboardModifiers modifiers) {
    const bool changed = link.has_value() != m_link.has_value() ||
                         (link && (link->line != m_link->line || link->from != m_link->from));
    m_link = link;
    viewport()->setCursor(link && modifiers.testFlag(Qt::ControlModifier) ? Qt::PointingHandCursor
                                                                          : Qt::IBeamCursor);
    if (!changed)
        return;
    viewport()->setToolTip(link ? tr("Ctrl+click opens %1").arg(link->text) : QString());
    viewport()->update();
}

bool TerminalView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave)
        setLink(std::nullopt, Qt::NoModifier);
    return QAbstractScrollArea::viewportEvent(event);
}

void TerminalView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    if (m_alive)
        m_screen.setFocused(true);
    viewport()->update();
}

void TerminalView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    if (m_alive)
        m_screen.setFocused(false);
    viewport()->update();
}

void TerminalView::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    if (const auto link = linkAt(m_screen, placeAt(event->pos()))) {
        menu.addAction(tr("Open the link"), this,
                       [link] { QDesktopServices::openUrl(QUrl(link->text, QUrl::TolerantMode)); });
        menu.addAction(tr("Copy the link"), this,
                       [link] { QGuiApplication::clipboard()->setText(link->text); });
        menu.addSeparator();
    }
    QAction* copying =
        menu.addAction(tr("&Copy") + QStringLiteral("\tCtrl+Shift+C"), this, &TerminalView::copy);
    copying->setEnabled(!m_selection.isEmpty());
    QAction* pasting =
        menu.addAction(tr("&Paste") + QStringLiteral("\tCtrl+Shift+V"), this, &TerminalView::paste);
    pasting->setEnabled(m_alive && !QGuiApplication::clipboard()->text().isEmpty());
    menu.addAction(tr("Select &all") + QStringLiteral("\tCtrl+Shift+A"), this, &TerminalView::selectAll);
    menu.addSeparator();
    menu.addAction(tr("Forget what has scrolled away"), this, [this] { m_screen.clearScrollback(); });
    menu.exec(event->globalPos());
}

void TerminalView::inputMethodEvent(QInputMethodEvent* event) {
    m_preedit = m_alive ? event->preeditString() : QString();
    if (m_alive && !event->commitString().isEmpty()) {
        m_screen.type(event->commitString());
        toEnd();
    }
    viewport()->update();
    event->accept();
}

QVariant TerminalView::inputMethodQuery(Qt::InputMethodQuery query) const {
    switch (query) {
    case Qt::ImEnabled:
        return true;
    case Qt::ImCursorRectangle:
        return cellRect(m_screen.cursor().x(), m_screen.cursor().y() + m_screen.scrollbackLines())
            .translated(viewport()->pos());
    case Qt::ImCurrentSelection:
        return selectedText();
    case Qt::ImHints:
        return int(Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText);
    default:
        return QAbstractScrollArea::inputMethodQuery(query);
    }
}

} // namespace escale::gui
