// System calls as they are: each returns a negative errno instead of setting errno, allocates nothing and is
// async-signal-safe. For code that runs between clone3(2) and execve(2), and for calls that glibc 2.36 does
// not wrap.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <fcntl.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale::sys {

template <class... Arguments>
inline long call(long number, Arguments... arguments) {
    const long result = ::syscall(number, arguments...);
    return result < 0 ? -errno : result;
}

inline int openTree(int directory, const char* path, unsigned flags) {
    return static_cast<int>(call(SYS_open_tree, directory, path, flags));
}

/// Attaches the mount `from` (an open_tree or fsmount descriptor) at `to`, whatever file or folder that is
/// open on.
inline int attachMount(int from, int to) {
    return static_cast<int>(
        call(SYS_move_mount, from, "", to, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH));
}

inline int setMountAttributes(int mount, unsigned flags, mount_attr& attributes) {
    return static_cast<int>(
        call(SYS_mount_setattr, mount, "", flags | AT_EMPTY_PATH, &attributes, sizeof attributes));
}

inline int openAt2(int directory, const char* path, std::uint64_t flags, std::uint64_t resolve) {
    open_how how{};
    how.flags = flags | O_CLOEXEC;
    how.resolve = resolve;
    int fd = -EAGAIN;
    // A rename that races with the look-up of ".." gives EAGAIN; the kernel asks us to try again.
    for (int attempt = 0; fd == -EAGAIN && attempt < 128; ++attempt)
        fd = static_cast<int>(call(SYS_openat2, directory, path, &how, sizeof how));
    return fd;
}

/// openAt2's `resolve` below openProcfs() (base/procfs.h): over no mount, by no link out.
constexpr std::uint64_t kInProcfs = RESOLVE_BENEATH | RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS;

inline int closeRange(unsigned first, unsigned last, unsigned flags) {
    return static_cast<int>(call(SYS_close_range, first, last, flags));
}

inline int clone3(clone_args& arguments) {
    return static_cast<int>(call(SYS_clone3, &arguments, sizeof arguments));
}

inline int pidfdOpen(int pid) {
    return static_cast<int>(call(SYS_pidfd_open, pid, 0));
}

inline int pidfdSendSignal(int pidFd, int signal) {
    return static_cast<int>(call(SYS_pidfd_send_signal, pidFd, signal, nullptr, 0));
}

inline int pivotRoot(const char* root, const char* old) {
    return static_cast<int>(call(SYS_pivot_root, root, old));
}

} // namespace escale::sys
