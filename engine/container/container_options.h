// Checks of what a caller asks for, and the options' stored form. Pure: no function here touches the machine.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/container/container.h"
#include "engine/network/network_record.h"
#include "engine/store/store.h"
#include "engine/volume/mount_spec.h"

namespace escale {

/// What a machine can give, as far as the checks need it.
struct MachineLimits {
    unsigned onlineCpus = 1;
    std::uint64_t memoryBytes = 0; // 0: unknown
};

// One small check each; InvalidArgument says which value is wrong and what would be right.
Result<void> checkCommand(const std::vector<std::string>& command);
Result<void> checkEnvironment(const std::vector<std::string>& environment);
Result<void> checkMemory(std::uint64_t bytes);
Result<void> checkCpus(double cpus, unsigned onlineCpus);
Result<void> checkPids(std::int64_t limit);
Result<void> checkStopTimeout(unsigned seconds);
Result<void> checkSignal(const std::string& signal);
Result<void> checkRestart(const std::string& policy, unsigned maximum);

/// All of the above and every other option.
Result<void> checkOptions(const ContainerOptions& options, const MachineLimits& machine);

/// image-spec config.md: StopSignal, when the options name none; SIGTERM when the image names none, either.
Result<int> stopSignalOf(const ContainerOptions& options, const ImageConfig& image);

/// How much of a container's output is kept. On by default: nobody's disk is filled by a chatty program.
struct LogLimits {
    std::uint64_t maxSize = 10u << 20; // bytes of one file; 0: no limit
    unsigned maxFile = 5;              // with the one that is written to
    bool compress = true;              // those that are not
};
/// Of the options max-size, max-file and compress.
Result<LogLimits> logLimits(const ContainerOptions& options);

/// Whether the container has a network namespace of its own with networks in it: no "none", "host" or
/// "container:ID".
bool hasNetworks(const ContainerOptions& options);
/// The networks that the options name, the first one first; empty when it has none. InvalidArgument.
Result<std::vector<NetworkChoice>> networkChoices(const ContainerOptions& options);

/// The option mounts, read and checked. InvalidArgument.
Result<std::vector<MountSpec>> mountsOf(const ContainerOptions& options);
/// That, how many they are, and that no tmpfs is at the same place.
Result<void> checkMountOptions(const ContainerOptions& options);

/// Members that are as in a ContainerOptions of its own are left out.
Json optionsToJson(const ContainerOptions& options);
/// Members that are missing have their default.
Result<ContainerOptions> optionsFromJson(const Json& json);

} // namespace escale
