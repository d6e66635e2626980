// Documentation/admin-guide/cgroup-v2.rst.
#include "engine/cgroup/limits.h"
#include "engine/cgroup/shared_settings.h"

#include <cmath>

namespace escale {
namespace {

using Settings = std::vector<CgroupSetting>;

void add(Settings& all, const char* controller, const std::string& file, std::string value) {
    all.push_back({controller, file, std::move(value), {}, {}, false});
}

std::string bytesOrMax(std::int64_t value) {
    return value < 0 ? "max" : std::to_string(value);
}

// The member that cgroup v2 has no word for, or null.
const char* onlyInV1(const CgroupLimits& limits) {
    if (limits.kernelMemory.value_or(0) > 0)
        return "memory.kernel";
    if (limits.kernelMemoryTcp.value_or(0) > 0)
        return "memory.kernelTCP";
    if (limits.swappiness)
        return "memory.swappiness";
    if (limits.disableOomKiller)
        return "memory.disableOOMKiller";
    if (limits.realtimePeriod.value_or(0) != 0)
        return "cpu.realtimePeriod";
    if (limits.realtimeRuntime.value_or(0) != 0)
        return "cpu.realtimeRuntime";
    if (limits.block.leafWeight.value_or(0) != 0)
        return "blockIO.leafWeight";
    if (limits.networkClass.value_or(0) != 0)
        return "network.classID";
    return limits.networkPriorities.empty() ? nullptr : "network.priorities";
}

constexpr const char* kSwapBelowMemory = "linux.resources.memory.swap counts memory and swap together: it "
                                         "needs a memory limit and may not be below it";

// Not inlined: GCC 12 takes the move of the error's text for one out of bounds then.
[[gnu::noinline]] Result<void> addMemory(const CgroupLimits& limits, Settings& all) {
    const auto memory = limits.memory.value_or(0);
    if (memory != 0)
        add(all, "memory", "memory.max", bytesOrMax(memory));
    if (limits.memoryReservation.value_or(0) != 0)
        add(all, "memory", "memory.low", bytesOrMax(*limits.memoryReservation));
    std::int64_t swap = limits.memorySwap.value_or(0);
    if (swap == 0 && memory >= 0)
        return {};
    // v2 counts swap apart, the spec counts both together. Without a limit of memory swap has none either.
    if (swap > 0) {
        if (memory <= 0 || swap < memory)
            return fail(Error{ErrorCode::InvalidArgument, kSwapBelowMemory, {}, {}});
        swap -= memory;
    } else {
        swap = -1;
    }
    all.push_back({"memory", "memory.swap.max", bytesOrMax(swap), {}, {}, true});
    return {};
}

void addCpu(const CgroupLimits& limits, Settings& all) {
    if (limits.cpuShares.value_or(0) != 0)
        add(all, "cpu", "cpu.weight", std::to_string(cpuWeightFromShares(*limits.cpuShares)));
    const bool hasQuota = limits.cpuQuota.value_or(0) != 0;
    const bool hasPeriod = limits.cpuPeriod.value_or(0) != 0;
    if (hasQuota || hasPeriod) {
        std::string line = hasQuota ? bytesOrMax(*limits.cpuQuota) : "max";
        if (hasPeriod)
            line += " " + std::to_string(*limits.cpuPeriod);
        add(all, "cpu", "cpu.max", line);
    }
    if (limits.cpuBurst)
        add(all, "cpu", "cpu.max.burst", std::to_string(*limits.cpuBurst));
    addIdleAndCpuset(limits, all);
}

void addRates(const std::vector<BlockDeviceRate>& rates, const char* key, Settings& all) {
    for (const auto& one : rates)
        add(all, "io", "io.max",
            blockDevicePrefix(one) + key + "=" + (one.rate == 0 ? "max" : std::to_string(one.rate)));
}

void addBlock(const BlockLimits& block, Settings& all) {
    // The BFQ scheduler has v1's scale, and a file of its own where it is loaded.
    if (block.weight.value_or(0) != 0)
        all.push_back({"io", "io.bfq.weight", std::to_string(*block.weight), "io.weight",
                       "default " + std::to_string(ioWeightFromBlkio(*block.weight)), false});
    for (const auto& one : block.weightDevice) {
        if (one.weight)
            all.push_back({"io", "io.bfq.weight", blockDevicePrefix(one) + std::to_string(*one.weight),
                           "io.weight",
                           blockDevicePrefix(one) + std::to_string(ioWeightFromBlkio(*one.weight)), false});
    }
    addRates(block.readBps, "rbps", all);
    addRates(block.writeBps, "wbps", all);
    addRates(block.readIops, "riops", all);
    addRates(block.writeIops, "wiops", all);
}

Result<void> addUnified(const CgroupLimits& limits, Settings& all) {
    for (const auto& [file, value] : limits.unified) {
        if (file.empty() || file.front() == '.' || file.find('/') != std::string::npos)
            return fail(ErrorCode::InvalidArgument,
                        "linux.resources.unified: \"" + file + "\" is no file name");
        add(all, "", file, value);
    }
    return {};
}

} // namespace

std::uint64_t cpuWeightFromShares(std::uint64_t shares) {
    if (shares <= 2)
        return 1;
    if (shares >= 262144)
        return 10000;
    // Through both ends and the defaults: 2 → 1, 1024 → 100, 262144 → 10000.
    const double power = std::log2(static_cast<double>(shares));
    return static_cast<std::uint64_t>(
        std::ceil(std::pow(10, (power * power + 125 * power) / 612.0 - 7.0 / 34.0)));
}

std::uint64_t ioWeightFromBlkio(std::uint64_t weight) {
    if (weight <= 10)
        return 1;
    return weight >= 1000 ? 10000 : 1 + (weight - 10) * 9999 / 990;
}

Result<Settings> settingsV2(const CgroupLimits& limits) {
    if (const char* member = onlyInV1(limits))
        return fail(ErrorCode::Unsupported,
                    std::string("linux.resources.") + member + " is not part of cgroup v2",
                    "Remove it: this machine has cgroup v2");
    Settings all;
    TRY(addMemory(limits, all));
    addCpu(limits, all);
    addBlock(limits.block, all);
    if (limits.pids)
        add(all, "pids", "pids.max", *limits.pids <= 0 ? "max" : std::to_string(*limits.pids));
    for (const auto& [size, bytes] : limits.hugepages)
        add(all, "hugetlb", "hugetlb." + size + ".max", std::to_string(bytes));
    addRdma(limits, all);
    TRY(addUnified(limits, all));
    return all;
}

} // namespace escale
