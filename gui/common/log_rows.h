// Which lines of a store are shown, and on which row each begins: all lines or those that were chosen, each
// on one row or wrapped to a number of cells. Heights are exact; for each 1024 lines there is a sum, so that
// a row among a million lines is found in microseconds. Shown lines have numbers of their own, which never
// change while the choice stays the same ("places").
#pragma once

#include <QtGlobal>

#include <deque>
#include <vector>

namespace escale::gui {

class LogStore;

class LogRows {
public:
    struct Row {
        qint64 place = 0;
        int within = 0; // of the rows of its line
    };

    explicit LogRows(const LogStore& store)
        : m_store(store) {}

    /// All lines, also those that come.
    void showAll();
    /// None, until they are chosen one by one.
    void showChosen();
    void choose(const std::vector<qint64>& lines);
    [[nodiscard]] bool showsAll() const { return m_all; }
    /// Cells on a row; 0: lines are not wrapped.
    void setColumns(int columns);
    [[nodiscard]] int columns() const { return m_columns; }
    /// The store has grown, or has dropped lines. How many rows have gone at the beginning.
    qint64 follow();

    /// Places [begin, end) are shown.
    [[nodiscard]] qint64 begin() const { return m_begin; }
    [[nodiscard]] qint64 end() const { return m_end; }
    [[nodiscard]] bool isEmpty() const { return m_begin == m_end; }
    [[nodiscard]] qint64 rowCount() const { return m_rows; }
    [[nodiscard]] int rowsOf(qint64 place) const;
    [[nodiscard]] qint64 lineAt(qint64 place) const;
    /// The place of that line, or of the next one that is shown; end() when there is none.
    [[nodiscard]] qint64 placeOf(qint64 line) const;
    /// Clamped to what is there.
    [[nodiscard]] Row at(qint64 row) const;
    [[nodiscard]] qint64 rowOf(qint64 place) const;

private:
    static constexpr qint64 kBlock = 1024;

    static qint64 behindBlock(qint64 place) { return (place / kBlock + 1) * kBlock; }
    void add(qint64 place);
    qint64 dropTo(qint64 begin);
    void rebuild();

    const LogStore& m_store;
    bool m_all = true;
    int m_columns = 0;
    std::deque<qint64> m_chosen; // lines by place
    qint64 m_begin = 0, m_end = 0;
    qint64 m_rows = 0;
    std::deque<qint64> m_sums; // rows of each block of places; the first block may have lost some
};

} // namespace escale::gui
