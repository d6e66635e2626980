// The monitor's loop: carries the container's output to its log, reaps the container, writes how it ended.
//
//   container ──stdout──▶ ┐                        ┌──▶ log file (LogWriter)
//             ──stderr──▶ ┤ poll(2): one process,  ┤
//             ──SIGCHLD─▶ ┘ no thread, no heap     └──▶ exit file, then the process ends
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <string>
#include <sys/types.h>

namespace escale {

struct RelayRequest {
    UniqueFd output; // the pipes' reading ends
    UniqueFd error;
    UniqueFd log;
    pid_t pid = 0; // of the container's first process, our child
    std::string cgroupPath;
    std::string exitFile;
};

/// Returns when the container has ended, its output is drained (for two seconds at most, should a left-over
/// process hold a pipe) and the exit file is written. Other children that fall to us (we are a subreaper) are
/// reaped as they end.
Result<void> relay(RelayRequest request);

} // namespace escale
