#include "engine/network/dns/confine.h"

#include "engine/base/unique_fd.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <grp.h>
#include <linux/landlock.h>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale::dns {
namespace {

constexpr uid_t kNobody = 65534;     // the kernel's overflow id
constexpr rlim_t kMostFiles = 16384; // four for each network, and what waits
constexpr rlim_t kMostMemory = 256u << 20;

Result<void> limit(__rlimit_resource resource, rlim_t most) {
    rlimit both{};
    if (::getrlimit(resource, &both) != 0)
        return failErrno("cannot read a resource limit");
    both.rlim_max = std::min(both.rlim_max, most);
    both.rlim_cur = both.rlim_max;
    if (::setrlimit(resource, &both) != 0)
        return failErrno("cannot set a resource limit");
    return {};
}

// Since version 4 of the interface, Linux 6.7; Debian 12's header has version 2.
struct NetworkRules {
    std::uint64_t handledFiles = 0;
    std::uint64_t handledNetwork = 0;
};
struct PortRule {
    std::uint64_t allowed = 0;
    std::uint64_t port = 0;
};
constexpr std::uint64_t kBindTcp = 1U << 0;
constexpr std::uint64_t kConnectTcp = 1U << 1;
constexpr int kPortRule = 2; // LANDLOCK_RULE_NET_PORT

/// By TCP it may reach name servers, and none of what else listens on this machine.
Result<void> connectToNameServersOnly() {
    if (::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) < 4)
        return {};
    const NetworkRules handled{.handledNetwork = kBindTcp | kConnectTcp};
    const UniqueFd rules(
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0)));
    const PortRule nameServers{kConnectTcp, 53};
    if (!rules || ::syscall(SYS_landlock_add_rule, rules.get(), kPortRule, &nameServers, 0) != 0 ||
        ::syscall(SYS_landlock_restrict_self, rules.get(), 0) != 0)
        return failErrno("cannot restrict where to connect");
    return {};
}

} // namespace

Result<void> becomeNobodyHere() {
    TRY(limit(RLIMIT_NOFILE, kMostFiles));
    TRY(limit(RLIMIT_DATA, kMostMemory));
    TRY(limit(RLIMIT_CORE, 0));
    if (::chroot(".") != 0 || ::chdir("/") != 0)
        return failErrno("cannot make the empty folder the root");
    for (unsigned long capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
        if (::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0)
            return failErrno("cannot drop a capability from the bounding set");
    }
    // With the last user id of root's go all capabilities.
    if (::setgroups(0, nullptr) != 0 || ::setresgid(kNobody, kNobody, kNobody) != 0 ||
        ::setresuid(kNobody, kNobody, kNobody) != 0)
        return failErrno("cannot become nobody");
    if (::setresuid(0, 0, 0) == 0)
        return fail(ErrorCode::Internal, "the name server could get its privileges back");
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return failErrno("cannot give up new privileges");
    return connectToNameServersOnly();
}

Result<void> allowOnlySockets() {
    const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_KILL_PROCESS),
                                                                  seccomp_release);
    if (!filter)
        return fail(systemError(ENOMEM, "cannot make a seccomp filter"));
    int error = 0;
    const auto allow = [&](const char* name, auto... conditions) {
        const int number = seccomp_syscall_resolve_name(name);
        if (error == 0 && number >= 0) // else not a call of this architecture
            error =
                seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, number, sizeof...(conditions), conditions...);
    };
    for (const char* name :
         {"epoll_wait",     "epoll_pwait",  "epoll_ctl",       "recvfrom",      "recvmsg",
          "sendto",         "sendmsg",      "accept4",         "connect",       "getsockopt",
          "read",           "write",        "writev",          "close",         "fstat",
          "newfstatat",     "lseek",        "getrandom",       "clock_gettime", "brk",
          "munmap",         "mremap",       "madvise",         "futex",         "rt_sigaction",
          "rt_sigprocmask", "rt_sigreturn", "restart_syscall", "getpid",        "gettid",
          "exit",           "exit_group"})
        allow(name);
    for (const int family : {AF_INET, AF_INET6})
        allow("socket", SCMP_A0_64(SCMP_CMP_EQ, static_cast<scmp_datum_t>(family)));
    for (const char* name : {"mmap", "mprotect"})
        allow(name, SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    allow("tgkill", SCMP_A0_64(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()))); // abort(3)
    if (error == 0)
        error = seccomp_load(filter.get());
    if (error != 0)
        return fail(systemError(-error, "cannot install the seccomp filter"));
    return {};
}

} // namespace escale::dns
