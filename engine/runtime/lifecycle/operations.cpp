#include "engine/runtime/lifecycle/operations.h"

#include "engine/base/process.h"
#include "engine/base/syscalls.h"
#include "engine/cgroup/cgroup.h"
#include "engine/runtime/child/protocol.h"
#include "engine/runtime/lifecycle/state_folder.h"
#include "engine/runtime/plan/program.h"
#include "engine/runtime/spec/spec.h"

#include <charconv>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>

namespace escale {
namespace {

struct Found {
    StateFolder folder;
    ContainerState state;
    ContainerStatus status;
};

Result<Found> find(const std::string& root, const std::string& id) {
    TRY_ASSIGN(auto folder, StateFolder::open(root, id));
    TRY_ASSIGN(auto state, folder.load());
    const auto status = folder.status(state);
    return Found{std::move(folder), std::move(state), status};
}

tl::unexpected<Error> wrongState(const Found& found, const char* wanted) {
    return fail(ErrorCode::WrongState, "container \"" + found.state.id + "\" is " +
                                           std::string(statusName(found.status)) + ", not " + wanted);
}

// A descriptor of the process that the state speaks of, not of a later one with the same number.
Result<UniqueFd> openFirstProcess(const Found& found) {
    UniqueFd pidFd(sys::pidfdOpen(found.state.pid));
    const auto startTime = processStartTime(found.state.pid);
    if (!pidFd || !startTime || *startTime != found.state.pidStartTime)
        return wrongState(found, "running");
    return pidFd;
}

Result<spec::Spec> specOf(const Found& found) {
    TRY_ASSIGN(const std::string config, found.folder.loadConfig());
    return spec::parse(config, found.state.bundle);
}

// The child tells why execve failed in a Report; the words need the command, which config.json holds.
Error startError(const Found& found, const child::Report& report) {
    const auto spec = specOf(found);
    return programNotExecuted(spec ? spec->process.args.front() : "the program", report.number);
}

Result<Cgroup> cgroupOf(const ContainerState& state) {
    TRY_ASSIGN(const auto layout, CgroupLayout::detect());
    return Cgroup::open(layout, state.cgroupPath);
}

Result<void> endFirstProcess(const Found& found) {
    const auto pidFd = openFirstProcess(found);
    if (!pidFd)
        return {}; // gone already
    sys::pidfdSendSignal(pidFd->get(), SIGKILL);
    pollfd ended{pidFd->get(), POLLIN, 0};
    if (::poll(&ended, 1, 10000) == 0)
        return fail(ErrorCode::Timeout, "the container's first process does not end after SIGKILL");
    return {};
}

} // namespace

Result<void> startContainer(const std::string& root, const std::string& id) {
    TRY_ASSIGN(const auto found, find(root, id));
    if (found.status != ContainerStatus::Created)
        return wrongState(found, "created");
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
        return {};
    return fail(startError(found, report));
}

Result<Json> containerState(const std::string& root, const std::string& id) {
    TRY_ASSIGN(const auto found, find(root, id));
    const bool alive = found.status == ContainerStatus::Created || found.status == ContainerStatus::Running;
    Json json;
    json.set("ociVersion", "1.2.0").set("id", found.state.id).set("status", statusName(found.status));
    json.set("pid", alive ? static_cast<std::int64_t>(found.state.pid) : 0).set("bundle", found.state.bundle);
    json.set("created", found.state.createdAt);
    Json annotations{Json::Object{}};
    for (const auto& [name, value] : found.state.annotations)
        annotations.set(name, value);
    json.set("annotations", std::move(annotations));
    return json;
}

Result<void> killContainer(const std::string& root, const std::string& id, int signal, bool all) {
    TRY_ASSIGN(const auto found, find(root, id));
    if (found.status != ContainerStatus::Created && found.status != ContainerStatus::Running)
        return wrongState(found, "running");
    if (all) {
        TRY_ASSIGN(const auto cgroup, cgroupOf(found.state));
        TRY_ASSIGN(const auto pids, cgroup.processes());
        for (const pid_t pid : pids)
            ::kill(pid, signal);
        return {};
    }
    TRY_ASSIGN(const auto pidFd, openFirstProcess(found));
    if (const int result = sys::pidfdSendSignal(pidFd.get(), signal); result < 0)
        return fail(
            systemError(-result, "cannot send signal " + std::to_string(signal) + " to \"" + id + "\""));
    return {};
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
    const Found found{std::move(opened), std::move(loaded), status};
    if (!force && (status == ContainerStatus::Running || status == ContainerStatus::Creating))
        return fail(ErrorCode::WrongState, "container \"" + id + "\" is " + std::string(statusName(status)),
                    "Stop it first, or delete it with --force");
    TRY(endFirstProcess(found));
    TRY_ASSIGN(const auto cgroup, cgroupOf(found.state));
    TRY(cgroup.killAll());
    TRY(cgroup.remove());
    return found.folder.remove();
}

} // namespace escale
