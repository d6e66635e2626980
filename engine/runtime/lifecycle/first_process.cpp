#include "engine/runtime/lifecycle/first_process.h"

#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/base/process.h"
#include "engine/base/procfs.h"
#include "engine/base/syscalls.h"
#include "engine/runtime/lifecycle/hooks.h"
#include "engine/runtime/lifecycle/scheduling.h"
#include "engine/runtime/lifecycle/time_namespace.h"
#include "engine/runtime/lifecycle/user_entry.h"
#include "engine/runtime/plan/id_mapping.h"
#include "engine/runtime/plan/program.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace escale {
namespace {

std::string cloneWords(std::uint64_t flags) {
    static constexpr std::array<std::pair<std::uint64_t, const char*>, 8> kWords{
        {{CLONE_NEWUSER, "CLONE_NEWUSER"},
         {CLONE_NEWNS, "CLONE_NEWNS"},
         {CLONE_NEWPID, "CLONE_NEWPID"},
         {CLONE_NEWIPC, "CLONE_NEWIPC"},
         {CLONE_NEWUTS, "CLONE_NEWUTS"},
         {CLONE_PIDFD, "CLONE_PIDFD"},
         {CLONE_PARENT, "CLONE_PARENT"},
         {CLONE_INTO_CGROUP, "CLONE_INTO_CGROUP"}}};
    std::string words;
    for (const auto& [flag, word] : kWords) {
        if ((flags & flag) != 0)
            words.append(words.empty() ? "" : "|").append(word);
    }
    return words;
}

void tellClone(MadeNow& step, std::uint64_t flags, pid_t pid, const Cgroup& cgroup) {
    const auto* unified = cgroup.layout().unified();
    step.done("clone3", {{"flags", cloneWords(flags)},
                         {"pid", std::to_string(pid)},
                         {"cgroup", unified != nullptr ? cgroup.directory(*unified) : std::string()}});
}

std::uint64_t cloneFlags(const spec::Spec& spec) {
    std::uint64_t flags = 0;
    // The cgroup namespace is made by the child, once it is in its cgroup; the network namespace too, while
    // we set the limits: it takes the kernel as long as all the others and the clone together.
    for (const int flag : {CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWUSER}) {
        if (spec.makesNamespace(flag))
            flags |= static_cast<std::uint64_t>(flag);
    }
    return flags;
}

// Where we may not raise a hard limit (no CAP_SYS_RESOURCE: we are in a container ourselves), ours stands.
// Lower limits than asked for are no danger, and a fixed default of an engine should not make every container
// fail there.
int setLimit(pid_t pid, const spec::Rlimit& limit) {
    MadeNow step;
    const auto resource = static_cast<__rlimit_resource>(limit.resource);
    rlimit64 values{limit.soft, limit.hard};
    bool isSet = ::prlimit64(pid, resource, &values, nullptr) == 0;
    if (!isSet) {
        rlimit64 ours{};
        if (errno != EPERM || ::prlimit64(pid, resource, nullptr, &ours) != 0 || limit.hard <= ours.rlim_max)
            return -errno;
        values = {std::min<std::uint64_t>(limit.soft, ours.rlim_max), ours.rlim_max};
        isSet = ::prlimit64(pid, resource, &values, nullptr) == 0;
    }
    if (!isSet)
        return -errno;
    const auto word = [](rlim64_t value) {
        return value == RLIM64_INFINITY ? std::string("unlimited") : std::to_string(value);
    };
    step.done("rlimit", {{"name", spec::rlimitWord(limit.resource)},
                         {"soft", word(values.rlim_cur)},
                         {"hard", word(values.rlim_max)}});
    return 0;
}

Result<void> idmapMounts(const spec::Spec& spec, const Plan& plan, pid_t pid) {
    if (plan.idmappedSlots().empty())
        return {};
    TRY_ASSIGN(const auto userNamespace, openFile("/proc/" + std::to_string(pid) + "/ns/user", O_RDONLY));
    for (const int slot : plan.idmappedSlots()) {
        MadeNow step;
        TRY(idmapMount(plan.slot(slot), userNamespace.get(), true));
        step.done("mount-idmap", {{"source", plan.origin(slot).source},
                                  {"map", idMapWords(spec.uidMappings)},
                                  {"group-map", idMapWords(spec.gidMappings)}});
    }
    return {};
}

std::string hintFor(child::StepKind kind, int number) {
    using child::StepKind;
    if (kind == StepKind::AttachMount && number == ENOTDIR)
        return "A file can only be mounted on a file, and a folder on a folder";
    if (kind == StepKind::AttachMount && number == ELOOP)
        return "A symbolic link of the image stands in the way of a mount that must be where it says";
    if (kind == StepKind::AttachMount && number == EPERM)
        return "Nothing can be mounted inside /proc but the files that tell figures, as /proc/meminfo";
    if (kind == StepKind::MakeFilesystem && number == EPERM)
        return "The kernel refuses this file system in a user namespace whose host mount is partly hidden";
    if (kind == StepKind::ChangeDirectory && number == EXDEV)
        return "The working directory leads out of the container; it is refused";
    if (kind == StepKind::BecomeMember && number == ENOMEM)
        return "The container may have ended just now";
    if (kind == StepKind::BecomeMember && number == EAGAIN)
        return "The container's limit of processes is reached";
    if (kind == StepKind::BecomeMember && (number == EPERM || number == ENOSYS))
        return "The container's seccomp filter forbids clone(2); with no_new_privs it is loaded later";
    return {};
}

} // namespace

