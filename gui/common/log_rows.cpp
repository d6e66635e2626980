#include "gui/common/log_rows.h"

#include "gui/common/log_store.h"

#include <algorithm>

namespace escale::gui {

void LogRows::showAll() {
    m_all = true;
    m_chosen.clear();
    rebuild();
}

void LogRows::showChosen() {
    m_all = false;
    m_chosen.clear();
    m_begin = m_end = 0;
    rebuild();
}

void LogRows::choose(const std::vector<qint64>& lines) {
    for (const qint64 line : lines) {
        m_chosen.push_back(line);
        add(m_end++);
    }
}

void LogRows::setColumns(int columns) {
    if (columns == m_columns)
        return;
    m_columns = columns;
    rebuild();
}

void LogRows::rebuild() {
    m_sums.clear();
    m_rows = 0;
    if (m_all) {
        m_begin = m_store.begin();
        m_end = m_store.end();
    }
    for (qint64 place = m_begin; m_columns > 0 && place < m_end; ++place)
        add(place);
    if (m_columns == 0)
        m_rows = m_end - m_begin;
}

// Places are added in their order.
void LogRows::add(qint64 place) {
    if (m_columns == 0) {
        ++m_rows;
        return;
    }
    const int height = rowsOf(place);
    if (m_sums.empty() || place % kBlock == 0)
        m_sums.push_back(0);
    m_sums.back() += height;
    m_rows += height;
}

qint64 LogRows::follow() {
    qint64 begin = m_all ? std::clamp(m_store.begin(), m_begin, m_end) : m_begin;
    for (; !m_all && !m_chosen.empty() && m_chosen.front() < m_store.begin(); ++begin)
        m_chosen.pop_front();
    const qint64 gone = dropTo(begin);
    if (!m_all)
        return gone;
    if (m_begin == m_end) // none is left: those that come may begin later
        m_sums.clear(), m_begin = m_end = m_store.begin();
    while (m_end < m_store.end())
        add(m_end++);
    return gone;
}

// Whole blocks go with their sums; what is left of the first one is counted anew, since lines that have gone
// cannot be asked for their heights.
qint64 LogRows::dropTo(qint64 begin) {
    const qint64 before = m_rows;
    if (m_columns == 0) {
        m_rows -= begin - m_begin;
        m_begin = begin;
        return before - m_rows;
    }
    while (m_begin < begin && behindBlock(m_begin) <= begin) {
        m_rows -= m_sums.front();
        m_sums.pop_front();
        m_begin = behindBlock(m_begin);
    }
    if (m_begin < begin) {
        m_begin = begin;
        qint64 sum = 0;
        for (qint64 place = begin; place < std::min(behindBlock(begin), m_end); ++place)
            sum += rowsOf(place);
        m_rows += sum - m_sums.front();
        m_sums.front() = sum;
    }
    return before - m_rows;
}

int LogRows::rowsOf(qint64 place) const {
    return m_columns == 0 ? 1 : std::max(1, (m_store.cells(lineAt(place)) + m_columns - 1) / m_columns);
}

qint64 LogRows::lineAt(qint64 place) const {
    return m_all ? place : m_chosen[static_cast<std::size_t>(place - m_begin)];
}

qint64 LogRows::placeOf(qint64 line) const {
    if (m_all)
        return std::clamp(line, m_begin, m_end);
    return m_begin + (std::lower_bound(m_chosen.begin(), m_chosen.end(), line) - m_chosen.begin());
}

LogRows::Row LogRows::at(qint64 row) const {
    if (isEmpty())
        return {m_begin, 0};
    row = std::clamp<qint64>(row, 0, m_rows - 1);
    if (m_columns == 0)
        return {m_begin + row, 0};
    qint64 place = m_begin;
    for (const qint64 sum : m_sums) {
        if (row < sum)
            break;
        row -= sum;
        place = behindBlock(place);
    }
    for (; row >= rowsOf(place); ++place)
        row -= rowsOf(place);
    return {place, static_cast<int>(row)};
}

qint64 LogRows::rowOf(qint64 place) const {
    place = std::clamp(place, m_begin, m_end);
    if (m_columns == 0)
        return place - m_begin;
    qint64 row = 0;
    qint64 from = m_begin;
    for (std::size_t block = 0; block < m_sums.size() && behindBlock(from) <= place; ++block) {
        row += m_sums[block];
        from = behindBlock(from);
    }
    for (; from < place; ++from)
        row += rowsOf(from);
    return row;
}

} // namespace escale::gui
