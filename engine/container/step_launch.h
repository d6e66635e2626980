// What a step's container has made so far; shared by the files that run one.
#pragma once

#include "engine/container/launch.h"
#include "engine/container/step_container.h"

namespace escale {

struct Containers::State::StepLaunch : Launch {
    explicit StepLaunch(const StepContainer& what)
        : step(what) {}

    const StepContainer& step;
    std::vector<std::string> targets; // of mounts, that the root lacks (step_targets.h)
    /// Targets of mounts that the runtime makes in a folder that is mounted, to be taken away again.
    struct Made {
        UniqueFd folder;
        std::vector<std::string> parts;
    };
    std::vector<Made> made;
};

/// What can be said before anything is made. InvalidArgument.
Result<void> checkStepMounts(const std::vector<StepContainerMount>& mounts);
/// The number of the mount that a descriptor shows.
Result<std::uint64_t> mountNumberOf(int fd);

} // namespace escale
