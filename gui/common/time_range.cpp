#include "gui/common/time_range.h"

#include <algorithm>
#include <cmath>

namespace escale::gui {

void TimeRange::setNow(qint64 now) {
    m_now = now;
    if (!m_live || (now >= m_to && now - m_to < m_span / kSteps))
        return;
    m_to = now;
    Q_EMIT changed();
}

void TimeRange::setSpan(qint64 span) {
    place(m_live ? m_now : m_to - m_span / 2 + span / 2, span);
}

void TimeRange::zoom(double factor, qint64 anchor) {
    const qint64 span = std::clamp(qint64(std::llround(static_cast<double>(m_span) * factor)), kLeast, kMost);
    const double share = static_cast<double>(m_to - anchor) / static_cast<double>(m_span);
    place(anchor + std::llround(share * static_cast<double>(span)), span);
}

void TimeRange::moveTo(qint64 to) {
    place(to, m_span);
}

void TimeRange::goLive() {
    place(m_now, m_span);
}

void TimeRange::reset() {
    m_now = m_to = 0;
    m_live = true;
    m_cursor.reset();
    Q_EMIT changed();
}

void TimeRange::setCursor(std::optional<qint64> time) {
    if (m_cursor == time)
        return;
    m_cursor = time;
    Q_EMIT cursorChanged();
}

void TimeRange::place(qint64 to, qint64 span) {
    m_span = std::clamp(span, kLeast, kMost);
    m_to = std::clamp(to, m_now - kMost + m_span, m_now);
    // What is within a hundredth of the newest value was meant to reach it.
    m_live = m_now - m_to <= m_span / 100;
    if (m_live)
        m_to = m_now;
    Q_EMIT changed();
}

} // namespace escale::gui
