#include "engine/runtime/lifecycle/joining_process.h"

#include "engine/base/procfs.h"
#include "engine/base/syscalls.h"
#include "engine/runtime/child/protocol.h"
#include "engine/runtime/lifecycle/first_process.h"
#include "engine/runtime/lifecycle/scheduling.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace escale {
namespace {

// Ends and reaps a child of ours.
void end(const UniqueFd& pidFd) {
    if (!pidFd)
        return;
    sys::pidfdSendSignal(pidFd.get(), SIGKILL);
    siginfo_t info{};
    while (::waitid(P_PIDFD, static_cast<id_t>(pidFd.get()), &info, WEXITED) != 0 && errno == EINTR) {
    }
}

Result<void> sendGo(const UniqueFd& channel, pid_t pid) {
    const child::Go go{child::kGo, static_cast<std::uint32_t>(pid)};
    if (::send(channel.get(), &go, sizeof go, MSG_NOSIGNAL) != sizeof go)
        return failErrno("cannot release the process that joins the container");
    return {};
}

// The bytes received: 0 when nobody holds the other end any more.
ssize_t receive(const UniqueFd& channel, child::Report& report) {
    ssize_t got = -1;
    do {
        got = ::recv(channel.get(), &report, sizeof report, 0);
    } while (got < 0 && errno == EINTR);
    return got;
}

bool isOurChild(const UniqueFd& pidFd) {
    siginfo_t info{};
    return ::waitid(P_PIDFD, static_cast<id_t>(pidFd.get()), &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

struct Joiner {
    pid_t pid = 0;
    UniqueFd pidFd;
    Joiner() = default;
    Joiner(const Joiner&) = delete;
    Joiner& operator=(const Joiner&) = delete;
    ~Joiner() { end(pidFd); }
};

Result<void> cloneJoiner(Plan& plan, const UniqueFd& home, const UniqueFd& ours, int theirs, Joiner& joiner) {
    int pidFd = -1;
    clone_args arguments{};
    arguments.flags = CLONE_PIDFD;
    arguments.pidfd = reinterpret_cast<std::uint64_t>(&pidFd);
    arguments.exit_signal = SIGCHLD;
    if (home) {
        arguments.flags |= CLONE_INTO_CGROUP;
        arguments.cgroup = static_cast<std::uint64_t>(home.get());
    }
    UniqueFd proc;
    if (plan.writesToProcfs()) {
        TRY_ASSIGN(proc, openProcfs());
    }
    auto walk = plan.walk(theirs);
    walk.proc = proc.get();
    const int pid = sys::clone3(arguments);
    if (pid == 0) {
        sys::call(SYS_close, ours.get()); // so that our end tells when the runtime dies
        child::walk(walk);
    }
    if (pid < 0)
        return fail(systemError(-pid, "cannot start a process in the container's cgroup"));
    joiner.pid = pid;
    joiner.pidFd.reset(pidFd);
    return {};
}

} // namespace

Result<JoiningProcess> JoiningProcess::create(Plan plan, spec::Process process, const UniqueFd& home) {
    // Neither memory nor descriptors of what we clone may be read by a process of the container that has
    // CAP_SYS_PTRACE in its user namespace.
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return failErrno("cannot hide this process from the container");
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return failErrno("cannot make a socket pair");
    UniqueFd theirs(ends[1]);
    JoiningProcess member(std::move(plan), std::move(process), UniqueFd(ends[0]));
    Joiner joiner;
    TRY(cloneJoiner(member.m_plan, home, member.m_channel, theirs.get(), joiner));
    theirs.reset();
    TRY(setLimits(member.m_process, joiner.pid));
    TRY(setAffinity(member.m_process.initialAffinity, joiner.pid));
    TRY(sendGo(member.m_channel, joiner.pid));
    TRY(member.takeMember(joiner.pid));
    TRY(setAffinity(member.m_process.finalAffinity, member.m_pid));
    return member;
}

Result<void> JoiningProcess::takeMember(pid_t joiner) {
    child::Report report;
    if (receive(m_channel, report) != static_cast<ssize_t>(sizeof report))
        return fail(ErrorCode::SystemFailure,
                    "the process that joins the container was killed while it was set up",
                    "The container's memory limit or seccomp filter may allow too little to start anything");
    if (report.kind == child::ReportKind::Failed)
        return fail(stepError(m_plan, m_process, report));
    const auto pid = static_cast<pid_t>(report.detail);
    UniqueFd pidFd(sys::pidfdOpen(pid));
    // A member could be made to lie by the container; we take, and end, nobody but a child of ours.
    if (report.kind != child::ReportKind::Member || pid == joiner || !pidFd || !isOurChild(pidFd))
        return fail(ErrorCode::SystemFailure, "the process that joins the container has ended at once");
    m_pid = pid;
    m_pidFd = std::move(pidFd);
    return {};
}

Result<void> JoiningProcess::start() {
    TRY(sendGo(m_channel, m_pid));
    child::Report report;
    const ssize_t got = receive(m_channel, report);
    if (got == 0) // execve closed the channel
        return {};
    if (got != static_cast<ssize_t>(sizeof report))
        return failErrno("cannot hear from the process that joins the container");
    return fail(stepError(m_plan, m_process, report));
}

JoiningProcess::~JoiningProcess() {
    end(m_pidFd);
}

} // namespace escale
