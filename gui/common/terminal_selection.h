// What is selected in a terminal: from a cell to a cell in reading order, by characters, words or lines, and
// what a line holds at a place: its words and links.
#pragma once

#include <QPoint>
#include <QString>

#include <optional>

namespace escale::gui {

class TerminalScreen;

/// Columns [from, to] of a line, and what stands there.
struct TerminalSpan {
    int line = 0, from = 0, to = 0;
    QString text;
    [[nodiscard]] bool contains(QPoint place) const {
        return place.y() == line && place.x() >= from && place.x() <= to;
    }
};

class TerminalSelection {
public:
    enum class Unit { Character, Word, Line };

    /// Places are a column and a line, counted as TerminalScreen does.
    void begin(const TerminalScreen& screen, QPoint place, Unit unit);
    void extend(const TerminalScreen& screen, QPoint place);
    void clear() { m_active = false; }
    void selectAll(const TerminalScreen& screen);
    /// The oldest lines were forgotten: all others have lower numbers now.
    void forget(int lines);

    [[nodiscard]] bool isEmpty() const { return !m_active; }
    [[nodiscard]] bool contains(int column, int line) const;
    /// Lines without the blanks at their ends; a line that goes on in the next one is not broken.
    [[nodiscard]] QString text(const TerminalScreen& screen) const;

private:
    bool m_active = false;
    Unit m_unit = Unit::Character;
    QPoint m_anchorFrom, m_anchorTo; // what the first click took
    QPoint m_from, m_to;             // both included
};

/// The word at a place, blanks when it is on none.
TerminalSpan wordAt(const TerminalScreen& screen, QPoint place);
/// The http or https address at a place, within one line.
std::optional<TerminalSpan> linkAt(const TerminalScreen& screen, QPoint place);

} // namespace escale::gui
