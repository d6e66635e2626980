// Checks of what a caller asks for, and the options' stored form. Pure: no function here touches the machine.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/container/container.h"

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
Result<void> checkPids(std::uint64_t limit);
Result<void> checkNetwork(const std::string& network);
Result<void> checkStopTimeout(unsigned seconds);

/// All of the above, and the name when there is one.
Result<void> checkOptions(const ContainerOptions& options, const MachineLimits& machine);

Json optionsToJson(const ContainerOptions& options);
/// Members that are missing keep their default, so that rows of an older Escale are read.
Result<ContainerOptions> optionsFromJson(const Json& json);

} // namespace escale
