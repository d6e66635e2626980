// The processes of a container as the host's /proc shows them: proc_pid_stat(5), proc_pid_status(5). What a
// process says of itself (its command line) is data of the container: bounded, and nothing but text.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

struct ContainerProcess {
    pid_t pid = 0;       // on this machine
    pid_t insidePid = 0; // in the container's pid namespace
    pid_t parentPid = 0; // on this machine
    uid_t uid = 0;       // inside, as far as `idBase` tells
    char state = '?';    // 'R', 'S', 'D', 'Z', 'T' …
    std::uint64_t cpuMilliseconds = 0;
    std::uint64_t memoryBytes = 0; // resident
    std::int64_t startedAt = 0;    // Unix time, milliseconds
    std::string terminal;          // "pts/0", or empty
    std::string command;           // at most 4 KiB
};

/// Of `pids`; those that have ended meanwhile are left out. In the order of their start.
std::vector<ContainerProcess> readProcesses(const std::vector<pid_t>& pids, std::uint32_t idBase);

} // namespace escale
