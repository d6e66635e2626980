#include "helper/worker/sandbox.h"

#include "engine/base/unique_fd.h"
#include "helper/worker/landlock.h"
#include "helper/worker/seccomp_filter.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <grp.h>
#include <linux/securebits.h>
#include <memory>
#include <sched.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace escale::worker {
namespace {

constexpr uid_t kNobody = 65534; // nobody and nogroup on every Linux distribution: the kernel's overflow ids

Result<void> limit(__rlimit_resource resource, rlim_t value) {
    const rlimit both{value, value};
    if (::setrlimit(resource, &both) != 0)
        return failErrno("cannot set a resource limit");
    return {};
}

/// After the last change of ids: that clears the death signal. The pipe's or socket's end tells a worker too.
Result<void> dieWithTheHelper() {
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        return failErrno("cannot ask for the death signal");
    return {};
}

Result<void> becomeUser(uid_t user) {
    if (::setgroups(0, nullptr) != 0 || ::setresgid(kNobody, kNobody, kNobody) != 0 ||
        ::setresuid(user, user, user) != 0)
        return failErrno("cannot become another user");
    if (user != 0 && ::setresuid(0, 0, 0) == 0)
        return fail(ErrorCode::Internal, "the worker could get its privileges back");
    return {};
}

Result<void> giveUpGains() {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return failErrno("cannot give up new privileges");
    // Nobody else of the same user may attach to it or read its memory, where the credentials are.
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return failErrno("cannot forbid dumps");
    TRY(limit(RLIMIT_CORE, 0));
    return dieWithTheHelper();
}

Result<void> keepCapabilities(const std::vector<cap_value_t>& kept) {
    for (int capability = 0; CAP_IS_SUPPORTED(capability); ++capability) {
        if (cap_drop_bound(capability) != 0)
            return failErrno("cannot drop a capability from the bounding set");
    }
    if (::prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                                       SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED) != 0)
        return failErrno("cannot take the meaning from user 0");
    const std::unique_ptr<_cap_struct, int (*)(void*)> set(cap_init(), cap_free);
    if (!set)
        return failErrno("no memory for capabilities");
    const int count = static_cast<int>(kept.size());
    if (count > 0 && (cap_set_flag(set.get(), CAP_PERMITTED, count, kept.data(), CAP_SET) != 0 ||
                      cap_set_flag(set.get(), CAP_EFFECTIVE, count, kept.data(), CAP_SET) != 0))
        return failErrno("cannot choose capabilities");
    if (cap_set_proc(set.get()) != 0)
        return failErrno("cannot drop capabilities");
    return {};
}

/// User 0 of the user namespace that the descriptor names; of ours with -1.
Result<void> becomeRootOf(int userNamespace) {
    if (userNamespace >= 0 && ::setns(userNamespace, CLONE_NEWUSER) != 0)
        return failErrno("cannot take the container's ids");
    if (::setgroups(0, nullptr) != 0 || ::setresgid(0, 0, 0) != 0 || ::setresuid(0, 0, 0) != 0)
        return failErrno("cannot become the container's root");
    return {};
}

/// Below these folders, chrooted into the first, as user 0 with CAP_DAC_READ_SEARCH.
Result<void> confineReading(const std::vector<int>& folders) {
    if (!folders.empty() && (::fchdir(folders.front()) != 0 || ::chroot(".") != 0 || ::chdir("/") != 0))
        return failErrno("cannot enter the layer's folder");
    if (::setgroups(0, nullptr) != 0)
        return failErrno("cannot leave the groups");
    TRY(keepCapabilities({CAP_DAC_READ_SEARCH}));
    TRY(giveUpGains());
    TRY(allowOnlyReadingBelow(folders));
    return filterFilesCalls(false);
}

} // namespace

Result<void> allowManyFiles() {
    rlimit now{};
    if (::getrlimit(RLIMIT_NOFILE, &now) != 0)
        return failErrno("cannot read a resource limit");
    return limit(RLIMIT_NOFILE, std::min<rlim_t>(now.rlim_max, 65536));
}

