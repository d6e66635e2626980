// Memory, processors, processes and block devices: what a container may use.
#include "engine/container/option_checks.h"
#include "engine/container/option_forms.h"

#include <cmath>

namespace escale {
namespace {

constexpr std::uint64_t kLeastMemory = 6u << 20; // Docker's: below it a process does not even start
constexpr std::int64_t kMostPids = 4194304;      // PID_MAX_LIMIT

} // namespace

Result<void> checkMemory(std::uint64_t bytes) {
    if (bytes != 0 && bytes < kLeastMemory)
        return fail(ErrorCode::InvalidArgument,
                    "a memory limit of " + std::to_string(bytes) + " bytes is too small: the least is 6 MiB",
                    "Give at least 6 MiB, or 0 for no limit.");
    if (bytes > static_cast<std::uint64_t>(INT64_MAX))
        return fail(ErrorCode::InvalidArgument, "the memory limit is too large", "Give 0 for no limit.");
    return {};
}

Result<void> checkCpus(double cpus, unsigned onlineCpus) {
    if (cpus == 0)
        return {};
    // 0.01: the kernel takes no quota below a millisecond in our period of 100 ms.
    if (!std::isfinite(cpus) || cpus < 0.01 || cpus > onlineCpus)
        return fail(ErrorCode::InvalidArgument,
                    "the number of processors must lie between 0.01 and " + std::to_string(onlineCpus) +
                        ", which this machine has",
                    "Give 0 for no limit.");
    return {};
}

Result<void> checkPids(std::int64_t limit) {
    if (limit < -1 || limit > kMostPids)
        return fail(ErrorCode::InvalidArgument,
                    "a limit of " + std::to_string(limit) + " processes is more than Linux can have",
                    "Give 0 for no limit.");
    return {};
}

namespace {

Result<void> checkMemoryOptions(const ContainerOptions& o) {
    TRY(checkMemory(o.memoryBytes));
    TRY(inOption("memory-reservation", checkMemory(o.memoryReservation)));
    if (o.memoryReservation != 0 && o.memoryBytes != 0 && o.memoryReservation > o.memoryBytes)
        return fail(ErrorCode::InvalidArgument, "the memory reservation is above the memory limit");
    if (o.memorySwap < -1)
        return fail(ErrorCode::InvalidArgument, "the limit of memory and swap is negative",
                    "Give -1 for no limit.");
    if (o.memorySwap > 0 && o.memoryBytes == 0)
        return fail(ErrorCode::InvalidArgument, "a limit of swap needs a limit of memory");
    if (o.memorySwap > 0 && static_cast<std::uint64_t>(o.memorySwap) < o.memoryBytes)
        return fail(ErrorCode::InvalidArgument,
                    "the limit of memory and swap together is below the memory limit",
                    "Give the sum of both.");
    if (o.memorySwappiness < -1 || o.memorySwappiness > 100)
        return fail(ErrorCode::InvalidArgument, "the swappiness must lie between 0 and 100");
    if (o.oomScoreAdj < -1000 || o.oomScoreAdj > 1000)
        return fail(ErrorCode::InvalidArgument, "the OOM score adjustment must lie between -1000 and 1000");
    // Docker's least is none; the kernel's is a page.
    if (o.shmSize == 0 || o.shmSize > static_cast<std::uint64_t>(INT64_MAX))
        return fail(ErrorCode::InvalidArgument, "the size of /dev/shm must be positive");
    return {};
}

Result<void> checkCpuOptions(const ContainerOptions& o, const MachineLimits& machine) {
    TRY(checkCpus(o.cpus, machine.onlineCpus));
    if (o.cpus != 0 && (o.cpuQuota != 0 || o.cpuPeriod != 0))
        return fail(ErrorCode::InvalidArgument, "the number of processors and a quota exclude each other",
                    "Give one of them.");
    if (o.cpuPeriod != 0 && (o.cpuPeriod < 1000 || o.cpuPeriod > 1'000'000))
        return fail(ErrorCode::InvalidArgument, "the cpu period must lie between 1000 and 1000000 µs");
    if (o.cpuQuota != 0 && o.cpuQuota != -1 && o.cpuQuota < 1000)
        return fail(ErrorCode::InvalidArgument, "the cpu quota must be at least 1000 µs, or -1");
    if (o.cpuShares != 0 && (o.cpuShares < 2 || o.cpuShares > 262'144))
        return fail(ErrorCode::InvalidArgument, "the cpu shares must lie between 2 and 262144");
    for (const auto& [option, list] :
         {std::pair("cpuset-cpus", &o.cpusetCpus), std::pair("cpuset-mems", &o.cpusetMems)}) {
        if (list->size() > 1024 || list->find_first_not_of("0123456789,-") != std::string::npos)
            return fail(ErrorCode::InvalidArgument,
                        std::string(option) + ": \"" + list->substr(0, 80) + "\" is no list of numbers",
                        "Write it as 0-2,4.");
    }
    return checkPids(o.pidsLimit);
}

Result<void> checkBlockOptions(const ContainerOptions& o) {
    if (o.blkioWeight != 0 && (o.blkioWeight < 10 || o.blkioWeight > 1000))
        return fail(ErrorCode::InvalidArgument, "the block weight must lie between 10 and 1000");
    TRY(checkEach("blkio-weight-device", o.blkioWeightDevice, parseDeviceNumber));
    TRY(checkEach("device-read-bps", o.deviceReadBps, parseDeviceNumber));
    TRY(checkEach("device-write-bps", o.deviceWriteBps, parseDeviceNumber));
    TRY(checkEach("device-read-iops", o.deviceReadIops, parseDeviceNumber));
    return checkEach("device-write-iops", o.deviceWriteIops, parseDeviceNumber);
}

} // namespace

Result<void> checkResources(const ContainerOptions& options, const MachineLimits& machine) {
    TRY(checkMemoryOptions(options));
    TRY(checkCpuOptions(options, machine));
    return checkBlockOptions(options);
}

} // namespace escale
