// What a container leaves in the run folder: the monitor's exit record, and our note of which processes are
// its own.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace escale {

/// RFC 3339 with any fraction and offset, as Unix time in milliseconds. InvalidArgument.
Result<std::int64_t> parseTime(std::string_view text);

/// Written by the monitor by an atomic rename, so it is whole or absent.
struct ContainerExit {
    int exitCode = 0; // 128 + signal when a signal ended it
    bool oomKilled = false;
    std::int64_t finishedAt = 0;
};
Result<ContainerExit> readContainerExit(const std::string& path);

/// A container's processes, named so that a number used again for another process is not mistaken for them.
struct ProcessRecord {
    pid_t pid = 0; // the container's init
    pid_t monitorPid = 0;
    std::uint64_t monitorStartTime = 0; // clock ticks since boot
};
Result<void> writeProcessRecord(const std::string& path, const ProcessRecord& record);
Result<ProcessRecord> readProcessRecord(const std::string& path);

} // namespace escale
