#include "engine/runtime/lifecycle/operations.h"

#include "engine/base/log.h"
#include "engine/base/process.h"
#include "engine/base/syscalls.h"
#include "engine/cgroup/cgroup.h"
#include "engine/runtime/child/protocol.h"
#include "engine/runtime/lifecycle/container_cgroup.h"
#include "engine/runtime/lifecycle/found_container.h"
#include "engine/runtime/lifecycle/hooks.h"
#include "engine/runtime/plan/program.h"
#include "engine/runtime/spec/spec.h"

#include <charconv>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>

namespace escale {
namespace {

// The child tells why execve failed in a Report; the words need the command, which config.json holds.
Error startError(const FoundContainer& found, const child::Report& report) {
    const auto spec = specOf(found);
    if (spec && report.kind == child::ReportKind::HookFailed)
        return hookError("startContainer", spec->hooks.startContainer, report);
    return programNotExecuted(spec ? spec->process.args.front() : "the program", report.number);
}

// A process that v1's freezer has stopped dies when it goes on. v2's dies at once, and is thawed all the
// same.
Result<void> thawForKill(const FoundContainer& found) {
    TRY_ASSIGN(const auto cgroup, cgroupOf(found));
    TRY_ASSIGN(const bool frozen, cgroup.frozen());
    return frozen ? cgroup.freeze(false) : Result<void>();
}

Result<void> endFirstProcess(const FoundContainer& found) {
    const auto pidFd = openFirstProcess(found);
    if (!pidFd)
        return {}; // gone already
    sys::pidfdSendSignal(pidFd->get(), SIGKILL);
    TRY(thawForKill(found));
    pollfd ended{pidFd->get(), POLLIN, 0};
    if (::poll(&ended, 1, 10000) == 0)
        return fail(ErrorCode::Timeout, "the container's first process does not end after SIGKILL");
    return {};
}

Result<void> deleteFound(const FoundContainer& found) {
    TRY(endFirstProcess(found));
    TRY_ASSIGN(const auto cgroup, cgroupOf(found));
    return deleteEnded(found, cgroup);
}

// runtime.md#lifecycle: a poststart hook that fails stops the container, and it is as if it were deleted.
Result<void> afterStart(const FoundContainer& found) {
    TRY_ASSIGN(const auto spec, specOf(found));
    auto run = runHooks("poststart", spec.hooks.poststart,
                        stateDocument(found.state, ContainerStatus::Running, found.state.pid));
    if (run)
        return {};
    if (auto deleted = deleteFound(found); !deleted)
        run.error().addCause(deleted.error());
    return run;
}

} // namespace

Result<void> deleteEnded(const FoundContainer& found, const Cgroup& cgroup) {
    TRY(cgroup.killAll());
    TRY(removeCgroup(cgroup, found.state.systemdUnit));
    if (!found.state.hooks)
        return found.folder.remove();
    const auto spec = specOf(found); // read before it goes; a broken one must not keep the container
    TRY(found.folder.remove());
    if (spec)
        runPoststop(spec->hooks, found.state);
    else
        logWarning("the poststop hooks are not run: " + spec.error().text());
    return {};
}

Result<void> startContainer(const std::string& root, const std::string& id) {
    TRY_ASSIGN(const auto found, findContainer(root, id));
    if (found.status != ContainerStatus::Created)
        return fail(wrongState(found, "created"));
    TRY_ASSIGN(const auto socket, found.folder.connect());
    if (::send(socket.get(), &child::kStart, 1, MSG_NOSIGNAL) != 1)
        return failErrno("cannot tell the container to start");
    child::Report report;
    ssize_t got = -1;
    do {
        got = ::recv(socket.get(), &report, sizeof report, MSG_WAITALL);
    } while (got < 0 && errno == EINTR);
    if (got < 0) // another `start` was faster
        return fail(ErrorCode::WrongState, "container \"" + id + "\" was started by somebody else");
    TRY(found.folder.removeSocket());
    if (got == 0) // execve closed the connection
        return found.state.hooks ? afterStart(found) : Result<void>();
    return fail(startError(found, report));
}

Result<Json> containerState(const std::string& root, const std::string& id) {
    TRY_ASSIGN(auto found, findContainer(root, id));
    TRY(notePause(found));
    const bool alive = found.isAlive();
    return stateDocument(found.state, found.status, alive ? found.state.pid : 0);
}

Result<void> killContainer(const std::string& root, const std::string& id, int signal, bool all) {
    TRY_ASSIGN(const auto found, findContainer(root, id));
    if (found.status != ContainerStatus::Created && found.status != ContainerStatus::Running)
        return fail(wrongState(found, "running"));
    if (all) {
        TRY_ASSIGN(const auto cgroup, cgroupOf(found));
        TRY(cgroup.signalAll(signal));
        return signal == SIGKILL ? thawForKill(found) : Result<void>();
    }
    TRY_ASSIGN(const auto pidFd, openFirstProcess(found));
    if (const int result = sys::pidfdSendSignal(pidFd.get(), signal); result < 0)
        return fail(
            systemError(-result, "cannot send signal " + std::to_string(signal) + " to \"" + id + "\""));
    return signal == SIGKILL ? thawForKill(found) : Result<void>();
}

Result<void> deleteContainer(const std::string& root, const std::string& id, bool force) {
    auto folder = StateFolder::open(root, id);
    if (!folder && force && folder.error().code == ErrorCode::NotFound)
        return {};
    TRY_ASSIGN(auto opened, std::move(folder));
    auto state = opened.load();
    if (!state && force && state.error().code == ErrorCode::NotFound)
        return opened.remove(); // its maker died before it made anything
    TRY_ASSIGN(auto loaded, std::move(state));
    const auto status = opened.status(loaded);
    const FoundContainer found{std::move(opened), std::move(loaded), status};
    if (!force && (status == ContainerStatus::Running || status == ContainerStatus::Creating))
        return fail(ErrorCode::WrongState, "container \"" + id + "\" is " + std::string(statusName(status)),
                    "Stop it first, or delete it with --force");
    return deleteFound(found);
}

} // namespace escale
