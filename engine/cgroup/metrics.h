// What a cgroup has used, read from cgroup v1 or v2 files (Documentation/admin-guide/cgroup-v1,
// cgroup-v2.rst, accounting/psi.rst).
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/cgroup/layout.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// Microseconds since the cgroup was made in which some, or all, of its processes waited.
struct PressureTotals {
    std::uint64_t some = 0;
    std::uint64_t full = 0;
};

/// What the kernel does not tell is 0; totals count from when the cgroup was made.
struct CgroupMetrics {
    std::uint64_t cpuNanoseconds = 0;             // user and system together
    std::vector<std::uint64_t> perCpuNanoseconds; // v1 only
    std::uint64_t cpuPeriods = 0;                 // of the limit below
    std::uint64_t cpuThrottledPeriods = 0;        // in which it was reached
    std::uint64_t cpuThrottledNanoseconds = 0;    // and processes waited
    double cpuLimit = 0;                          // processors; 0: none
    std::uint64_t memoryBytes = 0;                // without inactive file cache, as `docker stats` counts
    std::uint64_t memoryLimit = 0;                // 0: none
    std::uint64_t anonymousBytes = 0;             // heap and stack
    std::uint64_t fileBytes = 0;                  // page cache, with tmpfs
    std::uint64_t inactiveFileBytes = 0;          // the part of it that goes first
    std::uint64_t sharedBytes = 0;                // tmpfs and shared memory
    std::uint64_t kernelBytes = 0;                // of the kernel on behalf of the processes
    std::uint64_t swapBytes = 0;
    std::uint64_t pids = 0;
    std::uint64_t pidsLimit = 0; // 0: none
    std::uint64_t ioReadBytes = 0;
    std::uint64_t ioWrittenBytes = 0;
    std::uint64_t ioReads = 0;
    std::uint64_t ioWrites = 0;
    bool hasPressure = false; // v2 only, and not on every kernel
    PressureTotals cpuPressure, memoryPressure, ioPressure;
    std::uint64_t oomKills = 0;
};

/// Keeps the files of one cgroup open: reading them again costs a tenth of opening them. One thread at a
/// time.
class MetricsReader {
public:
    /// `path` is the cgroup's path below the hierarchies' mount points, e.g. "/escale/<id>". NotFound when it
    /// is gone. A controller that the machine lacks leaves its fields 0.
    static Result<MetricsReader> open(const CgroupLayout& layout, const std::string& path);
    enum class Limits : bool { Keep, Read };
    /// `buffer` is for its own use, kBuffer bytes. Limits seldom change, and are a third of the files: kept,
    /// they stay as `metrics` has them. NotFound when the cgroup has gone.
    Result<void> read(CgroupMetrics& metrics, std::span<char> buffer, Limits limits = Limits::Read) const;
    static constexpr std::size_t kBuffer = 64 * 1024;

private:
    using Parser = void (*)(std::string_view, CgroupMetrics&);
    struct Source {
        UniqueFd file;
        Parser parse;
        bool isLimit;
    };
    std::vector<Source> m_sources;
    friend struct MetricsFiles;
};

/// Opens, reads once and closes.
Result<CgroupMetrics> readCgroupMetrics(const std::string& path);
/// The same in a layout detected before (or made up by a test).
Result<CgroupMetrics> readCgroupMetrics(const CgroupLayout& layout, const std::string& path);

} // namespace escale
