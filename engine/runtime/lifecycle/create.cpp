#include "engine/runtime/lifecycle/create.h"

#include "engine/base/file.h"
#include "engine/base/process.h"
#include "engine/base/revert.h"
#include "engine/base/syscalls.h"
#include "engine/runtime/child/protocol.h"
#include "engine/runtime/lifecycle/container_cgroup.h"
#include "engine/runtime/lifecycle/early_network.h"
#include "engine/runtime/lifecycle/first_process.h"
#include "engine/runtime/lifecycle/hooks.h"
#include "engine/runtime/lifecycle/seccomp_listener.h"
#include "engine/runtime/lifecycle/state_folder.h"
#include "engine/runtime/lifecycle/terminal.h"
#include "engine/runtime/plan/plan.h"
#include "engine/runtime/plan/program.h"

#include <climits>
#include <cstdlib>
#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>

namespace escale {
namespace {

Result<std::string> absolutePath(const std::string& path) {
    std::array<char, PATH_MAX> resolved{};
    if (::realpath(path.c_str(), resolved.data()) == nullptr)
        return failErrno("cannot open the bundle " + path);
    return std::string(resolved.data());
}

// A pipe or file belongs to who made it: the container's user could not open /dev/stdout, as many images do
// for their logs. As other runtimes do, it is handed over. Devices stay whose they are: /dev/null, a
// terminal.
Result<void> handOverStandardFiles(const spec::Spec& spec, const std::array<int, 3>& stdio) {
    const uid_t uid = spec.hostUid(spec.process.uid).value_or(0);
    const gid_t gid = spec.hostGid(spec.process.gid).value_or(0);
    for (const int fd : stdio) {
        struct stat info {};
        if (::fstat(fd, &info) != 0)
            return failErrno("cannot look at standard input and output");
        // A file that we were given for reading must not become the container's to write to.
        const bool isWritten = S_ISREG(info.st_mode) && (::fcntl(fd, F_GETFL) & O_ACCMODE) != O_RDONLY;
        const bool canBe = S_ISFIFO(info.st_mode) || isWritten || S_ISSOCK(info.st_mode);
        if (!canBe || uid == 0 || info.st_uid == uid) // the host's root opens all
            continue;
        // What cannot be handed over (a read-only file system, one that knows no owners) works for what is
        // open.
        if (::fchown(fd, uid, gid) != 0 && errno != EPERM && errno != EROFS && errno != EINVAL)
            return failErrno("cannot hand standard input and output to the container's user");
    }
    return {};
}

// sd_listen_fds(3): a program that systemd passes sockets to, by way of us, is process 1 of its namespace.
void passListenVariables(const CreateRequest& request, spec::Process& process) {
    const char* count = request.preserveFds > 0 ? std::getenv("LISTEN_FDS") : nullptr;
    if (count == nullptr)
        return;
    process.env.push_back(std::string("LISTEN_FDS=") + count);
    process.env.emplace_back("LISTEN_PID=1");
    if (const char* names = std::getenv("LISTEN_FDNAMES"))
        process.env.push_back(std::string("LISTEN_FDNAMES=") + names);
}

SavedState beginningOf(const CreateRequest& request, const std::string& bundle, const spec::Spec& spec,
                       const CgroupPlace& place) {
    return {.id = request.id,
            .bundle = bundle,
            .cgroupPath = place.path,
            .createdAt = rfc3339Now(),
            .annotations = spec.annotations,
            .systemdUnit = place.unit.name,
            .hooks = spec.hooks.any()};
}

// Those of the runtime's own namespaces, while the child waits.
Result<void> runEarlyHooks(const FirstProcess& first, const spec::Spec& spec, const Plan& plan,
                           const SavedState& state) {
    if (spec.hooks.prestart.empty() && spec.hooks.createRuntime.empty())
        return {};
    TRY(first.waitUntilReady(spec, plan));
    const auto told = stateDocument(state, ContainerStatus::Created, state.pid);
    TRY(runHooks("prestart", spec.hooks.prestart, told));
    TRY(runHooks("createRuntime", spec.hooks.createRuntime, told));
    return first.goOn();
}

Result<void> startNow(const FirstProcess& first, const spec::Spec& spec, const Plan& plan,
                      const SavedState& state) {
    TRY(first.start(spec, plan));
    return runHooks("poststart", spec.hooks.poststart,
                    stateDocument(state, ContainerStatus::Running, state.pid));
}

enum class Until : std::uint8_t { Created, Running };

Result<CreatedContainer> make(const CreateRequest& request, Until until) {
    TRY(validateContainerId(request.id));
    auto record = MakingRecord::begin(request.making);
    TRY_ASSIGN(const std::string bundle, absolutePath(request.bundle));
    TRY_ASSIGN(const std::string config, spec::readConfig(bundle, request.configFile));
    TRY_ASSIGN(auto spec, spec::parse(config, bundle));
    TRY_ASSIGN(const auto joined, JoinedNamespaces::open(spec));
    EarlyNetwork network(spec);
    TRY_ASSIGN(const auto console, openConsole(request.consoleSocket, request.foreground, spec.process));
    passListenVariables(request, spec.process);
    TRY_ASSIGN(const auto layout, CgroupLayout::detect());
    TRY_ASSIGN(const auto place, planCgroup(request, spec));
    if (!spec.process.terminal)
        TRY(handOverStandardFiles(spec, request.stdio));

    auto state = beginningOf(request, bundle, spec, place);
    Revert revert;
    if (state.hooks) // registered first, done last: the container is gone when they run
        revert.add([&]() -> Result<void> {
            if (state.pid != 0)
                runPoststop(spec.hooks, state);
            return {};
        });
    TRY_ASSIGN(auto folder, StateFolder::create(request.root, request.id));
    revert.add([path = request.root + "/" + request.id] { return removeTree(path); });
    // Before anything is made: whoever finds the folder after a crash knows what to clean up.
    TRY(folder.save(state));
    TRY(folder.saveConfig(config));
    TRY_ASSIGN(auto made, makeCgroup(layout, place, spec, request.id));
    const auto& cgroup = made.cgroup;
    state.cgroupPath = cgroup.path();
    revert.add([cgroup, unit = place.unit.name]() -> Result<void> {
        TRY(cgroup.killAll()); // the program may run by now
        return removeCgroup(cgroup, unit);
    });
    UniqueFd startSocket;
    if (until == Until::Created) {
        TRY_ASSIGN(startSocket, folder.listen());
    }
    TRY_ASSIGN(const auto listener, connectListener(spec, state, ContainerStatus::Creating));
    std::string hookState;
    if (state.hooks)
        hookState = stateDocument(state, ContainerStatus::Created, kPidPlaceholder).dump();
    const PlanSurroundings surroundings{.layout = layout,
                                        .cgroup = cgroup,
                                        .stdio = request.stdio,
                                        .seccompCache = request.root + "/.seccomp",
                                        .listener = listener.socket.get(),
                                        .listenerState = listener.state,
                                        .console = console.child.get(),
                                        .noNewKeyring = request.noNewKeyring,
                                        .noPivot = request.noPivot,
                                        .preserveFds = request.preserveFds,
                                        .bundle = bundle,
                                        .hookState = hookState};
    TRY_ASSIGN(auto plan, buildPlan(spec, surroundings));

    TRY_ASSIGN(const auto networkNamespace, network.take());
    if (record)
        record->shareTimes(plan);
    TRY_ASSIGN(auto first, FirstProcess::clone(spec, plan, cgroup,
                                               {joined, startSocket.get(), networkNamespace.get(),
                                                record ? record->trace(spec) : child::Trace{}}));
    // Done while the child starts and, once it is released, makes its mounts.
    TRY(limitCgroup(made, place, spec));
    TRY_ASSIGN(state.pidStartTime, first.release(spec, plan));
    state.pid = first.pid();
    TRY(runEarlyHooks(first, spec, plan, state));
    TRY(first.waitUntilReady(spec, plan));
    // Before the program may count processes, or divide its cgroup, which must be empty then.
    made.scope.reset();
    UniqueFd master;
    if (console.ours) {
        TRY_ASSIGN(master, receiveMaster(console));
    }
    TRY(folder.save(state));
    if (!request.pidFile.empty())
        TRY(writeFileAtomically(request.pidFile, std::to_string(first.pid()), 0644));
    if (until == Until::Running)
        TRY(startNow(first, spec, plan, state));
    revert.commit();
    if (record)
        record->finish(std::move(plan), std::move(spec), networkNamespace.get() >= 0);
    const auto status = until == Until::Running ? ContainerStatus::Running : ContainerStatus::Created;
    return CreatedContainer{{std::move(folder), std::move(state), status},
                            cgroup,
                            first.detach(),
                            std::move(master),
                            std::move(record)};
}

} // namespace

Result<CreatedContainer> createContainer(const CreateRequest& request) {
    return make(request, Until::Created);
}

Result<CreatedContainer> runContainer(const CreateRequest& request) {
    return make(request, Until::Running);
}

} // namespace escale
