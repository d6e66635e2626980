// Documentation/admin-guide/cgroup-v1.
#include "engine/cgroup/limits.h"
#include "engine/cgroup/shared_settings.h"

namespace escale {
namespace {

using Settings = std::vector<CgroupSetting>;

void add(Settings& all, const char* controller, const char* file, std::string value) {
    all.push_back({controller, file, std::move(value), {}, {}, false});
}

void addMemory(const CgroupLimits& limits, Settings& all) {
    // memory+swap may never be below memory: a fresh cgroup has no limit, so memory comes first.
    if (limits.memory.value_or(0) != 0)
        add(all, "memory", "memory.limit_in_bytes", std::to_string(*limits.memory));
    if (limits.memorySwap.value_or(0) != 0)
        // Kernels without swap accounting have no such file.
        all.push_back(
            {"memory", "memory.memsw.limit_in_bytes", std::to_string(*limits.memorySwap), {}, {}, true});
    if (limits.memoryReservation.value_or(0) != 0)
        add(all, "memory", "memory.soft_limit_in_bytes", std::to_string(*limits.memoryReservation));
    if (limits.kernelMemory.value_or(0) != 0)
        // The spec advises against it, and Linux 5.16 has dropped it.
        all.push_back(
            {"memory", "memory.kmem.limit_in_bytes", std::to_string(*limits.kernelMemory), {}, {}, true});
    if (limits.kernelMemoryTcp.value_or(0) != 0)
        add(all, "memory", "memory.kmem.tcp.limit_in_bytes", std::to_string(*limits.kernelMemoryTcp));
    if (limits.swappiness)
        add(all, "memory", "memory.swappiness", std::to_string(*limits.swappiness));
    if (limits.disableOomKiller)
        add(all, "memory", "memory.oom_control", "1");
}

void addCpu(const CgroupLimits& limits, Settings& all) {
    if (limits.cpuShares.value_or(0) != 0)
        add(all, "cpu", "cpu.shares", std::to_string(*limits.cpuShares));
    // A burst may not be above the quota, so an old one goes before the quota shrinks.
    if (limits.cpuPeriod.value_or(0) != 0)
        add(all, "cpu", "cpu.cfs_period_us", std::to_string(*limits.cpuPeriod));
    if (limits.cpuQuota.value_or(0) != 0)
        add(all, "cpu", "cpu.cfs_quota_us", std::to_string(*limits.cpuQuota));
    if (limits.cpuBurst)
        add(all, "cpu", "cpu.cfs_burst_us", std::to_string(*limits.cpuBurst));
    if (limits.realtimePeriod.value_or(0) != 0)
        add(all, "cpu", "cpu.rt_period_us", std::to_string(*limits.realtimePeriod));
    if (limits.realtimeRuntime.value_or(0) != 0)
        add(all, "cpu", "cpu.rt_runtime_us", std::to_string(*limits.realtimeRuntime));
    addIdleAndCpuset(limits, all);
}

void addRates(const std::vector<BlockDeviceRate>& rates, const char* file, Settings& all) {
    for (const auto& one : rates)
        add(all, "blkio", file, blockDevicePrefix(one) + std::to_string(one.rate));
}

void addBlock(const BlockLimits& block, Settings& all) {
    if (block.weight.value_or(0) != 0)
        all.push_back(
            {"blkio", "blkio.weight", std::to_string(*block.weight), "blkio.bfq.weight", {}, false});
    if (block.leafWeight.value_or(0) != 0)
        add(all, "blkio", "blkio.leaf_weight", std::to_string(*block.leafWeight));
    for (const auto& one : block.weightDevice) {
        if (one.weight)
            all.push_back({"blkio",
                           "blkio.weight_device",
                           blockDevicePrefix(one) + std::to_string(*one.weight),
                           "blkio.bfq.weight_device",
                           {},
                           false});
        if (one.leafWeight)
            add(all, "blkio", "blkio.leaf_weight_device",
                blockDevicePrefix(one) + std::to_string(*one.leafWeight));
    }
    addRates(block.readBps, "blkio.throttle.read_bps_device", all);
    addRates(block.writeBps, "blkio.throttle.write_bps_device", all);
    addRates(block.readIops, "blkio.throttle.read_iops_device", all);
    addRates(block.writeIops, "blkio.throttle.write_iops_device", all);
}

} // namespace

Result<Settings> settingsV1(const CgroupLimits& limits) {
    Settings all;
    addMemory(limits, all);
    addCpu(limits, all);
    addBlock(limits.block, all);
    if (limits.pids)
        add(all, "pids", "pids.max", *limits.pids <= 0 ? "max" : std::to_string(*limits.pids));
    for (const auto& [size, bytes] : limits.hugepages)
        add(all, "hugetlb", ("hugetlb." + size + ".limit_in_bytes").c_str(), std::to_string(bytes));
    if (limits.networkClass)
        add(all, "net_cls", "net_cls.classid", std::to_string(*limits.networkClass));
    for (const auto& [interface, priority] : limits.networkPriorities)
        add(all, "net_prio", "net_prio.ifpriomap", interface + " " + std::to_string(priority));
    addRdma(limits, all);
    return all;
}

} // namespace escale
