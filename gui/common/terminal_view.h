// Draws a terminal and lets a person work in it: keys, mouse, selection, clipboard, links, scrollback, zoom,
// input methods. Only cells that changed are painted. Tab and the arrow keys are the program's; Ctrl+Tab and
// Ctrl+Shift+Tab leave.
#pragma once

#include "gui/common/terminal_colors.h"
#include "gui/common/terminal_screen.h"
#include "gui/common/terminal_selection.h"

#include <QAbstractScrollArea>
#include <QClipboard>
#include <QElapsedTimer>

namespace escale::gui {

class TerminalView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit TerminalView(QWidget* parent = nullptr);

    [[nodiscard]] TerminalScreen& screen() { return m_screen; }
    [[nodiscard]] const TerminalScreen& screen() const { return m_screen; }
    /// Nobody listens to keys any more: the cursor is an outline.
    void setAlive(bool alive);
    [[nodiscard]] bool isAlive() const { return m_alive; }
    [[nodiscard]] QString selectedText() const { return m_selection.text(m_screen); }
    /// Steps from the font's own size.
    void setZoom(int steps);
    /// Where a cell is drawn, for tests; empty when it is scrolled out of sight.
    [[nodiscard]] QRect cellRect(int column, int line) const;
    [[nodiscard]] QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

public Q_SLOTS:
    void copy();
    void paste();
    void selectAll();

Q_SIGNALS:
    /// The size in columns and rows has changed.
    void sizeChanged(const QSize& size);
    /// A key while not alive.
    void pressedWhileDead(int key);

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    bool focusNextPrevChild(bool) override { return false; }

private:
    // terminal_view.cpp
    void fit();
    void measure();
    void takeScrolled(int added, int forgotten);
    void toEnd();
    [[nodiscard]] int firstLine() const;
    void applyPalette();
    void updateCells(const QRect& cells);
    // terminal_view_input.cpp
    bool ownKey(const QKeyEvent& event);
    void pasteFrom(QClipboard::Mode mode);
    [[nodiscard]] QPoint placeAt(QPointF position) const;
    [[nodiscard]] bool tellsProgram(Qt::KeyboardModifiers modifiers) const;
    void hover(QPointF position);
    void setLink(const std::optional<TerminalSpan>& link, Qt::KeyboardModifiers modifiers);
    // terminal_view_paint.cpp
    void paintLine(QPainter& painter, int line, int top);
    void paintRun(QPainter& painter, const QRect& place, const QString& text, const TerminalCell& look,
                  bool selected);
    void paintCursor(QPainter& painter);

    TerminalScreen m_screen;
    TerminalSelection m_selection;
    TerminalColors m_colors;
    QSize m_cell; // of one character, in pixels
    int m_ascent = 0;
    bool m_following = true; // the end is in sight and stays so
    int m_zoom = 0;
    qreal m_fontSize = 0;
    bool m_alive = true;
    bool m_selecting = false;
    QElapsedTimer m_lastDoubleClick;
    std::optional<TerminalSpan> m_link; // under the mouse
    int m_wheelRest = 0;
    QString m_preedit;
};

} // namespace escale::gui
