// Writes down what is done, while it is done, on this thread: functions deep below (a mount, a netlink
// message, a write to a cgroup) tell it without being handed anything. Where nobody records, telling costs
// the words of its details, and no clock. Only successes are told.
#pragma once

#include "engine/base/made_step.h"

#include <string>
#include <utility>
#include <vector>

namespace escale {

/// Records what the calling thread does while it lives; the one before it, if any, goes on afterwards.
class Making {
public:
    explicit Making(MadeBy by);
    Making(const Making&) = delete;
    Making& operator=(const Making&) = delete;
    ~Making();
    /// Ends with what has been told so far.
    MadeSteps take() { return std::move(m_steps); }

    static bool isRecording() { return s_current != nullptr; }
    using Details = std::vector<std::pair<const char*, std::string>>;
    /// One that somebody else has done for this thread, with its own times.
    static void tell(const char* operation, const Details& details, std::int64_t begin,
                     std::int64_t duration);
    /// What another thread has recorded for this one, which has waited for it.
    static void add(MadeSteps steps);
    /// What was there already when this came to need it: told for whoever would do the whole by hand, with
    /// the detail "reused" and no duration.
    static void reuse(const char* operation, Details details);

private:
    friend class MadeNow;
    MadeBy m_by;
    MadeSteps m_steps;
    Making* m_outer;
    static thread_local Making* s_current;
};

/// One step: measured from its construction, told by done(). Dropped without that: it failed, and is not
/// told.
///
///     MadeNow step;
///     … the system call …
///     step.done("veth-create", {{"host", name}, {"inside", inside}});
class MadeNow {
public:
    MadeNow();
    void done(const char* operation, const Making::Details& details = {});

private:
    std::int64_t m_begin = 0; // 0: nobody records
};

/// CLOCK_MONOTONIC, nanoseconds.
std::int64_t monotonicNanoseconds();

} // namespace escale
