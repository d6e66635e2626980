#include "engine/runtime/monitor/backlog.h"

#include <algorithm>
#include <cstring>

namespace escale {

std::size_t Backlog::room() const {
    const std::size_t used = m_end - m_begin + kFrameHeaderSize + Session::kReserve;
    return used >= m_bytes.size() ? 0 : std::min(m_bytes.size() - used, kLongestPayload);
}

void Backlog::add(FrameType type, std::string_view payload) {
    if (m_bytes.size() - m_end < kFrameHeaderSize + payload.size())
        dropPassed();
    const auto header = makeFrameHeader(type, payload.size());
    std::memcpy(m_bytes.data() + m_end, header.data(), header.size());
    std::memcpy(m_bytes.data() + m_end + header.size(), payload.data(), payload.size());
    m_end += header.size() + payload.size();
}

void Backlog::dropPassed() {
    std::memmove(m_bytes.data(), m_bytes.data() + m_begin, m_end - m_begin);
    for (auto& next : m_next)
        next = std::max(next, m_begin) - m_begin; // those below have no session
    m_end -= m_begin;
    m_begin = 0;
}

void Backlog::pass(Sessions& sessions, std::int64_t now) {
    std::size_t begin = m_end;
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        passTo(sessions.at(i), m_next.at(i), now);
        if (sessions.at(i).isOpen())
            begin = std::min(begin, m_next.at(i));
    }
    m_begin = begin;
}

void Backlog::passTo(Session& session, std::size_t& next, std::int64_t now) {
    while (session.isOpen() && next < m_end) {
        FrameHeaderBytes bytes{};
        std::copy_n(m_bytes.data() + next, bytes.size(), bytes.begin());
        const auto header = parseFrameHeader(bytes).value_or(FrameHeader{}); // ours: it is one
        const bool isOutput = header.type == FrameType::Output || header.type == FrameType::Error;
        if (!isOutput || session.takesOutput()) {
            if (session.room() < header.length)
                return;
            session.put(header.type, {m_bytes.data() + next + bytes.size(), header.length}, now);
        }
        next += bytes.size() + header.length;
    }
}

} // namespace escale
