#include "engine/runtime/lifecycle/pause.h"

#include "engine/runtime/lifecycle/found_container.h"

namespace escale {

Result<void> pauseContainer(const std::string& root, const std::string& id) {
    TRY_ASSIGN(auto found, findContainer(root, id));
    TRY(notePause(found));
    if (found.status != ContainerStatus::Running && found.status != ContainerStatus::Created)
        return fail(wrongState(found, "running"));
    TRY_ASSIGN(const auto cgroup, cgroupOf(found));
    return cgroup.freeze(true);
}

Result<void> resumeContainer(const std::string& root, const std::string& id) {
    TRY_ASSIGN(auto found, findContainer(root, id));
    TRY(notePause(found));
    if (found.status != ContainerStatus::Paused)
        return fail(wrongState(found, "paused"));
    TRY_ASSIGN(const auto cgroup, cgroupOf(found));
    return cgroup.freeze(false);
}

} // namespace escale
