#include "engine/runtime/lifecycle/exec.h"

#include "engine/base/file.h"
#include "engine/runtime/lifecycle/found_container.h"
#include "engine/runtime/lifecycle/seccomp_listener.h"
#include "engine/runtime/lifecycle/terminal.h"
#include "engine/runtime/lifecycle/user_entry.h"

#include <sched.h>
#include <sys/stat.h>

namespace escale {
namespace {

Result<spec::Process> processOf(const ExecRequest& request, const spec::Spec& container) {
    Result<spec::Process> process = request.processFile.empty()
                                        ? spec::changed(container.process, request.changes)
                                        : spec::loadProcess(request.processFile, container.process);
    if (process) {
        TRY(spec::validateProcess(*process));
        TRY(spec::validateUser(*process, container));
    }
    return process;
}

bool sharesUserNamespace(pid_t pid) {
    struct stat ours {};
    struct stat theirs {};
    return ::stat("/proc/self/ns/user", &ours) == 0 &&
           ::stat(("/proc/" + std::to_string(pid) + "/ns/user").c_str(), &theirs) == 0 &&
           ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev;
}

// The namespaces are entered by the pidfd, which was checked: never those of a later process of that number.
Result<JoinTarget> targetOf(const FoundContainer& found, const spec::Spec& spec) {
    JoinTarget target;
    TRY_ASSIGN(target.pidFd, openFirstProcess(found));
    for (const auto& one : spec.namespaces)
        target.namespaces |= one.flag;
    // The kernel lets nobody enter the user namespace that he is in.
    if ((target.namespaces & CLONE_NEWUSER) != 0 && sharesUserNamespace(found.state.pid))
        target.namespaces &= ~CLONE_NEWUSER;
    return target;
}

// A container that divides its v2 cgroup among its own (systemd inside) leaves no place for a process in it
// (cgroups(7), "no internal processes"): we go where its first process went.
Result<UniqueFd> openHome(const FoundContainer& found, const CgroupLayout& layout, const Cgroup& cgroup) {
    const auto* unified = layout.unified();
    const auto divided = unified == nullptr
                             ? Result<std::string>()
                             : readFile(cgroup.directory(*unified) + "/cgroup.subtree_control");
    if (!divided || divided->find_first_not_of(" \n") == std::string::npos)
        return cgroup.openUnified();
    TRY_ASSIGN(const std::string lines, readFile("/proc/" + std::to_string(found.state.pid) + "/cgroup"));
    const auto line = lines.find("0::" + cgroup.path() + "/");
    if (line == std::string::npos)
        return cgroup.openUnified();
    return Cgroup::open(layout, lines.substr(line + 3, lines.find('\n', line) - line - 3)).openUnified();
}

} // namespace

Result<JoinedProcess> joinContainer(const ExecRequest& request) {
    TRY_ASSIGN(auto found, findContainer(request.root, request.id));
    TRY(notePause(found));
    if (!found.isAlive() || (found.status == ContainerStatus::Paused && !request.ignorePaused))
        return fail(wrongState(found, "running"));
    TRY_ASSIGN(auto spec, specOf(found));
    if (spec.findNamespace(CLONE_NEWUSER) != nullptr && !spec.makesNamespace(CLONE_NEWUSER))
        TRY(readMappingsOf(found.state.pid, spec));
    TRY_ASSIGN(spec.process, processOf(request, spec));
    TRY_ASSIGN(const auto console, openConsole(request.consoleSocket, request.foreground, spec.process));
    TRY_ASSIGN(auto target, targetOf(found, spec));
    TRY_ASSIGN(const auto layout, CgroupLayout::detect());
    auto cgroup = Cgroup::open(layout, found.state.cgroupPath);
    if (!request.subCgroup.empty()) {
        TRY_ASSIGN(cgroup, cgroup.makeBelow(request.subCgroup));
    }
    TRY_ASSIGN(const auto home, openHome(found, layout, cgroup));
    TRY_ASSIGN(const auto listener, connectListener(spec, found.state, ContainerStatus::Running));
    const PlanSurroundings surroundings{.layout = layout,
                                        .cgroup = cgroup,
                                        .stdio = request.stdio,
                                        .seccompCache = request.root + "/.seccomp",
                                        .listener = listener.socket.get(),
                                        .listenerState = listener.state,
                                        .console = console.child.get(),
                                        .preserveFds = request.preserveFds};
    TRY_ASSIGN(auto plan, buildJoinPlan(spec, surroundings, std::move(target)));
    TRY_ASSIGN(auto process, JoiningProcess::create(std::move(plan), spec.process, home));
    JoinedProcess joined{std::move(process), UniqueFd()};
    if (console.ours) {
        TRY_ASSIGN(joined.master, receiveMaster(console));
    }
    if (!request.pidFile.empty())
        TRY(writeFileAtomically(request.pidFile, std::to_string(joined.process.pid()), 0644));
    return joined;
}

} // namespace escale
