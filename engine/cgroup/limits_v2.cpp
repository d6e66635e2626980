#include "engine/base/file.h"
#include "engine/cgroup/limits.h"

namespace escale {
namespace {

std::string bytesOrMax(std::int64_t value) {
    return value < 0 ? "max" : std::to_string(value);
}

Result<void> applyMemory(const std::string& directory, const CgroupLimits& limits) {
    if (limits.memory)
        TRY(writeExisting(directory + "/memory.max", bytesOrMax(*limits.memory)));
    if (limits.memoryReservation)
        TRY(writeExisting(directory + "/memory.low", bytesOrMax(*limits.memoryReservation)));
    // v2 counts swap apart, the spec counts both together. A kernel without swap accounting has no such file.
    if (limits.memorySwap && exists(directory + "/memory.swap.max")) {
        std::int64_t swap = *limits.memorySwap;
        if (swap >= 0) {
            if (!limits.memory || *limits.memory < 0 || swap < *limits.memory)
                return fail(ErrorCode::InvalidArgument, "linux.resources.memory.swap counts memory and swap "
                                                        "together: it needs a memory limit and "
                                                        "may not be below it");
            swap -= *limits.memory;
        }
        TRY(writeExisting(directory + "/memory.swap.max", bytesOrMax(swap)));
    }
    return {};
}

Result<void> applyCpu(const std::string& directory, const CgroupLimits& limits) {
    if (limits.cpuShares && *limits.cpuShares != 0)
        TRY(writeExisting(directory + "/cpu.weight", std::to_string(cpuWeightFromShares(*limits.cpuShares))));
    const bool hasQuota = limits.cpuQuota && *limits.cpuQuota != 0;
    const bool hasPeriod = limits.cpuPeriod && *limits.cpuPeriod != 0;
    if (hasQuota || hasPeriod) {
        std::string line = hasQuota ? bytesOrMax(*limits.cpuQuota) : "max";
        if (hasPeriod)
            line += " " + std::to_string(*limits.cpuPeriod);
        TRY(writeExisting(directory + "/cpu.max", line));
    }
    return {};
}

} // namespace

std::uint64_t cpuWeightFromShares(std::uint64_t shares) {
    if (shares < 2)
        return 1;
    return shares > 262144 ? 10000 : 1 + ((shares - 2) * 9999) / 262142;
}

Result<void> applyLimitsV2(const CgroupHierarchy& hierarchy, const std::string& directory,
                           const CgroupLimits& limits) {
    if (hierarchy.has("memory"))
        TRY(applyMemory(directory, limits));
    if (hierarchy.has("cpu"))
        TRY(applyCpu(directory, limits));
    if (hierarchy.has("cpuset") && limits.cpus)
        TRY(writeExisting(directory + "/cpuset.cpus", *limits.cpus));
    if (hierarchy.has("cpuset") && limits.memoryNodes)
        TRY(writeExisting(directory + "/cpuset.mems", *limits.memoryNodes));
    if (hierarchy.has("pids") && limits.pids)
        TRY(writeExisting(directory + "/pids.max", *limits.pids <= 0 ? "max" : std::to_string(*limits.pids)));
    for (const auto& [file, value] : limits.unified) {
        if (file.empty() || file.front() == '.' || file.find('/') != std::string::npos)
            return fail(ErrorCode::InvalidArgument,
                        "linux.resources.unified: \"" + file + "\" is no file name");
        TRY(writeExisting(directory + "/" + file, value));
    }
    return {};
}

} // namespace escale
