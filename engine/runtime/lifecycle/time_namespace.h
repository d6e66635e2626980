// A container's clocks (time_namespaces(7)): a namespace that only children enter, and whose offsets can be
// set until the first one has. So we make it, write the offsets, clone, and go back.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/runtime/spec/spec.h"

#include <cstdint>

namespace escale {

class TimeNamespace {
public:
    TimeNamespace() = default;
    TimeNamespace(const TimeNamespace&) = delete;
    TimeNamespace& operator=(const TimeNamespace&) = delete;
    /// Children are born in our own again.
    ~TimeNamespace();

    /// Children are born in a new one from here on; nothing is done when the container gets none. The calling
    /// process has one thread. PermissionDenied without CAP_SYS_TIME, InvalidArgument for an offset that the
    /// kernel does not take.
    Result<void> make(const spec::Spec& spec);

private:
    UniqueFd m_own;
};

/// How far CLOCK_MONOTONIC of the children that are born from now on is ahead of the machine's; nanoseconds.
Result<std::int64_t> childrensClock();

/// setns(2) for a file of namespaces that asks for a process of one thread: one that has just ended may still
/// count for a moment.
int enterNamespace(int file, int flag);

} // namespace escale
