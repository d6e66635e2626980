// Mounts, looks at or unmounts another file system. Every call here may wait for a server that is dead: the
// helper waits no longer than it wants, and kills this process.
#include "engine/base/file.h"
#include "engine/base/mount.h"
#include "engine/base/user_namespace.h"
#include "helper/worker/jobs.h"
#include "helper/worker/mount_protocol.h"
#include "helper/worker/nfs_mount.h"
#include "helper/worker/sandbox.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <grp.h>
#include <linux/mount.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace escale::worker {
namespace {

bool isNfs(const std::string& type) {
    return type == "nfs" || type == "nfs4";
}

bool isAddress(const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

/// In the child: nobody, before it reads an answer.
void lookUp(const std::string& host, int output) {
    if (!confineFetch())
        return;
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0 || found == nullptr)
        return;
    std::array<char, 256> text{};
    if (::getnameinfo(found->ai_addr, found->ai_addrlen, text.data(), text.size(), nullptr, 0,
                      NI_NUMERICHOST) == 0)
        (void)writeAll(output, text.data(), "an address");
}

/// Of a server. The answers of name servers are read by a process without privileges.
Result<std::string> addressOf(const std::string& host) {
    if (isAddress(host))
        return host;
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    const UniqueFd readEnd(ends[0]);
    UniqueFd writeEnd(ends[1]);
    const pid_t child = ::fork();
    if (child < 0)
        return failErrno("cannot start a process that looks names up");
    if (child == 0) {
        lookUp(host, writeEnd.get());
        ::_exit(0);
    }
    writeEnd.reset();
    auto address = readFd(readEnd.get(), 256);
    ::waitpid(child, nullptr, 0);
    TRY(address);
    if (!isAddress(*address))
        return fail(ErrorCode::Unreachable, "the server " + host + " is not known",
                    "Check its name, or write its address.");
    return address;
}

struct AttributeOf {
    unsigned long flag; // MS_*
    std::uint64_t attribute;
};
constexpr std::array kAttributes{AttributeOf{MS_RDONLY, MOUNT_ATTR_RDONLY},
                                 AttributeOf{MS_NOSUID, MOUNT_ATTR_NOSUID},
                                 AttributeOf{MS_NODEV, MOUNT_ATTR_NODEV},
                                 AttributeOf{MS_NOEXEC, MOUNT_ATTR_NOEXEC},
                                 AttributeOf{MS_NOATIME, MOUNT_ATTR_NOATIME},
                                 AttributeOf{MS_NODIRATIME, MOUNT_ATTR_NODIRATIME},
                                 AttributeOf{MS_STRICTATIME, MOUNT_ATTR_STRICTATIME}};
struct FlagOf {
    unsigned long flag;
    const char* name;
};
constexpr std::array kSuperblockFlags{FlagOf{MS_RDONLY, "ro"},       FlagOf{MS_SYNCHRONOUS, "sync"},
                                      FlagOf{MS_DIRSYNC, "dirsync"}, FlagOf{MS_LAZYTIME, "lazytime"},
                                      FlagOf{MS_MANDLOCK, "mand"},   FlagOf{MS_I_VERSION, "iversion"}};

std::uint64_t attributesOf(unsigned long flags) {
    std::uint64_t attributes = 0;
    for (const auto& [flag, attribute] : kAttributes) {
        if ((flags & flag) != 0)
            attributes |= attribute;
    }
    return attributes;
}

/// What the kernel has logged of the attempt ("e nfs: Bad mount option value specified").
std::string kernelSays(int context) {
    std::string all;
    std::array<char, 512> line{};
    for (ssize_t size = 0; (size = ::read(context, line.data(), line.size())) > 0;) {
        std::string text(line.data(), static_cast<std::size_t>(size));
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        if (text.size() > 2)
            all += (all.empty() ? " (" : "; ") + text.substr(2);
    }
    return all.empty() ? all : all + ")";
}

Error reasonOf(int number, int context, const std::string& what) {
    Error error = systemError(number, "cannot mount " + what);
    error.message += kernelSays(context);
    switch (number) {
    case ETIMEDOUT:
    case EHOSTUNREACH:
    case ENETUNREACH:
    case EHOSTDOWN:
    case ECONNREFUSED:
    case ECONNRESET:
        error.code = ErrorCode::Unreachable;
        error.hint = "Check whether the server runs, and whether this machine reaches it.";
        break;
    case EACCES:
    case EPERM:
        error.code = ErrorCode::PermissionDenied;
        error.hint = "The server refuses it: look at what it exports, and to whom.";
        break;
    case ENOENT:
    case ENOTDIR:
        error.hint = "Check the path, or the device.";
        break;
    case EINVAL:
        error.code = ErrorCode::InvalidArgument;
        error.hint = "Check the type and the options.";
        break;
    case ENOTBLK:
        error.code = ErrorCode::InvalidArgument;
        error.hint = "Name a block device, as /dev/sdb1; for a file, make a loop device with losetup(8).";
        break;
    default:
        break;
    }
    return error;
}

struct Attempt {
    Result<UniqueFd> mount;
    int number = 0; // errno
};

Attempt attempt(const std::string& type, const std::string& source, const std::vector<MountOption>& options,
                unsigned long flags) {
    const UniqueFd context(static_cast<int>(::syscall(SYS_fsopen, type.c_str(), FSOPEN_CLOEXEC)));
    if (!context && errno == ENODEV)
        return {fail(ErrorCode::Unsupported, "this kernel has no file system \"" + type + "\"",
                     "Its module may have to be installed."),
                ENODEV};
    if (!context)
        return {failErrno("cannot mount a file system " + type), errno};
    const auto set = [&](unsigned command, const char* name, const char* value) {
        return ::syscall(SYS_fsconfig, context.get(), command, name, value, 0) == 0;
    };
    bool isSet = source.empty() || set(FSCONFIG_SET_STRING, "source", source.c_str());
    for (const auto& [flag, name] : kSuperblockFlags)
        isSet = isSet && ((flags & flag) == 0 || set(FSCONFIG_SET_FLAG, name, nullptr));
    for (const auto& option : options) {
        isSet = isSet && (option.value ? set(FSCONFIG_SET_STRING, option.name.c_str(), option.value->c_str())
                                       : set(FSCONFIG_SET_FLAG, option.name.c_str(), nullptr));
    }
    if (!isSet || !set(FSCONFIG_CMD_CREATE, nullptr, nullptr)) {
        const int number = errno;
        return {fail(reasonOf(number, context.get(), source.empty() ? type : source)), number};
    }
    UniqueFd mount(
        static_cast<int>(::syscall(SYS_fsmount, context.get(), FSMOUNT_CLOEXEC, attributesOf(flags))));
    if (!mount) {
        const int number = errno;
        return {fail(reasonOf(number, context.get(), source.empty() ? type : source)), number};
    }
    return {std::move(mount), 0};
}

/// Whether the server speaks another version perhaps.
bool isOfVersion(int number) {
    return number == EPROTONOSUPPORT || number == EOPNOTSUPP || number == EPROTO || number == EINVAL;
}

Result<UniqueFd> mountNfs(const MountRequest& request, const MountOptions& options,
                          const std::string& address) {
    TRY_ASSIGN(const NfsMount plan,
               planNfs(request.type, request.device, options, exists("/run/rpc.statd.pid")));
    Result<UniqueFd> mounted = fail(ErrorCode::InvalidArgument, "no version of NFS is asked for");
    for (auto tried : plan.tries) {
        const bool isOld = tried == plan.tries.back() && plan.tries.size() > 1 &&
                           std::any_of(tried.begin(), tried.end(), [](const auto& one) {
                               return one.name == "vers" && one.value == "3";
                           });
        tried.push_back({"addr", address});
        auto done = attempt("nfs", plan.source, tried, options.flags);
        // The first error counts: what version 3 says of a server that speaks 4 alone misleads.
        if (done.mount || !isOld)
            mounted = std::move(done.mount);
        // ENOENT: a server without version 4's tree; ECONNREFUSED: one that listens elsewhere.
        const bool mayBeOlder =
            isOfVersion(done.number) || done.number == ENOENT || done.number == ECONNREFUSED;
        if (mounted || !mayBeOlder)
            break;
    }
    return mounted;
}

Result<UniqueFd> makeMount(const MountRequest& request, const std::string& address) {
    TRY_ASSIGN(const MountOptions options, parseMountOptions(request.options));
    if (isNfs(request.type))
        return mountNfs(request, options, address);
    return attempt(request.type, request.device, options.forKernel, options.flags).mount;
}

/// By root of these ids, which may be shifted: asked by a process that is it, so that a server tells what it
/// thinks of it.
bool isWritable(int mount, int userNamespace) {
    if (userNamespace >= 0)
        (void)mapMount(mount, userNamespace, 0, "the file system"); // one that cannot is shown as it is
    const pid_t child = ::fork();
    if (child == 0) {
        if (userNamespace >= 0 && ::setns(userNamespace, CLONE_NEWUSER) != 0)
            ::_exit(2);
        if (::setgroups(0, nullptr) != 0 || ::setresgid(0, 0, 0) != 0 || ::setresuid(0, 0, 0) != 0)
            ::_exit(2);
        ::_exit(::faccessat(mount, ".", W_OK | X_OK, 0) == 0 ? 0 : 1);
    }
    int status = 0;
    return child > 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

Result<MountAnswer> look(int mount, int userNamespace) {
    MountAnswer answer;
    struct statvfs space {};
    struct stat info {};
    if (::fstatvfs(mount, &space) != 0 || ::fstat(mount, &info) != 0)
        return failErrno("cannot look at the file system");
    answer.total = std::uint64_t{space.f_blocks} * space.f_frsize;
    answer.free = std::uint64_t{space.f_bavail} * space.f_frsize;
    answer.uid = info.st_uid;
    answer.gid = info.st_gid;
    answer.mode = info.st_mode;
    answer.isWritable = (space.f_flag & ST_RDONLY) == 0 && isWritable(mount, userNamespace);
    return answer;
}

bool isMounted(const std::string& target) {
    const auto table = readFile("/proc/self/mountinfo");
    return !table || table->find(" " + target + " ") != std::string::npos;
}

/// It is gone from its place at once; that the file system says good-bye to a dead server takes its time,
/// which a child spends.
Result<void> unmount(const std::string& target) {
    const pid_t child = ::fork();
    if (child < 0)
        return failErrno("cannot start a process that unmounts " + target);
    if (child == 0)
        ::_exit(::umount2(target.c_str(), MNT_DETACH | UMOUNT_NOFOLLOW) == 0 ? 0 : errno);
    for (;;) {
        int status = 0;
        if (::waitpid(child, &status, WNOHANG) == child) {
            const int number = WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
            // EINVAL: nothing is mounted there any more.
            if (number != 0 && number != EINVAL && number != ENOENT)
                return fail(systemError(number, "cannot unmount " + target));
            return {};
        }
        if (!isMounted(target)) {
            ::kill(child, SIGKILL);
            return {};
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

Result<MountAnswer> perform(const MountRequest& request, const MountPreparation& prepared) {
    MountAnswer answer;
    switch (request.action) {
    case MountRequest::Action::Mount: {
        TRY_ASSIGN(const UniqueFd mount, makeMount(request, prepared.address));
        TRY(attachMount(mount.get(), request.target));
        break;
    }
    case MountRequest::Action::Test: {
        TRY_ASSIGN(const UniqueFd mount, makeMount(request, prepared.address));
        return look(mount.get(), prepared.userNamespace.get());
    }
    case MountRequest::Action::Open: {
        TRY_ASSIGN(answer.mount, cloneMount(request.target));
        TRY(mapMount(answer.mount.get(), -1, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, request.target));
        // What is known of its root may be of a server that is dead by now: this asks it.
        struct statvfs space {};
        if (::fstatvfs(answer.mount.get(), &space) != 0)
            return failErrno("cannot look at " + request.target);
        break;
    }
    case MountRequest::Action::Unmount:
        TRY(unmount(request.target));
        break;
    }
    return answer;
}

} // namespace

Result<MountPreparation> prepareMount(const MountRequest& request) {
    MountPreparation prepared;
    const bool makes =
        request.action == MountRequest::Action::Mount || request.action == MountRequest::Action::Test;
    if (makes && isNfs(request.type)) {
        TRY_ASSIGN(const MountOptions options, parseMountOptions(request.options));
        TRY_ASSIGN(const NfsMount plan, planNfs(request.type, request.device, options, false));
        TRY_ASSIGN(prepared.address, addressOf(plan.host));
    }
    if (request.action == MountRequest::Action::Test && request.root != 0) {
        TRY_ASSIGN(prepared.userNamespace, makeUserNamespace(request.root));
    }
    return prepared;
}

Result<void> mountVolume(const MessageChannel& channel, const MountRequest& request,
                         const MountPreparation& prepared) {
    TRY_ASSIGN(const MountAnswer answer, perform(request, prepared));
    return sendMounted(channel, answer);
}

} // namespace escale::worker
