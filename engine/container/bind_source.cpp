#include "engine/container/bind_source.h"

#include "engine/base/mount.h"
#include "engine/base/syscalls.h"
#include "engine/base/user_namespace.h"

#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace escale {
namespace {

std::string nameOf(const MountSpec& mount) {
    return "the source " + mount.source + " of the mount at " + mount.target;
}

Result<std::string> pathOf(int fd) {
    std::array<char, 4097> path{};
    const auto link = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
    if (size < 0 || static_cast<std::size_t>(size) >= path.size())
        return failErrno("cannot tell where a descriptor leads");
    return std::string(path.data(), static_cast<std::size_t>(size));
}

// Nobody that serves the file system is asked: they may never answer.
Result<struct statx> identityOf(int fd) {
    struct statx info {};
    if (::statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE | STATX_INO | STATX_MNT_ID, &info) !=
        0)
        return failErrno("cannot look at a descriptor");
    return info;
}

bool isSame(const struct statx& one, const struct statx& other) {
    return one.stx_dev_major == other.stx_dev_major && one.stx_dev_minor == other.stx_dev_minor &&
           one.stx_ino == other.stx_ino && one.stx_mnt_id == other.stx_mnt_id;
}

// A folder is of use to whoever may search it, anything else to whoever may read or write it.
Result<void> checkUse(const UserCredentials& owner, int fd, const MountSpec& mount) {
    TRY_ASSIGN(const auto info, identityOf(fd));
    const std::string what = nameOf(mount);
    const mode_t type = info.stx_mode & S_IFMT;
    if (type != S_IFDIR && type != S_IFREG && type != S_IFSOCK && type != S_IFIFO)
        return fail(ErrorCode::InvalidArgument, what + " is neither a folder, a file, a socket nor a pipe",
                    type == S_IFCHR || type == S_IFBLK ? "Devices are given by the option devices." : "");
    const std::string refused = what + " is not yours to use";
    auto may = checkAccessAsUser(owner, fd, type == S_IFDIR ? X_OK : R_OK, refused);
    if (!may && type != S_IFDIR)
        may = checkAccessAsUser(owner, fd, W_OK, refused);
    return may;
}

Result<UniqueFd> openAsOwner(const UserCredentials& owner, const MountSpec& mount) {
    auto fd = openAsUser(owner, mount.source, O_PATH);
    if (fd)
        return fd;
    Error error = std::move(fd).error().prefixed(nameOf(mount));
    if (error.code == ErrorCode::NotFound)
        error.withHint("Make it first, or ask for a missing source to be made (bind-create-src).");
    return fail(std::move(error));
}

Result<UniqueFd> openOrMake(const UserCredentials& owner, const MountSpec& mount) {
    auto fd = openAsOwner(owner, mount);
    if (fd || fd.error().code != ErrorCode::NotFound || !mount.createSource)
        return fd;
    if (auto made = makeFolderAsUser(owner, mount.source); !made)
        return fail(std::move(made).error().prefixed("cannot make " + nameOf(mount)));
    return openAsOwner(owner, mount);
}

std::uint64_t propagationOf(const MountSpec& mount) {
    const std::string_view word = mount.propagation;
    return word == "slave" || word == "rslave"     ? std::uint64_t(MS_SLAVE)
           : word == "shared" || word == "rshared" ? std::uint64_t(MS_SHARED)
                                                   : std::uint64_t(MS_PRIVATE);
}

Result<void> setAttributes(int tree, std::uint64_t set, std::uint64_t propagation, bool isRecursive,
                           int userNamespace, const MountSpec& mount) {
    mount_attr attributes{};
    attributes.attr_set = set;
    attributes.propagation = propagation;
    if (userNamespace >= 0) {
        attributes.attr_set |= MOUNT_ATTR_IDMAP;
        attributes.userns_fd = static_cast<std::uint64_t>(userNamespace);
    }
    const int done = sys::setMountAttributes(tree, isRecursive ? unsigned(AT_RECURSIVE) : 0U, attributes);
    if (done < 0)
        return fail(systemError(-done, "cannot set the flags of " + nameOf(mount)));
    return {};
}

} // namespace

Result<std::string> checkBindSource(const UserCredentials& owner, int fd, const MountSpec& mount) {
    TRY_ASSIGN(std::string path, pathOf(fd));
    TRY_ASSIGN(const auto passed, identityOf(fd));
    MountSpec found = mount;
    found.source = path;
    // Also what was made in a mount namespace of the caller's own: it is not what stands there here.
    const auto here = path.starts_with('/') ? openAsUser(owner, path, O_PATH | O_NOFOLLOW)
                                            : Result<UniqueFd>(fail(ErrorCode::NotFound, "it has no path"));
    if (!here)
        return fail(Error(here.error()).prefixed("the descriptor passed for " + nameOf(mount)));
    TRY_ASSIGN(const auto standing, identityOf(here->get()));
    if (!isSame(passed, standing))
        return fail(ErrorCode::InvalidArgument,
                    "the descriptor passed for " + nameOf(mount) + " is not what stands at " + path,
                    "Open it anew, outside of a sandbox with mounts of its own.");
    TRY(checkUse(owner, here->get(), found));
    return path;
}

Result<std::string> findBindSource(const UserCredentials& owner, const MountSpec& mount) {
    TRY_ASSIGN(const UniqueFd fd, openOrMake(owner, mount));
    TRY(checkUse(owner, fd.get(), mount));
    return pathOf(fd.get());
}

Result<UniqueFd> openBindSource(const UserCredentials& owner, const MountSpec& mount) {
    TRY_ASSIGN(UniqueFd fd, openOrMake(owner, mount));
    TRY_ASSIGN(const std::string path, pathOf(fd.get()));
    if (path != mount.source)
        return fail(ErrorCode::WrongState, nameOf(mount) + " leads to " + path + " now",
                    "Make the container again, with that path as the source.");
    TRY(checkUse(owner, fd.get(), mount));
    return fd;
}

Result<UniqueFd> showBindSource(const UserCredentials& owner, int source, const MountSpec& mount,
                                std::uint32_t idBase, bool& asItIs) {
    auto tree = cloneMount(source, "", mount.recursive);
    if (!tree)
        return fail(std::move(tree).error().prefixed(nameOf(mount)));
    // Never "rw", and no flag is taken away: what is read-only here stays so.
    const std::uint64_t always = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
    const std::uint64_t readOnly = mount.readOnly ? std::uint64_t(MOUNT_ATTR_RDONLY) : 0;
    const bool isWritableBelow = mount.recursiveReadOnly == "writable";
    TRY(setAttributes(tree->get(), always | (isWritableBelow ? 0 : readOnly), propagationOf(mount),
                      mount.recursive, -1, mount));
    TRY(setAttributes(tree->get(), always | readOnly, 0, false, -1, mount));
    asItIs = false;
    if (idBase == 0)
        return tree;
    TRY_ASSIGN(const UniqueFd space, makeOwnersNamespace(owner.uid, owner.gid, idBase));
    // All of them, or what was asked for alone: something below that cannot (a FUSE mount in a home folder)
    // must not keep the rest from it.
    auto mapped = setAttributes(tree->get(), 0, 0, mount.recursive, space.get(), mount);
    if (!mapped && mount.recursive)
        mapped = setAttributes(tree->get(), 0, 0, false, space.get(), mount);
    asItIs = !mapped;
    return tree;
}

} // namespace escale
