// Sessions with containers that do not run: each waits for its container's next start, which takes all of
// them along. The ends here are the monitor's; their clients have the others, with Hello said already.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <map>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

/// Thread-safe.
class WaitingSessions {
public:
    static constexpr std::size_t kMostOfAUser = 256;
    static constexpr std::size_t kMost = 1024; // descriptors of this process

    /// InUse when as many wait as may: kMostSessions for this container, kMostOfAUser, kMost. Those whose
    /// client has gone do not count.
    Result<void> add(uid_t owner, const std::string& container, UniqueFd session);
    /// What its start takes along, in the order of their coming; without those whose client has gone.
    std::vector<UniqueFd> take(const std::string& container);
    /// Ends those of a container that cannot start, or is no more.
    void drop(const std::string& container);
    [[nodiscard]] bool isAnybodyThere();

private:
    struct Session {
        uid_t owner = 0;
        UniqueFd socket;
    };
    void dropGone();

    std::mutex m_mutex;
    std::multimap<std::string, Session> m_sessions; // by container
};

} // namespace escale
