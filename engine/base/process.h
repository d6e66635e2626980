// Naming processes and signals.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <string_view>
#include <sys/types.h>

namespace escale {

/// pidfd_open(2): for a process that need not be a child of ours.
Result<UniqueFd> openPidFd(pid_t pid);

/// When a process started, in clock ticks since boot (proc_pid_stat(5), field 22): with the pid it names one
/// process for ever. NotFound when it is gone or only waits to be reaped.
Result<std::uint64_t> processStartTime(pid_t pid);

/// A signal's number from Docker's forms: "SIGTERM", "TERM", "15", "SIGRTMIN+3", "RTMAX-1".
Result<int> parseSignal(std::string_view text);

} // namespace escale
