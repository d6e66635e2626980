#include "engine/base/user_namespace.h"

#include "engine/base/file.h"
#include "engine/base/revert.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sched.h>
#include <string>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

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

Result<UniqueFd> makeUserNamespace(const std::string& uidMap, const std::string& gidMap) {
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
    TRY(writeExisting(process + "/uid_map", uidMap));
    TRY(writeExisting(process + "/gid_map", gidMap));
    return openFile(process + "/ns/user", O_RDONLY);
}

Result<UniqueFd> makeUserNamespace(std::uint32_t base) {
    const std::string map = "0 " + std::to_string(base) + " " + std::to_string(kIdRangeSize);
    return makeUserNamespace(map, map);
}

namespace {

// Ids that nobody has: systemd.io/UIDS-GIDS calls them the land of the lions.
constexpr std::uint64_t kOthers = 0x80000000;
constexpr std::uint64_t kEnd = kOthers - 1; // of those that have a place: the last id of all is none

// The lines of a map: `own` on the disk is `base`, the container's root; the range's other ids are as they
// are; all others become ids that are in no user namespace. They must be shown as something: the kernel
// refuses to write to what has an id without a place, as /tmp would be.
std::string ownersMap(std::uint64_t own, std::uint64_t ownCount, std::uint64_t base) {
    const auto line = [](std::uint64_t disk, std::uint64_t shown, std::uint64_t count) {
        return count == 0
                   ? std::string()
                   : std::to_string(disk) + ' ' + std::to_string(shown) + ' ' + std::to_string(count) + '\n';
    };
    const auto others = [&line](std::uint64_t from, std::uint64_t to) {
        return from < to ? line(from, kOthers + from, to - from) : std::string();
    };
    struct Part {
        std::uint64_t disk, shown, count;
    };
    std::array<Part, 2> parts{
        Part{own, base, ownCount},
        // Root's own ids fill the range; whatever has one of the range on the disk is some other's then.
        ownCount > 1 ? Part{kEnd, 0, 0} : Part{base + 1, base + 1, kIdRangeSize - 1}};
    if (parts[1].disk < parts[0].disk)
        std::swap(parts[0], parts[1]);
    std::string map;
    std::uint64_t next = 0;
    for (const auto& [disk, shown, count] : parts) {
        map += others(next, disk) + line(disk, shown, count);
        next = disk + count;
    }
    return map + others(next, kEnd);
}

} // namespace

Result<UniqueFd> makeOwnersNamespace(uid_t uid, gid_t gid, std::uint32_t base) {
    if (uid == 0) {
        const std::string map = ownersMap(0, kIdRangeSize, base);
        return makeUserNamespace(map, map);
    }
    return makeUserNamespace(ownersMap(uid, 1, base), ownersMap(gid, 1, base));
}

} // namespace escale
