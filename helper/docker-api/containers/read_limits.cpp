// What a container may use of the machine.
#include "helper/docker-api/containers/create_request_parts.h"

namespace escale::docker_api {
namespace {

constexpr double kNanosecondsPerSecond = 1e9;

// A limit that is 0 is none, or in an update the one that was there.
template <class Number>
Result<void> readUnlessZero(const Fields& host, std::string_view name, Number& into) {
    Number number = 0;
    TRY(host.read(name, number));
    if (number != 0)
        into = number;
    return {};
}

Result<void> readMemory(const Fields& host, ContainerOptions& options) {
    TRY(readUnlessZero(host, "Memory", options.memoryBytes));
    TRY(readUnlessZero(host, "MemoryReservation", options.memoryReservation));
    return readUnlessZero(host, "MemorySwap", options.memorySwap);
}

Result<void> readProcessors(const Fields& host, ContainerOptions& options) {
    std::uint64_t nanoCpus = 0;
    TRY(host.read("NanoCpus", nanoCpus));
    if (nanoCpus != 0)
        options.cpus = double(nanoCpus) / kNanosecondsPerSecond;
    TRY(readUnlessZero(host, "CpuShares", options.cpuShares));
    TRY(readUnlessZero(host, "CpuPeriod", options.cpuPeriod));
    TRY(readUnlessZero(host, "CpuQuota", options.cpuQuota));
    TRY(host.read("CpusetCpus", options.cpusetCpus));
    return host.read("CpusetMems", options.cpusetMems);
}

// [{"Path": "/dev/sda", "Rate": 1048576}] → "/dev/sda:1048576"
Result<void> readRates(const Fields& host, std::string_view name, std::string_view number, Texts& into) {
    TRY_ASSIGN(const auto devices, host.objects(name));
    for (const Fields& device : devices) {
        std::string path;
        std::uint64_t rate = 0;
        TRY(device.read("Path", path));
        TRY(device.read(number, rate));
        into.push_back(path + ":" + std::to_string(rate));
    }
    return {};
}

Result<void> readBlockDevices(const Fields& host, ContainerOptions& options) {
    TRY(readUnlessZero(host, "BlkioWeight", options.blkioWeight));
    TRY(readRates(host, "BlkioWeightDevice", "Weight", options.blkioWeightDevice));
    TRY(readRates(host, "BlkioDeviceReadBps", "Rate", options.deviceReadBps));
    TRY(readRates(host, "BlkioDeviceWriteBps", "Rate", options.deviceWriteBps));
    TRY(readRates(host, "BlkioDeviceReadIOps", "Rate", options.deviceReadIops));
    return readRates(host, "BlkioDeviceWriteIOps", "Rate", options.deviceWriteIops);
}

Result<void> readUlimits(const Fields& host, ContainerOptions& options) {
    TRY_ASSIGN(const auto ulimits, host.objects("Ulimits"));
    for (const Fields& ulimit : ulimits) {
        std::string name;
        std::int64_t soft = 0, hard = 0;
        TRY(ulimit.read("Name", name));
        TRY(ulimit.read("Soft", soft));
        TRY(ulimit.read("Hard", hard));
        options.ulimits.push_back(name + "=" + std::to_string(soft) + ":" + std::to_string(hard));
    }
    return {};
}

Result<void> readDeviceFiles(const Fields& host, ContainerOptions& options) {
    TRY_ASSIGN(const auto devices, host.objects("Devices"));
    for (const Fields& device : devices) {
        std::string path, inside, access;
        TRY(device.read("PathOnHost", path));
        TRY(device.read("PathInContainer", inside));
        TRY(device.read("CgroupPermissions", access));
        options.devices.push_back(path + ":" + (inside.empty() ? path : inside) + ":" +
                                  (access.empty() ? "rwm" : access));
    }
    return host.read("DeviceCgroupRules", options.deviceCgroupRules);
}

} // namespace

Result<void> readLimits(const Fields& host, ContainerOptions& options) {
    TRY(readMemory(host, options));
    TRY(readProcessors(host, options));
    TRY(readBlockDevices(host, options));
    // 0 is what the docker command line sends when nothing was said.
    return readUnlessZero(host, "PidsLimit", options.pidsLimit);
}

Result<void> readDevices(const Fields& host, ContainerOptions& options) {
    TRY(host.read("MemorySwappiness", options.memorySwappiness));
    TRY(host.read("OomScoreAdj", options.oomScoreAdj));
    TRY(host.read("OomKillDisable", options.oomKillDisable));
    TRY(host.read("Sysctls", options.sysctls));
    TRY(readUnlessZero(host, "ShmSize", options.shmSize));
    TRY(readUlimits(host, options));
    return readDeviceFiles(host, options);
}

} // namespace escale::docker_api
