#include "engine/container/waiting_sessions.h"

#include "engine/base/session_frame.h"
#include "engine/container/session_socket.h"

#include <algorithm>
#include <poll.h>

namespace escale {
namespace {

// Not one that only sends nothing more.
bool hasGone(const UniqueFd& socket) {
    pollfd end{socket.get(), 0, 0};
    return ::poll(&end, 1, 0) > 0 && (end.revents & (POLLHUP | POLLERR)) != 0;
}

} // namespace

void WaitingSessions::dropGone() {
    std::erase_if(m_sessions, [](const auto& entry) { return hasGone(entry.second.socket); });
}

Result<void> WaitingSessions::add(uid_t owner, const std::string& container, UniqueFd session) {
    const std::lock_guard lock(m_mutex);
    dropGone();
    if (m_sessions.count(container) >= kMostSessions)
        return fail(ErrorCode::InUse, "as many clients as can be wait for the container's start already",
                    "Close one of them.");
    const auto ofUser = std::count_if(m_sessions.begin(), m_sessions.end(),
                                      [owner](const auto& entry) { return entry.second.owner == owner; });
    if (static_cast<std::size_t>(ofUser) >= kMostOfAUser || m_sessions.size() >= kMost)
        return fail(ErrorCode::InUse, "too many clients wait for containers to start",
                    "Start these containers, or close some of the clients.");
    m_sessions.emplace(container, Session{owner, std::move(session)});
    return {};
}

std::vector<UniqueFd> WaitingSessions::take(const std::string& container) {
    const std::lock_guard lock(m_mutex);
    std::vector<UniqueFd> taken;
    const auto [first, last] = m_sessions.equal_range(container);
    for (auto entry = first; entry != last; ++entry) {
        if (!hasGone(entry->second.socket))
            taken.push_back(std::move(entry->second.socket));
    }
    m_sessions.erase(first, last);
    return taken;
}

void WaitingSessions::drop(const std::string& container) {
    for (auto& session : take(container))
        endSession(std::move(session));
}

bool WaitingSessions::isAnybodyThere() {
    const std::lock_guard lock(m_mutex);
    dropGone();
    return !m_sessions.empty();
}

} // namespace escale
