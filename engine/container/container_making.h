// How a container was made at its last start: what the engine and the runtime did, step by step
// (base/made_step.h). Each writes its half into the bundle, beside the start; when the container has ended
// they go into its folder of the store, until its next start or its removal.
#pragma once

#include "engine/base/made_step.h"
#include "engine/base/result.h"

#include <cstdint>
#include <string>

namespace escale {

struct ContainerMaking {
    std::int64_t started = 0; // Container::startedAt of that start
    MadeSteps steps;          // in the order in which they began
};

/// Where the runtime writes its half; in a bundle.
constexpr const char* kRuntimeMaking = "/making.runtime";

/// The engine's half of a start, not synced. What is more than 256 KiB is left out, which the last step says.
Result<void> writeEngineMaking(const std::string& bundle, std::int64_t started, MadeSteps steps);

/// Copies both halves out of a bundle; nothing where the engine's is not there, as after a start that has
/// failed. Not synced. When it fails, `folder` has none.
Result<void> keepMaking(const std::string& bundle, const std::string& folder);

/// Joins both halves. NotFound: there is no record. `isWhole` false: the runtime's is not there (yet).
Result<ContainerMaking> readMaking(const std::string& folder, bool& isWhole);

} // namespace escale
