#include "engine/runtime/plan/id_mapping.h"

#include "engine/base/file.h"
#include "engine/base/syscalls.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace escale {
namespace {

// Says that its namespace is there, and stays until we close our end.
[[noreturn]] void holdUserNamespace(int socket) {
    const int error = ::unshare(CLONE_NEWUSER) == 0 ? 0 : errno;
    sys::call(SYS_write, socket, &error, sizeof error);
    char byte = 0;
    sys::call(SYS_read, socket, &byte, 1);
    ::_exit(0);
}

Result<UniqueFd> mapAndOpen(pid_t pid, const std::vector<spec::IdMapping>& uids,
                            const std::vector<spec::IdMapping>& gids) {
    const std::string folder = "/proc/" + std::to_string(pid);
    TRY(writeExisting(folder + "/uid_map", idMapText(uids)));
    TRY(writeExisting(folder + "/gid_map", idMapText(gids)));
    return openFile(folder + "/ns/user", O_RDONLY);
}

} // namespace

std::string idMapText(const std::vector<spec::IdMapping>& mappings) {
    std::string text;
    for (const auto& mapping : mappings)
        text += std::to_string(mapping.containerId) + " " + std::to_string(mapping.hostId) + " " +
                std::to_string(mapping.size) + "\n";
    return text;
}

std::string idMapWords(const std::vector<spec::IdMapping>& mappings) {
    std::string text = idMapText(mappings);
    if (!text.empty())
        text.pop_back();
    std::replace(text.begin(), text.end(), ' ', ':');
    std::replace(text.begin(), text.end(), '\n', ',');
    return text;
}

Result<UniqueFd> makeUserNamespace(const std::vector<spec::IdMapping>& uids,
                                   const std::vector<spec::IdMapping>& gids) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return failErrno("cannot make a socket pair");
    UniqueFd ours(ends[0]);
    UniqueFd theirs(ends[1]);
    const pid_t pid = ::fork();
    if (pid < 0)
        return failErrno("cannot make a process for a user namespace");
    if (pid == 0) {
        ours.reset();
        holdUserNamespace(theirs.get());
    }
    theirs.reset();
    int error = EPIPE;
    Result<UniqueFd> made;
    if (::read(ours.get(), &error, sizeof error) != sizeof error || error != 0)
        made = fail(systemError(error, "cannot make a user namespace for an idmapped mount"));
    else
        made = mapAndOpen(pid, uids, gids);
    ours.reset();
    ::waitpid(pid, nullptr, 0);
    return made;
}

Result<void> idmapMount(int mount, int userNamespace, bool recursive) {
    mount_attr attributes{};
    attributes.attr_set = MOUNT_ATTR_IDMAP;
    attributes.userns_fd = static_cast<std::uint64_t>(userNamespace);
    const int result = sys::setMountAttributes(mount, recursive ? unsigned(AT_RECURSIVE) : 0U, attributes);
    if (result < 0)
        return fail(systemError(-result, "cannot map the ids of a mount")
                        .withHint("The file system it is on may not support idmapped mounts"));
    return {};
}

} // namespace escale
