// Bytes a second over the last few seconds, so that a rate neither jumps nor remembers a slow start for ever.
#pragma once

#include <cstdint>
#include <deque>

namespace escale {

class Rate {
public:
    explicit Rate(std::int64_t windowMilliseconds = 3000)
        : m_window(windowMilliseconds) {}
    /// `done`: bytes in total so far, at a monotonic time. A smaller value than before starts anew.
    void add(std::int64_t milliseconds, std::uint64_t done) {
        if (!m_samples.empty() && done < m_samples.back().done)
            m_samples.clear();
        m_samples.push_back({milliseconds, done});
        // One sample before the window stays: it is where the window's first bytes began.
        while (m_samples.size() > 2 && m_samples[1].time <= milliseconds - m_window)
            m_samples.pop_front();
    }
    [[nodiscard]] std::uint64_t perSecond() const {
        if (m_samples.size() < 2 || m_samples.back().time <= m_samples.front().time)
            return 0;
        const auto bytes = m_samples.back().done - m_samples.front().done;
        return bytes * 1000 / static_cast<std::uint64_t>(m_samples.back().time - m_samples.front().time);
    }

private:
    struct Sample {
        std::int64_t time;
        std::uint64_t done;
    };
    std::int64_t m_window;
    std::deque<Sample> m_samples;
};

} // namespace escale