Result<void> setLimits(const spec::Process& process, pid_t pid) {
    for (const auto& limit : process.rlimits) {
        if (const int result = setLimit(pid, limit); result < 0)
            return fail(systemError(-result, "cannot set the resource limit " +
                                                 std::to_string(limit.resource) + " to " +
                                                 std::to_string(limit.hard))
                            .withHint("The machine's own limit may be lower; choose a smaller value"));
    }
    if (process.oomScoreAdj) {
        MadeNow step;
        const std::string score = std::to_string(*process.oomScoreAdj);
        TRY(writeProcfs(std::to_string(pid) + "/oom_score_adj", score));
        step.done("oom-score", {{"value", score}});
    }
    return setScheduling(process, pid);
}

Error stepError(const Plan& plan, const spec::Process& process, const child::Report& report) {
    // The report may come from a process that the container could reach.
    if (report.step >= plan.steps().size())
        return Error{ErrorCode::SystemFailure, "the container's process tells an unknown failure", {}, {}};
    const auto kind = plan.steps()[report.step].kind;
    if (kind == child::StepKind::FindProgram)
        return programNotFound(process, report.number);
    if (kind == child::StepKind::Execute)
        return programNotExecuted(process.args.front(), report.number);
    return systemError(report.number, "cannot " + plan.what(report.step))
        .withHint(hintFor(kind, report.number));
}

Result<FirstProcess> FirstProcess::clone(const spec::Spec& spec, Plan& plan, const Cgroup& cgroup,
                                         Ready ready) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return failErrno("cannot make a socket pair");
    UniqueFd ours(ends[0]);
    const UniqueFd theirs(ends[1]);
    TRY_ASSIGN(const auto cgroupFd, cgroup.openUnified());
    // In a pid namespace that others are in already, who has CAP_SYS_PTRACE in its user namespace could else
    // take hold of the child, with all it still has open, before it becomes that namespace's root
    // (CVE-2016-9962).
    if (!spec.makesNamespace(CLONE_NEWPID) && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return failErrno("cannot hide the container's first process from its neighbours");
    const auto own =
        spec.findNamespace(CLONE_NEWTIME) != nullptr ? childrensClock() : Result<std::int64_t>(0);
    JoinedNamespaces::Visit visit;
    TRY(visit.enter(ready.joined));
    TimeNamespace time;
    TRY(time.make(spec));
    UniqueFd proc;
    if (plan.writesToProcfs()) {
        TRY_ASSIGN(proc, openProcfs());
    }
    auto walk = plan.walk(theirs.get());
    walk.trace = ready.trace;
    if (walk.trace.times != nullptr && spec.findNamespace(CLONE_NEWTIME) != nullptr) {
        if (const auto children = childrensClock(); children && own)
            walk.trace.clockOffset = *children - *own;
        else
            walk.trace = {};
    }
    walk.proc = proc.get();
    walk.startSocket = ready.startSocket;
    walk.networkNamespace = ready.networkNamespace;
    walk.cgroupNamespace = ready.joined.file(CLONE_NEWCGROUP);
    if (const int user = ready.joined.file(CLONE_NEWUSER); user >= 0) {
        MadeNow step;
        TRY_ASSIGN(auto entered, cloneInto({user, ready.joined.file(CLONE_NEWPID), cloneFlags(spec),
                                            cgroupFd.get(), ours.get()},
                                           walk));
        tellClone(step, cloneFlags(spec) | CLONE_PARENT, entered.pid, cgroup);
        return FirstProcess(entered.pid, std::move(entered.pidFd), std::move(ours));
    }
    int pidFd = -1;
    clone_args arguments{};
    arguments.flags = cloneFlags(spec) | CLONE_PIDFD;
    arguments.pidfd = reinterpret_cast<std::uint64_t>(&pidFd);
    arguments.exit_signal = SIGCHLD;
    if (cgroupFd) {
        arguments.flags |= CLONE_INTO_CGROUP;
        arguments.cgroup = static_cast<std::uint64_t>(cgroupFd.get());
    }
    MadeNow step;
    const int pid = sys::clone3(arguments);
    if (pid == 0) {
        sys::call(SYS_close, ours.get()); // so that our end tells when the runtime dies
        child::walk(walk);
    }
    if (pid < 0)
        return fail(systemError(-pid, "cannot start the container's first process in new namespaces")
                        .withHint("The kernel may limit namespaces: see /proc/sys/user/"));
    tellClone(step, arguments.flags, pid, cgroup);
    return FirstProcess(pid, UniqueFd(pidFd), std::move(ours));
}

