// A container that exists, as every command but `create` meets it: its state folder, what stands there, and
// what it is doing now.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/cgroup/cgroup.h"
#include "engine/runtime/lifecycle/state_folder.h"
#include "engine/runtime/spec/spec.h"

#include <string>

namespace escale {

struct FoundContainer {
    StateFolder folder;
    SavedState state;
    ContainerStatus status;

    [[nodiscard]] bool isAlive() const {
        return status == ContainerStatus::Created || status == ContainerStatus::Running ||
               status == ContainerStatus::Paused;
    }
};

/// NotFound when there is none of that id below `root`.
Result<FoundContainer> findContainer(const std::string& root, const std::string& id);
/// Makes a live one's status Paused when its cgroup is frozen. Apart, because most commands need not know and
/// it takes a look at the machine's mounts.
Result<void> notePause(FoundContainer& found);
/// "container "x" is stopped, not running"
Error wrongState(const FoundContainer& found, const char* wanted);
/// A pidfd of the process that the state speaks of, not of a later one with the same number; WrongState when
/// it has ended.
Result<UniqueFd> openFirstProcess(const FoundContainer& found);
/// The configuration that it was created of.
Result<spec::Spec> specOf(const FoundContainer& found);
Result<Cgroup> cgroupOf(const FoundContainer& found);

} // namespace escale
