#include "helper/worker/seccomp_filter.h"

#include <cerrno>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale::worker {
namespace {

class Filter {
public:
    explicit Filter(std::uint32_t otherwise)
        : m_context(seccomp_init(otherwise), seccomp_release) {
        // Threads do not exist yet, and other architectures' calls (32-bit ones) are refused: by kill,
        // libseccomp's default.
        if (!m_context)
            m_error = -ENOMEM;
    }

    template <class... Conditions>
    Filter& rule(std::uint32_t action, const char* name, Conditions... conditions) {
        const int number = seccomp_syscall_resolve_name(name);
        // Unknown to this libseccomp or not a call of this architecture.
        if (m_error != 0 || number == __NR_SCMP_ERROR || number < 0)
            return *this;
        m_error = seccomp_rule_add(m_context.get(), action, number, sizeof...(conditions), conditions...);
        return *this;
    }
    Filter& allow(std::initializer_list<const char*> names) {
        for (const char* name : names)
            rule(SCMP_ACT_ALLOW, name);
        return *this;
    }
    Filter& refuse(std::initializer_list<const char*> names) {
        for (const char* name : names)
            rule(SCMP_ACT_ERRNO(EPERM), name);
        return *this;
    }
    Result<void> load() {
        if (m_error == 0)
            m_error = seccomp_load(m_context.get());
        if (m_error != 0)
            return fail(systemError(-m_error, "cannot install the seccomp filter"));
        return {};
    }

private:
    std::unique_ptr<void, void (*)(scmp_filter_ctx)> m_context;
    int m_error = 0;
};

/// glibc's threads, allocation, clocks and exit. clone3 passes its flags in memory, where no filter sees
/// them: it is made to look absent, and glibc uses clone.
void allowBasics(Filter& filter) {
    filter.allow({"read",
                  "readv",
                  "write",
                  "writev",
                  "close",
                  "fstat",
                  "lseek",
                  "poll",
                  "ppoll",
                  "brk",
                  "munmap",
                  "mremap",
                  "madvise",
                  "futex",
                  "set_robust_list",
                  "rseq",
                  "rt_sigaction",
                  "rt_sigprocmask",
                  "rt_sigreturn",
                  "restart_syscall",
                  "sched_yield",
                  "sched_getaffinity",
                  "getrandom",
                  "clock_gettime",
                  "clock_nanosleep",
                  "gettimeofday",
                  "getpid",
                  "gettid",
                  "exit",
                  "exit_group",
                  "sendmsg",
                  "recvmsg",
                  "eventfd2",
                  "sigaltstack",
                  "geteuid",
                  "getegid",
                  "getuid",
                  "getgid"});
    // Only at itself: as uid 0 it may otherwise signal and limit every process of root's.
    filter.rule(SCMP_ACT_ALLOW, "tgkill", SCMP_A0_64(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())));
    filter.rule(SCMP_ACT_ALLOW, "prlimit64", SCMP_A0_64(SCMP_CMP_EQ, 0));
    filter.rule(SCMP_ACT_ALLOW, "mmap", SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    filter.rule(SCMP_ACT_ALLOW, "mprotect", SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    filter.rule(SCMP_ACT_ALLOW, "clone", SCMP_A0_64(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
    filter.rule(SCMP_ACT_ERRNO(ENOSYS), "clone3");
}

/// Files that are there.
void allowReading(Filter& filter) {
    allowBasics(filter);
    filter.allow({"openat", "openat2", "fstat", "newfstatat", "statx", "getdents64", "pread64", "fcntl",
                  "readlinkat", "flistxattr", "fgetxattr"});
}

/// What changes the machine, or namespaces and ids of its own.
void refuseAdministration(Filter& filter) {
    filter.refuse({"mount",
                   "umount2",
                   "pivot_root",
                   "chroot",
                   "unshare",
                   "setns",
                   "open_tree",
                   "move_mount",
                   "fsopen",
                   "fsconfig",
                   "fsmount",
                   "fspick",
                   "mount_setattr",
                   "open_by_handle_at",
                   "name_to_handle_at",
                   "swapon",
                   "swapoff",
                   "quotactl",
                   "acct",
                   "mknod",
                   "mknodat"});
    filter.refuse({"bpf",
                   "perf_event_open",
                   "userfaultfd",
                   "io_uring_setup",
                   "io_uring_enter",
                   "io_uring_register",
                   "keyctl",
                   "add_key",
                   "request_key",
                   "kexec_load",
                   "kexec_file_load",
                   "init_module",
                   "finit_module",
                   "delete_module",
                   "reboot",
                   "syslog",
                   "iopl",
                   "ioperm",
                   "modify_ldt",
                   "personality",
                   "seccomp",
                   "setuid",
                   "setgid",
                   "setresuid",
                   "setresgid",
                   "setgroups",
                   "capset"});
}

/// Of socket families IPv4, IPv6 and netlink (getaddrinfo(3) asks for the host's addresses).
void refuseOtherSockets(Filter& filter) {
    filter.rule(SCMP_ACT_ERRNO(EAFNOSUPPORT), "socket", SCMP_A0_64(SCMP_CMP_LT, AF_INET));
    filter.rule(SCMP_ACT_ERRNO(EAFNOSUPPORT), "socket", SCMP_A0_64(SCMP_CMP_GT, AF_NETLINK));
    for (scmp_datum_t family = AF_INET + 1; family < AF_NETLINK; ++family) {
        if (family != AF_INET6)
            filter.rule(SCMP_ACT_ERRNO(EAFNOSUPPORT), "socket", SCMP_A0_64(SCMP_CMP_EQ, family));
    }
}

} // namespace

Result<void> filterFetchCalls() {
    Filter filter(SCMP_ACT_ALLOW);
    filter.refuse({"execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise",
                   "kcmp", "pidfd_getfd", "pidfd_open", "pidfd_send_signal", "kill", "tkill",
                   "rt_sigqueueinfo", "rt_tgsigqueueinfo"});
    // Other people's workers run as the same user.
    filter.rule(SCMP_ACT_ERRNO(EPERM), "tgkill",
                SCMP_A0_64(SCMP_CMP_NE, static_cast<scmp_datum_t>(::getpid())));
    filter.rule(SCMP_ACT_ERRNO(EPERM), "prlimit64", SCMP_A0_64(SCMP_CMP_NE, 0));
    refuseAdministration(filter);
    filter.rule(SCMP_ACT_ERRNO(ENOSYS), "clone3");
    // No processes and no namespaces: threads only.
    filter.rule(SCMP_ACT_ERRNO(EPERM), "clone", SCMP_A0_64(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
    filter.refuse({"fork", "vfork"});
    refuseOtherSockets(filter);
    return filter.load();
}

Result<void> filterGitCalls() {
    Filter filter(SCMP_ACT_ALLOW);
    filter.refuse(
        {"ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "pidfd_getfd"});
    refuseAdministration(filter);
    filter.rule(SCMP_ACT_ERRNO(ENOSYS), "clone3");
    // Processes, but no namespaces.
    for (const scmp_datum_t flag : {CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID,
                                    CLONE_NEWNET, CLONE_NEWCGROUP})
        filter.rule(SCMP_ACT_ERRNO(EPERM), "clone", SCMP_A0_64(SCMP_CMP_MASKED_EQ, flag, flag));
    refuseOtherSockets(filter);
    return filter.load();
}

Result<void> filterAgentCalls() {
    Filter filter(SCMP_ACT_ERRNO(EPERM));
    allowBasics(filter);
    filter.allow({"accept4", "connect", "shutdown", "sendto", "recvfrom"});
    filter.rule(SCMP_ACT_ALLOW, "socket", SCMP_A0_64(SCMP_CMP_EQ, AF_UNIX));
    return filter.load();
}

Result<void> filterDescribeCalls() {
    Filter filter(SCMP_ACT_ERRNO(EPERM));
    allowBasics(filter);
    return filter.load();
}

Result<void> filterBuildCalls() {
    Filter filter(SCMP_ACT_ERRNO(EPERM));
    allowBasics(filter);
    filter.allow({"pipe2"});
    return filter.load();
}

Result<void> filterArchiveCalls(bool opensFiles) {
    Filter filter(SCMP_ACT_ERRNO(EPERM));
    allowBasics(filter);
    filter.allow({"pread64", "newfstatat", "fcntl"});
    if (opensFiles)
        filter.allow({"openat", "openat2"});
    return filter.load();
}

Result<void> filterUnpackCalls() {
    Filter filter(SCMP_ACT_ERRNO(EPERM));
    allowBasics(filter);
    filter.allow({"openat", "openat2", "fstat", "newfstatat", "statx", "getdents64", "pwrite64", "ftruncate",
                  "fcntl", "mkdirat", "linkat", "symlinkat", "unlinkat", "fchown", "fchownat", "fchmod",
                  "fchmodat", "utimensat", "fsetxattr"});
    // No device but the 0/0 of a whiteout: bit 13 (S_IFCHR) needs number 0; block devices have no rule.
    filter.rule(SCMP_ACT_ALLOW, "mknodat", SCMP_A2_64(SCMP_CMP_MASKED_EQ, S_IFMT, S_IFCHR),
                SCMP_A3_64(SCMP_CMP_EQ, 0));
    filter.rule(SCMP_ACT_ALLOW, "mknodat", SCMP_A2_64(SCMP_CMP_MASKED_EQ, S_IFMT, S_IFIFO));
    return filter.load();
}

Result<void> filterImageCalls() {
    Filter filter(SCMP_ACT_ERRNO(EPERM));
    allowBasics(filter);
    filter.allow({"pread64", "pwrite64", "ftruncate", "newfstatat", "fcntl"});
    return filter.load();
}

Result<void> filterFilesCalls(bool writes) {
    Filter filter(SCMP_ACT_ERRNO(EPERM));
    allowReading(filter);
    if (writes) {
        filter.allow({"pwrite64", "ftruncate", "mkdirat", "linkat", "symlinkat", "unlinkat", "renameat",
                      "renameat2", "fchown", "fchownat", "fchmod", "utimensat", "fsetxattr",
                      "copy_file_range"});
        // Of devices overlayfs' whiteouts alone, which are none.
        filter.rule(SCMP_ACT_ALLOW, "mknodat", SCMP_A2_64(SCMP_CMP_MASKED_EQ, S_IFMT, S_IFCHR),
                    SCMP_A3_64(SCMP_CMP_EQ, 0));
        for (const mode_t type : {S_IFIFO, S_IFSOCK})
            filter.rule(SCMP_ACT_ALLOW, "mknodat", SCMP_A2_64(SCMP_CMP_MASKED_EQ, S_IFMT, type));
    }
    return filter.load();
}

Result<void> filterWatchCalls() {
    Filter filter(SCMP_ACT_ERRNO(EPERM));
    allowReading(filter);
    filter.allow({"inotify_init1", "inotify_add_watch", "inotify_rm_watch"});
    return filter.load();
}

} // namespace escale::worker