FirstProcess::~FirstProcess() {
    if (!m_pidFd)
        return;
    sys::pidfdSendSignal(m_pidFd.get(), SIGKILL);
    siginfo_t info{};
    while (::waitid(P_PIDFD, static_cast<id_t>(m_pidFd.get()), &info, WEXITED) != 0 && errno == EINTR) {
    }
}

Result<std::uint64_t> FirstProcess::release(const spec::Spec& spec, const Plan& plan) const {
    const auto startTime = processStartTime(m_pid);
    auto prepared = startTime ? prepare(spec, plan) : Result<void>(fail(startTime.error()));
    if (prepared)
        prepared = goOn();
    child::Report report;
    // When it has failed already, its own words are better than what we then meet.
    if (!prepared && ::recv(m_channel.get(), &report, sizeof report, MSG_DONTWAIT) == sizeof report)
        return fail(stepError(plan, spec.process, report));
    TRY(prepared);
    return *startTime;
}

Result<void> FirstProcess::prepare(const spec::Spec& spec, const Plan& plan) const {
    if (spec.makesNamespace(CLONE_NEWUSER)) {
        TRY(writeMap("uid", spec.uidMappings));
        TRY(writeMap("gid", spec.gidMappings));
    }
    TRY(setLimits(spec.process, m_pid));
    return idmapMounts(spec, plan, m_pid);
}

Result<void> FirstProcess::writeMap(const std::string& kind,
                                    const std::vector<spec::IdMapping>& mappings) const {
    MadeNow step;
    TRY(writeProcfs(std::to_string(m_pid) + "/" + kind + "_map", idMapText(mappings)));
    step.done("id-map", {{"kind", kind}, {"map", idMapWords(mappings)}});
    return {};
}

Result<void> FirstProcess::goOn() const {
    MadeNow step;
    const child::Go go{child::kGo, static_cast<std::uint32_t>(m_pid)};
    if (::send(m_channel.get(), &go, sizeof go, MSG_NOSIGNAL) != sizeof go)
        return failErrno("cannot release the container's first process");
    step.done("start", {{"pid", std::to_string(m_pid)}});
    return {};
}

ssize_t FirstProcess::receive(child::Report& report) const {
    ssize_t got = -1;
    do {
        got = ::recv(m_channel.get(), &report, sizeof report, 0);
    } while (got < 0 && errno == EINTR);
    return got;
}

Result<void> FirstProcess::start(const spec::Spec& spec, const Plan& plan) const {
    if (::send(m_channel.get(), &child::kStart, 1, MSG_NOSIGNAL) != 1)
        return failErrno("cannot tell the container to start");
    child::Report report;
    const ssize_t got = receive(report);
    if (got == 0) // execve closed the channel
        return {};
    if (got != static_cast<ssize_t>(sizeof report))
        return failErrno("cannot hear from the container's first process");
    if (report.kind == child::ReportKind::HookFailed)
        return fail(hookError("startContainer", spec.hooks.startContainer, report));
    return fail(stepError(plan, spec.process, report));
}

Result<void> FirstProcess::waitUntilReady(const spec::Spec& spec, const Plan& plan) const {
    child::Report report;
    const ssize_t got = receive(report);
    if (got != static_cast<ssize_t>(sizeof report))
        return fail(ErrorCode::SystemFailure, "the container's first process was killed while it was set up",
                    "Its memory limit may be too small to start anything");
    if (report.kind == child::ReportKind::Ready)
        return {};
    if (report.kind == child::ReportKind::HookFailed)
        return fail(hookError("createContainer", spec.hooks.createContainer, report));
    return fail(stepError(plan, spec.process, report));
}

} // namespace escale
