#include "engine/runtime/plan/prepared_mount.h"

#include "engine/base/file.h"
#include "engine/base/syscalls.h"

#include <cstdio>
#include <fcntl.h>
#include <sys/sysmacros.h>

namespace escale {
namespace {

Result<void> setAttributes(const PreparedMount& prepared, const std::string& path, std::uint64_t set,
                           std::uint64_t clear, std::uint64_t propagation, bool recursive) {
    mount_attr attributes{};
    attributes.attr_set = set;
    attributes.attr_clr = clear;
    attributes.propagation = propagation;
    const int result =
        sys::setMountAttributes(prepared.mount.get(), recursive ? unsigned(AT_RECURSIVE) : 0U, attributes);
    if (result < 0)
        return fail(systemError(-result, "cannot set the mount flags of " + path));
    return {};
}

// /proc/<pid>/fd/<n>: how an engine passes a mount that it has prepared, and that stands in no namespace.
bool namesDescriptor(const std::string& path) {
    unsigned pid = 0;
    unsigned fd = 0;
    int length = 0;
    return std::sscanf(path.c_str(), "/proc/%u/fd/%u%n", &pid, &fd, &length) == 2 &&
           static_cast<std::size_t>(length) == path.size();
}

// Not one of ours that cannot be copied: that one must stay where it is, as it is.
Result<bool> standsInOurNamespace(int mount) {
    struct statx info {};
    if (::statx(mount, "", AT_EMPTY_PATH, STATX_MNT_ID, &info) != 0 || (info.stx_mask & STATX_MNT_ID) == 0)
        return failErrno("cannot tell which mount a descriptor shows");
    TRY_ASSIGN(const std::string table, readFile("/proc/thread-self/mountinfo"));
    const std::string id = std::to_string(info.stx_mnt_id) + ' ';
    return table.starts_with(id) || table.find('\n' + id) != std::string::npos;
}

// Kernels before 6.15 copy no mount that stands in no namespace: it is attached itself.
Result<int> takeDetached(const std::string& path, int error) {
    const Error cannot = systemError(error, "cannot prepare a mount of " + path);
    if (error != EINVAL || !namesDescriptor(path))
        return fail(cannot);
    TRY_ASSIGN(UniqueFd mount, openFile(path, O_PATH));
    TRY_ASSIGN(const bool isAttached, standsInOurNamespace(mount.get()));
    if (isAttached)
        return fail(cannot);
    return mount.release();
}

Result<PreparedMount> cloneTree(const std::string& path, unsigned flags) {
    int tree = sys::openTree(AT_FDCWD, path.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | flags);
    if (tree < 0) {
        TRY_ASSIGN(tree, takeDetached(path, -tree));
    }
    PreparedMount prepared{UniqueFd(tree), false};
    struct stat info {};
    if (::fstat(tree, &info) != 0)
        return failErrno("cannot look at " + path);
    prepared.isFolder = S_ISDIR(info.st_mode);
    return prepared;
}

} // namespace

Result<PreparedMount> prepareBind(const std::string& path, const spec::MountOptions& options) {
    TRY_ASSIGN(auto prepared, cloneTree(path, options.recursive ? AT_RECURSIVE : 0));
    // A copy starts as a peer of the host's mount: what the container mounts below would show on the host.
    const auto propagation = options.propagation != 0 ? options.propagation : std::uint64_t(MS_PRIVATE);
    if (!options.recursive) { // one mount: all in one call
        TRY(setAttributes(prepared, path,
                          (options.recursiveSet & ~options.attributesCleared) | options.attributesSet,
                          options.attributesCleared, propagation, false));
        return prepared;
    }
    TRY(setAttributes(prepared, path, options.recursiveSet, 0, propagation, true));
    if (options.attributesSet != 0 || options.attributesCleared != 0)
        TRY(setAttributes(prepared, path, options.attributesSet, options.attributesCleared, 0, false));
    return prepared;
}

spec::MountOptions readonlyBind() {
    spec::MountOptions options;
    options.bind = true;
    options.attributesSet = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    return options;
}

spec::MountOptions deviceBind() {
    spec::MountOptions options;
    options.bind = true;
    options.attributesSet = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
    return options;
}

Result<PreparedMount> prepareDevice(const std::string& path, unsigned major, unsigned minor) {
    TRY_ASSIGN(auto prepared, prepareBind(path, deviceBind()));
    struct stat info {};
    if (::fstat(prepared.mount.get(), &info) != 0)
        return failErrno("cannot look at " + path);
    if (prepared.isFolder || info.st_rdev != ::makedev(major, minor))
        return fail(ErrorCode::InvalidArgument, path + " on this machine is not the device " +
                                                    std::to_string(major) + ":" + std::to_string(minor));
    return prepared;
}

} // namespace escale
