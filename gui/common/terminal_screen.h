// The state of a terminal without a widget: bytes of a program go in, cells, cursor and title come out, keys
// become bytes for the program. libvterm does the work and is named nowhere else. GUI thread.
//
// Lines are counted from the oldest that is kept: 0 … scrollbackLines() - 1 have left the screen at its top,
// the screen's rows follow.
#pragma once

#include "gui/common/terminal_cell.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPoint>
#include <QRect>
#include <QSize>

#include <deque>
#include <memory>

namespace escale::gui {

class TerminalScreen : public QObject {
    Q_OBJECT
public:
    static constexpr int kMostLines = 10'000; // of the scrollback
    enum class CursorShape { Block, Underline, Bar };

    explicit TerminalScreen(QSize size = {80, 24}, QObject* parent = nullptr);
    ~TerminalScreen() override;

    /// What the program wrote: any bytes, also half a character.
    void feed(const QByteArray& bytes);
    /// Columns and rows; at least one of each. Long lines on the screen are broken anew, those of the
    /// scrollback keep what does not fit.
    void resize(QSize size);
    [[nodiscard]] QSize size() const { return m_size; }
    /// As a terminal that was just switched on; the scrollback goes, too.
    void reset();
    void clearScrollback();
    /// The program has gone: undoes what it may have left switched on, on a line of its own. Text stays.
    void recover();

    [[nodiscard]] int scrollbackLines() const { return static_cast<int>(m_scrollback.size()); }
    [[nodiscard]] int lineCount() const { return scrollbackLines() + m_size.height(); }
    /// The cells of a line, as many as there are columns.
    [[nodiscard]] QList<TerminalCell> line(int number) const;
    /// The line's text without blanks at its end.
    [[nodiscard]] QString text(int number) const;
    /// Every line, for tests and for a screen reader.
    [[nodiscard]] QString allText() const;

    /// Column and row on the screen.
    [[nodiscard]] QPoint cursor() const { return m_cursor; }
    [[nodiscard]] bool isCursorVisible() const { return m_cursorVisible; }
    [[nodiscard]] CursorShape cursorShape() const { return m_cursorShape; }
    /// Of a program that fills the screen, such as an editor: it has no scrollback.
    [[nodiscard]] bool isAlternate() const { return m_alternate; }
    /// The program wants to hear of the mouse.
    [[nodiscard]] bool reportsMouse() const { return m_mouse != 0; }
    [[nodiscard]] QString title() const { return m_title; }

    /// False for keys that mean nothing to a program (Shift alone, volume, …).
    bool pressKey(int key, Qt::KeyboardModifiers modifiers, const QString& text);
    void type(const QString& text);
    /// Line ends become Return; escape characters are dropped, so that pasted text cannot end its brackets.
    void paste(const QString& text);
    /// Button 1 left, 2 middle, 3 right, 4 and 5 the wheel; the cell it happens in.
    void pressMouse(int button, bool pressed, QPoint cell, Qt::KeyboardModifiers modifiers);
    void moveMouse(QPoint cell, Qt::KeyboardModifiers modifiers);
    void setFocused(bool focused);

Q_SIGNALS:
    /// Bytes for the program: keys, and answers to its questions.
    void output(const QByteArray& bytes);
    /// Cells of the screen (not of the scrollback) look different.
    void damaged(const QRect& cells);
    /// Lines went to the scrollback (or came back: less than 0), and so many of the oldest were forgotten.
    void scrolled(int added, int forgotten);
    void cursorMoved(const QPoint& before);
    void titleChanged(const QString& title);
    void bell();

private:
    struct Callbacks;
    struct Terminal;
    void say(const QByteArray& bytes) { Q_EMIT output(bytes); }

    std::unique_ptr<Terminal> m_terminal;
    QSize m_size;
    // The blanks at a line's end are not kept.
    std::deque<QList<TerminalCell>> m_scrollback;
    int m_added = 0, m_forgotten = 0; // since the last `scrolled`
    void tellScrolled();
    void apply(QSize size);
    void reflow(int columns);
    QPoint m_cursor;
    bool m_cursorVisible = true;
    CursorShape m_cursorShape = CursorShape::Block;
    bool m_alternate = false;
    int m_mouse = 0;
    QString m_title;
};

} // namespace escale::gui
