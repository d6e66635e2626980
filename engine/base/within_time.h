// Work that waits for whoever serves a file system, and may wait for ever: a thread of its own does it, which
// is left behind when the time is up.
#pragma once

#include "engine/base/result.h"
#include "engine/base/thread.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <sys/types.h>

namespace escale {

/// Threads that were left behind and still wait, by whose work it was: nobody uses up another's.
class LeftBehind {
public:
    static constexpr int kMost = 32; // of one user

    static LeftBehind& all() {
        static auto& one = *new LeftBehind; // never destroyed: some thread may still wait at the end
        return one;
    }
    int of(uid_t user) {
        const std::lock_guard lock(m_mutex);
        return m_counts[user];
    }
    void add(uid_t user, int count) {
        const std::lock_guard lock(m_mutex);
        m_counts[user] += count;
    }

private:
    std::mutex m_mutex;
    std::map<uid_t, int> m_counts;
};

/// `work`, which `user` wants, must own all that it uses: it may go on after this has returned. Timeout:
/// `what` says of what.
template <class T>
Result<T> withinTime(std::chrono::milliseconds time, uid_t user, const std::string& what,
                     std::function<Result<T>()> work) {
    if (LeftBehind::all().of(user) >= LeftBehind::kMost)
        return fail(ErrorCode::InUse, what + ": too many file systems do not answer",
                    "Unmount those whose servers are gone.");
    struct Shared {
        std::promise<Result<T>> promise;
        std::atomic<bool> isOver = false; // whoever comes second counts
    };
    const auto shared = std::make_shared<Shared>();
    auto outcome = shared->promise.get_future();
    TRY_ASSIGN(auto thread, startThread([shared, user, work = std::move(work)]() mutable {
                   {
                       auto done = work();
                       work = nullptr; // what it owns goes before anybody is told
                       shared->promise.set_value(std::move(done));
                   }
                   if (shared->isOver.exchange(true))
                       LeftBehind::all().add(user, -1);
               }));
    thread.detach();
    if (outcome.wait_for(time) == std::future_status::ready)
        return outcome.get();
    if (!shared->isOver.exchange(true))
        LeftBehind::all().add(user, 1);
    return fail(ErrorCode::Timeout, what + ": its file system does not answer",
                "Its server may be gone; unmount it, or try again later.");
}

} // namespace escale
