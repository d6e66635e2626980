// What a program that has ended left in its pipes, or its terminal, as frames for the clients that have not
// taken it yet: each takes them at its own pace, whatever the others do, and gets how it ended behind them.
// No heap; the buffer lies in zeroed memory and costs nothing until it is used.
#pragma once

#include "engine/runtime/monitor/session.h"

#include <array>
#include <string_view>

namespace escale {

using Sessions = std::array<Session, kMostSessions>;

class Backlog {
public:
    /// Two pipes of the largest size that a program may ask for by itself (fs.pipe-max-size), and headers.
    static constexpr std::size_t kSize = 2 * 1024 * 1024 + kLongestPayload;

    /// Payload that it can hold now, and the last word behind it.
    [[nodiscard]] std::size_t room() const;
    /// `payload` is not above room(), but for the last word.
    void add(FrameType type, std::string_view payload);
    /// The session at that place is a new one: it gets what comes from now on.
    void begin(std::size_t place) { m_next.at(place) = m_end; }
    /// Gives each session what it has room for.
    void pass(Sessions& sessions, std::int64_t now);

private:
    void passTo(Session& session, std::size_t& next, std::int64_t now);
    void dropPassed();

    std::size_t m_begin = 0, m_end = 0; // what somebody has not got
    std::array<std::size_t, kMostSessions> m_next{};
    std::array<char, kSize> m_bytes; // not set to zero here: that would touch it
};

} // namespace escale
