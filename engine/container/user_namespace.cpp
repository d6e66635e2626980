#include "engine/container/user_namespace.h"

#include "engine/base/file.h"
#include "engine/base/revert.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sched.h>
#include <string>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace escale {
namespace {

// The child of a clone from a threaded process: system calls only, no libc state, until it is killed.
[[noreturn]] void pauseForEver() {
    // It holds none of our descriptors: the store's lock must go with the helper.
    ::syscall(SYS_close_range, 0U, ~0U, 0U);
    ::syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    for (;;)
        ::syscall(SYS_rt_sigsuspend, nullptr, 8); // EFAULT at worst; pause(2) does not exist on aarch64
}

} // namespace

Result<UniqueFd> makeUserNamespace(std::uint32_t base) {
    // The child must not run a signal handler of ours; SIGKILL still ends it.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    const long pid = ::syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (pid == 0)
        pauseForEver();
    const int cloneError = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0)
        return fail(systemError(cloneError, "cannot make a user namespace"));
    Revert end;
    end.add([pid]() -> Result<void> {
        ::kill(static_cast<pid_t>(pid), SIGKILL);
        while (::waitpid(static_cast<pid_t>(pid), nullptr, 0) < 0 && errno == EINTR) {
        }
        return {};
    });
    const std::string process = "/proc/" + std::to_string(pid);
    const std::string map = "0 " + std::to_string(base) + " " + std::to_string(kIdRangeSize);
    TRY(writeExisting(process + "/uid_map", map));
    TRY(writeExisting(process + "/gid_map", map));
    return openFile(process + "/ns/user", O_RDONLY);
}

} // namespace escale
