// Naming processes and signals.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace escale {

/// pidfd_open(2): for a process that need not be a child of ours.
Result<UniqueFd> openPidFd(pid_t pid);
/// Whether the process of a pidfd has; it may wait to be reaped.
bool hasProcessEnded(int pidFd);

/// What proc_pid_stat(5) says, in its units.
struct ProcessStat {
    std::string name; // as the process has it, which may be any bytes: at most 64, of a kernel's thread
    char state = '?';
    pid_t parent = 0;
    std::uint32_t terminal = 0;                   // its device number; 0: none
    std::uint64_t userTicks = 0, systemTicks = 0; // of sysconf(_SC_CLK_TCK)
    std::uint64_t startTicks = 0;                 // since boot
    std::int64_t residentPages = 0;
};
Result<ProcessStat> parseProcessStat(std::string_view text);

/// When a process started, in clock ticks since boot (proc_pid_stat(5), field 22): with the pid it names one
/// process for ever. NotFound when it is gone or only waits to be reaped.
Result<std::uint64_t> processStartTime(pid_t pid);

/// A signal's number from Docker's forms: "SIGTERM", "TERM", "15", "SIGRTMIN+3", "RTMAX-1".
Result<int> parseSignal(std::string_view text);

} // namespace escale