void standBack() {
    constexpr int kProcess = 1;    // IOPRIO_WHO_PROCESS
    constexpr int kIdle = 3 << 13; // IOPRIO_CLASS_IDLE
    // Neither is worth failing for.
    (void)::setpriority(PRIO_PROCESS, 0, 19);
    (void)::syscall(SYS_ioprio_set, kProcess, 0, kIdle);
}

Result<void> confineFetch() {
    if (::chdir("/") != 0)
        return failErrno("cannot enter /");
    TRY(becomeUser(kNobody));
    TRY(giveUpGains());
    TRY(limit(RLIMIT_FSIZE, 0)); // sockets and pipes are not counted
    TRY(limit(RLIMIT_NOFILE, 256));
    // The system's libraries (name service), certificates, resolv.conf and hosts.
    TRY(allowOnlyReading({"/etc", "/usr", "/lib", "/lib64", "/run/systemd/resolve", "/run/resolvconf",
                          "/run/NetworkManager", "/dev/null", "/dev/urandom"}));
    return filterFetchCalls();
}

Result<void> confineDescribe() {
    if (::chdir("/") != 0)
        return failErrno("cannot enter /");
    TRY(becomeUser(kNobody));
    TRY(giveUpGains());
    TRY(limit(RLIMIT_FSIZE, 0));
    TRY(allowOnlyReading({}));
    return filterDescribeCalls();
}

Result<void> confineBuild() {
    constexpr rlim_t kLongestEvents = rlim_t{1} << 30;
    [[maybe_unused]] constexpr rlim_t kMostMemory = rlim_t{2} << 30;
    if (::chdir("/") != 0)
        return failErrno("cannot enter /");
    TRY(becomeUser(kNobody));
    TRY(giveUpGains());
    TRY(limit(RLIMIT_FSIZE, kLongestEvents));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // they map terabytes
    // A file of a megabyte can ask for variables, labels and stages of many gigabytes.
    TRY(limit(RLIMIT_DATA, kMostMemory));
#endif
    TRY(allowOnlyReading({}));
    return filterBuildCalls();
}

Result<void> confineArchive() {
    if (::chdir("/") != 0)
        return failErrno("cannot enter /");
    TRY(becomeUser(kNobody));
    TRY(giveUpGains());
    TRY(allowOnlyReading({}));
    return filterArchiveCalls(false);
}

Result<void> confineArchiveFolder(int folder, uid_t owner) {
    if (::fchdir(folder) != 0 || ::chroot(".") != 0 || ::chdir("/") != 0)
        return failErrno("cannot enter the layout's folder");
    TRY(becomeUser(owner));
    if (owner == 0)
        TRY(keepCapabilities({}));
    TRY(giveUpGains());
    TRY(limit(RLIMIT_FSIZE, 0)); // pipes are not counted
    TRY(allowOnlyReadingBelow({folder}));
    return filterArchiveCalls(true);
}

Result<void> confineRelay() {
    if (::chdir("/") != 0)
        return failErrno("cannot enter /");
    TRY(becomeUser(kNobody));
    TRY(giveUpGains());
    TRY(allowOnlyReading({}));
    return filterDescribeCalls();
}

Result<void> confineUnpack(int directory) {
    if (::fchdir(directory) != 0 || ::chroot(".") != 0 || ::chdir("/") != 0)
        return failErrno("cannot enter the layer's folder");
    if (::setgroups(0, nullptr) != 0)
        return failErrno("cannot leave the groups");
    TRY(keepCapabilities({CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_SETFCAP}));
    TRY(giveUpGains());
    // A descriptor of a folder outside, should one ever be left open, leads nowhere.
    TRY(allowOnlyBelow({directory}));
    return filterUnpackCalls();
}

Result<void> confineImage() {
    if (::chdir("/") != 0)
        return failErrno("cannot enter /");
    TRY(becomeUser(kNobody));
    TRY(giveUpGains());
    TRY(allowOnlyReading({}));
    return filterImageCalls();
}

