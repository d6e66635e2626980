#include "engine/base/file.h"
#include "engine/cgroup/limits.h"

namespace escale {
namespace {

Result<void> applyMemory(const std::string& directory, const CgroupLimits& limits) {
    // memory+swap may never be below memory, so the order of the two writes depends on whether the limit
    // grows. A fresh cgroup has none: memory first.
    if (limits.memory)
        TRY(writeExisting(directory + "/memory.limit_in_bytes", std::to_string(*limits.memory)));
    if (limits.memorySwap && exists(directory + "/memory.memsw.limit_in_bytes"))
        TRY(writeExisting(directory + "/memory.memsw.limit_in_bytes", std::to_string(*limits.memorySwap)));
    if (limits.memoryReservation)
        TRY(writeExisting(directory + "/memory.soft_limit_in_bytes",
                          std::to_string(*limits.memoryReservation)));
    return {};
}

Result<void> applyCpu(const std::string& directory, const CgroupLimits& limits) {
    if (limits.cpuShares && *limits.cpuShares != 0)
        TRY(writeExisting(directory + "/cpu.shares", std::to_string(*limits.cpuShares)));
    if (limits.cpuPeriod && *limits.cpuPeriod != 0)
        TRY(writeExisting(directory + "/cpu.cfs_period_us", std::to_string(*limits.cpuPeriod)));
    if (limits.cpuQuota && *limits.cpuQuota != 0)
        TRY(writeExisting(directory + "/cpu.cfs_quota_us", std::to_string(*limits.cpuQuota)));
    return {};
}

Result<void> applyCpuset(const std::string& directory, const CgroupLimits& limits) {
    if (limits.cpus)
        TRY(writeExisting(directory + "/cpuset.cpus", *limits.cpus));
    if (limits.memoryNodes)
        TRY(writeExisting(directory + "/cpuset.mems", *limits.memoryNodes));
    return {};
}

std::string deviceNumber(std::int64_t number) {
    return number < 0 ? "*" : std::to_string(number);
}

Result<void> applyDevices(const std::string& directory, const CgroupLimits& limits) {
    for (const auto& rule : limits.devices) {
        const std::string file = directory + (rule.allow ? "/devices.allow" : "/devices.deny");
        std::string line = "a";
        if (rule.type != 'a')
            line = std::string(1, rule.type) + " " + deviceNumber(rule.major) + ":" +
                   deviceNumber(rule.minor) + " " + rule.access;
        TRY(writeExisting(file, line));
    }
    return {};
}

} // namespace

Result<void> applyLimitsV1(const CgroupHierarchy& hierarchy, const std::string& directory,
                           const CgroupLimits& limits) {
    if (hierarchy.has("memory"))
        TRY(applyMemory(directory, limits));
    if (hierarchy.has("cpu"))
        TRY(applyCpu(directory, limits));
    if (hierarchy.has("cpuset"))
        TRY(applyCpuset(directory, limits));
    if (hierarchy.has("devices"))
        TRY(applyDevices(directory, limits));
    if (hierarchy.has("pids") && limits.pids)
        TRY(writeExisting(directory + "/pids.max", *limits.pids <= 0 ? "max" : std::to_string(*limits.pids)));
    return {};
}

} // namespace escale
