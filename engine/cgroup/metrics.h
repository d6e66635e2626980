// What a cgroup has used, read from cgroup v1 or v2 files (Documentation/admin-guide/cgroup-v1,
// cgroup-v2.rst). Thread-safe: no state but the arguments.
#pragma once

#include "engine/base/result.h"
#include "engine/cgroup/layout.h"

#include <cstdint>
#include <string>

namespace escale {

struct CgroupMetrics {
    std::uint64_t cpuNanoseconds = 0; // user and system together, since the cgroup was made
    std::uint64_t memoryBytes = 0;    // usage without inactive file cache, as `docker stats` counts
    std::uint64_t memoryLimit = 0;    // 0: none
    std::uint64_t pids = 0;
    std::uint64_t pidsLimit = 0; // 0: none
    std::uint64_t ioReadBytes = 0;
    std::uint64_t ioWrittenBytes = 0;
    std::uint64_t oomKills = 0;
};

/// `path` is the cgroup's path below the hierarchies' mount points, e.g. "/escale/<id>". NotFound when it is
/// gone. A controller that the machine lacks leaves its fields 0.
Result<CgroupMetrics> readCgroupMetrics(const std::string& path);
/// The same in a layout detected before (or made up by a test).
Result<CgroupMetrics> readCgroupMetrics(const CgroupLayout& layout, const std::string& path);

} // namespace escale
