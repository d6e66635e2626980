#include "engine/runtime/lifecycle/found_container.h"

#include "engine/base/process.h"
#include "engine/base/syscalls.h"

namespace escale {

Result<FoundContainer> findContainer(const std::string& root, const std::string& id) {
    TRY_ASSIGN(auto folder, StateFolder::open(root, id));
    TRY_ASSIGN(auto state, folder.load());
    const auto status = folder.status(state);
    return FoundContainer{std::move(folder), std::move(state), status};
}

Result<void> notePause(FoundContainer& found) {
    if (!found.isAlive())
        return {};
    TRY_ASSIGN(const auto cgroup, cgroupOf(found));
    TRY_ASSIGN(const bool frozen, cgroup.frozen());
    if (frozen)
        found.status = ContainerStatus::Paused;
    return {};
}

Error wrongState(const FoundContainer& found, const char* wanted) {
    return Error{ErrorCode::WrongState,
                 "container \"" + found.state.id + "\" is " + std::string(statusName(found.status)) +
                     ", not " + wanted,
                 {},
                 {}};
}

Result<UniqueFd> openFirstProcess(const FoundContainer& found) {
    UniqueFd pidFd(sys::pidfdOpen(found.state.pid));
    const auto startTime = processStartTime(found.state.pid);
    if (!pidFd || !startTime || *startTime != found.state.pidStartTime)
        return fail(wrongState(found, "running"));
    return pidFd;
}

Result<spec::Spec> specOf(const FoundContainer& found) {
    TRY_ASSIGN(const std::string config, found.folder.loadConfig());
    return spec::parse(config, found.state.bundle);
}

Result<Cgroup> cgroupOf(const FoundContainer& found) {
    TRY_ASSIGN(const auto layout, CgroupLayout::detect());
    return Cgroup::open(layout, found.state.cgroupPath);
}

} // namespace escale
