#include "engine/runtime/child/context.h"

#include <csignal>
#include <linux/close_range.h>
#include <linux/limits.h>
#include <poll.h>
#include <sys/wait.h>

namespace escale::child {

using sys::call;

int waitForHooks(Context& context) {
    const Report ready{};
    const long told = call(SYS_write, context.channel, &ready, sizeof ready);
    return told < 0 ? static_cast<int>(told) : waitForGo(context);
}

void writePid(char* field, long pid) {
    for (unsigned i = 0; i < kPidWidth; ++i) {
        const bool used = i == 0 || pid > 0;
        field[kPidWidth - 1 - i] = used ? static_cast<char>('0' + pid % 10) : ' ';
        pid /= 10;
    }
}

namespace {

// A file in memory, not a pipe: a hook that does not read it keeps nobody waiting.
int stateFile(const Step& step) {
    writePid(step.buffer + step.number, call(SYS_getpid)); // as the hook's namespaces see it
    const int file = static_cast<int>(call(SYS_memfd_create, "state", 1 /* MFD_CLOEXEC */));
    if (file < 0)
        return file;
    const long written = call(SYS_write, file, step.buffer, step.count);
    const long sought = written < 0 ? written : call(SYS_lseek, file, 0, SEEK_SET);
    if (sought >= 0)
        return file;
    call(SYS_close, file);
    return static_cast<int>(sought);
}

[[noreturn]] void becomeHook(const Step& step, int state) {
    call(SYS_dup3, state, 0, 0);
    sys::closeRange(3, ~0U, CLOSE_RANGE_CLOEXEC); // what the program inherits is not the hook's
    if (step.text != nullptr)
        call(SYS_chdir, step.text); // where it may not go, it begins where we are
    const long refused = call(SYS_execve, step.path, step.list, step.list2);
    for (;;)
        call(SYS_exit_group, refused == -ENOENT ? 127 : 126);
}

// 0, or -ETIMEDOUT once it is killed.
int waitForEnd(int pid, const Step& step, siginfo_t& info) {
    const int pidFd = sys::pidfdOpen(pid);
    if (pidFd < 0)
        return pidFd;
    int outcome = 0;
    if (step.flags != 0) {
        timespec left{static_cast<time_t>(step.flags / 1000), 0}; // the kernel counts it down
        pollfd ended{pidFd, POLLIN, 0};
        long got = -EINTR;
        while (got == -EINTR)
            got = call(SYS_ppoll, &ended, 1, &left, nullptr, 8);
        if (got == 0) {
            sys::pidfdSendSignal(pidFd, SIGKILL);
            outcome = -ETIMEDOUT;
        }
    }
    long reaped = -EINTR;
    while (reaped == -EINTR)
        reaped = call(SYS_waitid, P_PIDFD, pidFd, &info, WEXITED, nullptr);
    call(SYS_close, pidFd);
    return outcome < 0 || reaped >= 0 ? outcome : static_cast<int>(reaped);
}

} // namespace

int runHook(Context& context, const Step& step) {
    const int state = stateFile(step);
    if (state < 0)
        return state;
    // clone(2), not clone3: the container's filter may be loaded already, and profiles know the older call.
    const int pid = static_cast<int>(call(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr));
    if (pid == 0)
        becomeHook(step, state);
    call(SYS_close, state);
    if (pid < 0)
        return pid;
    siginfo_t info{};
    const int result = waitForEnd(pid, step, info);
    if (result < 0)
        return result;
    if (info.si_code == CLD_EXITED && info.si_status == 0)
        return 0;
    context.hookStatus = static_cast<std::uint32_t>(info.si_status) + (info.si_code == CLD_EXITED ? 0 : 128);
    return -ECANCELED;
}

} // namespace escale::child
