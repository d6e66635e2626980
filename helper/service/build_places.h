// How many builds of one user run at a time: a build costs processors, memory and disk of everybody.
// Thread-safe.
#pragma once

#include "engine/base/cancellation.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <sys/types.h>

namespace escale {

class BuildPlaces {
public:
    static constexpr int kMost = 4;

    bool tryTake(uid_t owner) {
        const std::lock_guard lock(m_mutex);
        return takeNow(owner);
    }
    /// Waits for one. Cancelled.
    Result<void> take(uid_t owner, const Cancellation& cancellation) {
        std::unique_lock lock(m_mutex);
        while (!takeNow(owner)) {
            TRY(cancellation.check());
            m_given.wait_for(lock, std::chrono::milliseconds(100)); // a cancellation wakes nobody
        }
        return {};
    }
    void give(uid_t owner) {
        const std::lock_guard lock(m_mutex);
        if (--m_taken[owner] == 0)
            m_taken.erase(owner);
        m_given.notify_all();
    }

private:
    bool takeNow(uid_t owner) {
        int& taken = m_taken[owner];
        if (taken >= kMost)
            return false;
        ++taken;
        return true;
    }
    std::mutex m_mutex;
    std::condition_variable m_given;
    std::map<uid_t, int> m_taken;
};

} // namespace escale
