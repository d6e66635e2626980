#include "engine/container/idmapped_layers.h"

#include "engine/base/file.h"
#include "engine/container/rootfs.h"
#include "engine/container/user_namespace.h"

#include <cerrno>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale {
namespace {

Result<void> mountShifted(const std::string& source, const std::string& target, std::uint32_t base) {
    TRY_ASSIGN(const UniqueFd space, makeUserNamespace(base));
    const UniqueFd tree(static_cast<int>(
        ::syscall(SYS_open_tree, AT_FDCWD, source.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC)));
    if (!tree)
        return failErrno("cannot clone the mount of " + source);
    mount_attr attributes{};
    // Nobody but overlay reads through it: read-only, and no file of an image is a device or set-id program
    // out here.
    attributes.attr_set = MOUNT_ATTR_IDMAP | MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOSUID;
    attributes.propagation = MS_PRIVATE;
    attributes.userns_fd = static_cast<std::uint64_t>(space.get());
    if (::syscall(SYS_mount_setattr, tree.get(), "", AT_EMPTY_PATH, &attributes, sizeof attributes) != 0) {
        const int number = errno;
        Error error = systemError(number, "cannot shift the ids of " + source);
        if (number == EINVAL || number == ENOSYS) {
            error.code = ErrorCode::Unsupported;
            error.withHint("The file system that holds the state folder must support idmapped mounts: "
                           "ext4, XFS, Btrfs or tmpfs on Linux 6.1 or newer do (tmpfs: 6.3).");
        }
        return fail(std::move(error));
    }
    if (::syscall(SYS_move_mount, tree.get(), "", AT_FDCWD, target.c_str(), MOVE_MOUNT_F_EMPTY_PATH) != 0)
        return failErrno("cannot mount the shifted layers at " + target);
    return {};
}

} // namespace

Result<std::string> IdmappedLayers::acquire(std::uint32_t base, const std::string& user) {
    const std::lock_guard lock(m_mutex);
    const std::string target = m_mountFolder + "/" + std::to_string(base);
    auto& users = m_users[base];
    if (users.empty()) {
        TRY(makeDirectories(target, 0700));
        TRY_ASSIGN(const bool mounted, isMountPoint(target));
        if (!mounted) {
            if (auto done = mountShifted(m_layersFolder, target, base); !done) {
                ::rmdir(target.c_str());
                return fail(std::move(done).error());
            }
        }
    }
    users.insert(user);
    return target;
}

Result<void> IdmappedLayers::release(std::uint32_t base, const std::string& user) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_users.find(base);
    if (found == m_users.end() || found->second.erase(user) == 0 || !found->second.empty())
        return {};
    m_users.erase(found);
    return unmount(std::to_string(base));
}

Result<void> IdmappedLayers::removeUnused() {
    const std::lock_guard lock(m_mutex);
    if (!exists(m_mountFolder))
        return {};
    TRY_ASSIGN(const auto names, listDirectory(m_mountFolder));
    for (const auto& name : names) {
        bool used = false;
        for (const auto& [base, users] : m_users)
            used = used || (name == std::to_string(base) && !users.empty());
        if (!used)
            TRY(unmount(name));
    }
    return {};
}

Result<void> IdmappedLayers::unmount(const std::string& name) {
    const std::string target = m_mountFolder + "/" + name;
    // EINVAL: not a mount point. Detached lazily when busy: a lookup from outside must not keep an owner's
    // mount for ever.
    if (::umount2(target.c_str(), UMOUNT_NOFOLLOW) != 0 && errno != EINVAL && errno != ENOENT) {
        if (errno != EBUSY || ::umount2(target.c_str(), UMOUNT_NOFOLLOW | MNT_DETACH) != 0)
            return failErrno("cannot unmount " + target);
    }
    if (::rmdir(target.c_str()) != 0 && errno != ENOENT)
        return failErrno("cannot remove " + target);
    return {};
}

} // namespace escale
