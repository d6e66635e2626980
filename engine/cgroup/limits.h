// Limits of a cgroup, runtime-spec config-linux.md#control-groups; and how each backend writes them.
#pragma once

#include "engine/base/result.h"
#include "engine/cgroup/layout.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace escale {

/// One rule of linux.resources.devices; -1 for any number.
struct CgroupDeviceRule {
    bool allow = false;
    char type = 'a'; // a, c, b
    std::int64_t major = -1;
    std::int64_t minor = -1;
    std::string access = "rwm";
};

/// What is not set stays as the kernel has it. -1 means "no limit" where the spec says so.
struct CgroupLimits {
    std::optional<std::int64_t> memory;            // bytes
    std::optional<std::int64_t> memorySwap;        // bytes, memory and swap together
    std::optional<std::int64_t> memoryReservation; // bytes, soft
    std::optional<std::uint64_t> cpuShares;        // v1's scale: 2…262144, 1024 is the default
    std::optional<std::int64_t> cpuQuota;          // microseconds of cpu time a period
    std::optional<std::uint64_t> cpuPeriod;        // microseconds
    std::optional<std::string> cpus;               // "0-3,7"
    std::optional<std::string> memoryNodes;
    std::optional<std::int64_t> pids;
    std::vector<CgroupDeviceRule> devices; // in order, later ones win; v1 only: the runtime sees to v2
    std::vector<std::pair<std::string, std::string>> unified; // file name and content; v2 only
};

/// `directory` is the cgroup's folder in `hierarchy`; each writes what the hierarchy's controllers can
/// express.
Result<void> applyLimitsV1(const CgroupHierarchy& hierarchy, const std::string& directory,
                           const CgroupLimits& limits);
Result<void> applyLimitsV2(const CgroupHierarchy& hierarchy, const std::string& directory,
                           const CgroupLimits& limits);

/// v1's shares on v2's scale of 1…10000 (the conversion runc and crun share).
std::uint64_t cpuWeightFromShares(std::uint64_t shares);

} // namespace escale