Result<void> confineFiles(const FilesReach& reach) {
    TRY(allowManyFiles());
    ::umask(0); // named pipes are made with their modes
    if (::fchdir(reach.root) != 0 || ::chroot(".") != 0 || ::chdir("/") != 0)
        return failErrno("cannot enter the container's files");
    TRY(becomeRootOf(reach.userNamespace));
    if (reach.writes)
        TRY(keepCapabilities({CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_SETFCAP}));
    else
        TRY(keepCapabilities({CAP_DAC_READ_SEARCH}));
    TRY(giveUpGains());
    if (reach.writes)
        TRY(allowOnlyBelow({reach.root}, {reach.otherFolder}));
    else if (reach.otherFolder >= 0)
        TRY(allowOnlyReadingBelow({reach.root, reach.otherFolder}));
    else
        TRY(allowOnlyReadingBelow({reach.root}));
    return reach.writes    ? filterFilesCalls(true)
           : reach.watches ? filterWatchCalls()
                           : filterFilesCalls(false);
}

Result<void> confineSource(const SourceReach& reach) {
    TRY(allowManyFiles());
    ::umask(0); // files and named pipes are made with their modes
    if (::fchdir(reach.root) != 0 || ::chroot(".") != 0 || ::chdir("/") != 0)
        return failErrno("cannot enter the folder that is copied from");
    TRY(becomeRootOf(reach.userNamespace));
    const bool writes = !reach.writable.empty();
    if (writes)
        TRY(keepCapabilities({CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_SETFCAP}));
    else
        TRY(keepCapabilities({CAP_DAC_READ_SEARCH}));
    TRY(giveUpGains());
    if (writes)
        TRY(allowOnlyBelow(reach.writable, reach.readable));
    else
        TRY(allowOnlyReadingBelow(reach.readable));
    return filterFilesCalls(writes);
}

Result<void> confineGit(int folder, uid_t user) {
    constexpr rlim_t kLargestFile = 16ULL << 30U;
    constexpr rlim_t kMostMemory = 8ULL << 30U;
    if (user == 0)
        return fail(ErrorCode::Internal, "git does not run as root");
    TRY(becomeUser(user));
    TRY(giveUpGains());
    TRY(limit(RLIMIT_FSIZE, kLargestFile));
    TRY(limit(RLIMIT_DATA, kMostMemory)); // of each process
    TRY(limit(RLIMIT_NOFILE, 1024));
    // As confineFetch() has it: programs and libraries, certificates, resolv.conf and hosts.
    TRY(allowPrograms({"/etc", "/usr", "/bin", "/lib", "/lib64", "/run/systemd/resolve", "/run/resolvconf",
                       "/run/NetworkManager", "/dev/urandom"},
                      {"/dev/null"}, folder));
    return filterGitCalls();
}

Result<void> confineAgent(uid_t user) {
    if (::chdir("/") != 0)
        return failErrno("cannot enter /");
    TRY(becomeUser(user));
    if (user == 0)
        TRY(keepCapabilities({}));
    TRY(giveUpGains());
    TRY(limit(RLIMIT_FSIZE, 0));
    TRY(limit(RLIMIT_NOFILE, 256));
    TRY(allowOnlyReading({}));
    return filterAgentCalls();
}

Result<void> confineMount() {
    if (::chdir("/") != 0)
        return failErrno("cannot enter /");
    TRY(keepCapabilities({CAP_SYS_ADMIN, CAP_DAC_READ_SEARCH, CAP_SETUID, CAP_SETGID}));
    return giveUpGains();
}

Result<void> confineLayers(const std::vector<UniqueFd>& layers) {
    TRY(limit(RLIMIT_FSIZE, 0)); // pipes are not counted
    std::vector<int> folders;
    for (const UniqueFd& layer : layers)
        folders.push_back(layer.get());
    return confineReading(folders);
}

Result<void> confinePack(int layer) {
    return confineReading({layer});
}

} // namespace escale::worker
