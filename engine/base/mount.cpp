#include "engine/base/mount.h"

#include "engine/base/user_namespace.h"

#include <cerrno>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale {

Result<UniqueFd> cloneMount(int directory, const std::string& path, bool recursive) {
    const unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH |
                           (recursive ? static_cast<unsigned>(AT_RECURSIVE) : 0U);
    UniqueFd tree(static_cast<int>(::syscall(SYS_open_tree, directory, path.c_str(), flags)));
    if (!tree)
        return failErrno("cannot clone the mount of " + (path.empty() ? "a descriptor" : path));
    return tree;
}

Result<UniqueFd> cloneMount(const std::string& path) {
    return cloneMount(AT_FDCWD, path);
}

Result<void> attachMount(int mount, const std::string& target) {
    if (::syscall(SYS_move_mount, mount, "", AT_FDCWD, target.c_str(), MOVE_MOUNT_F_EMPTY_PATH) != 0)
        return failErrno("cannot mount at " + target);
    return {};
}

Result<void> mapMount(int mount, int userNamespace, std::uint64_t attributes, const std::string& what) {
    mount_attr attribute{};
    attribute.attr_set = attributes;
    attribute.propagation = MS_PRIVATE;
    if (userNamespace >= 0) {
        attribute.attr_set |= MOUNT_ATTR_IDMAP;
        attribute.userns_fd = static_cast<std::uint64_t>(userNamespace);
    }
    if (::syscall(SYS_mount_setattr, mount, "", AT_EMPTY_PATH, &attribute, sizeof attribute) == 0)
        return {};
    const int number = errno;
    Error error = systemError(number, "cannot shift the ids of " + what);
    if (number == EINVAL || number == ENOSYS) {
        error.code = ErrorCode::Unsupported;
        error.withHint("The file system that holds it must support idmapped mounts: "
                       "ext4, XFS, Btrfs or tmpfs on Linux 6.1 or newer do (tmpfs: 6.3).");
    }
    return fail(std::move(error));
}

Result<void> shiftMount(int mount, std::uint32_t base, std::uint64_t attributes, const std::string& what) {
    UniqueFd space;
    if (base != 0) {
        TRY_ASSIGN(space, makeUserNamespace(base));
    }
    return mapMount(mount, space.get(), attributes, what);
}

Result<bool> isMountPoint(const std::string& path) {
    struct statx info {};
    if (::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_MODE, &info) != 0)
        return failErrno("cannot look at " + path);
    return (info.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

} // namespace escale
