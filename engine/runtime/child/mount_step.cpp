#include "engine/runtime/child/context.h"

#include <linux/magic.h>
#include <sys/statfs.h>

namespace escale::child {

using sys::call;

int privateMounts() {
    return static_cast<int>(call(SYS_mount, nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr));
}

namespace {

int configure(int fs, const Step& step) {
    for (const char* const* option = step.list; option != nullptr && option[0] != nullptr; option += 2) {
        const auto command = option[1] != nullptr ? FSCONFIG_SET_STRING : FSCONFIG_SET_FLAG;
        const long result = call(SYS_fsconfig, fs, command, option[0], option[1], 0);
        if (result < 0)
            return static_cast<int>(result);
    }
    return static_cast<int>(call(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, nullptr, nullptr, 0));
}

int makeMount(const Step& step) {
    const int fs = static_cast<int>(call(SYS_fsopen, step.text, FSOPEN_CLOEXEC));
    if (fs < 0)
        return fs;
    int mount = configure(fs, step);
    if (mount >= 0)
        mount = static_cast<int>(call(SYS_fsmount, fs, FSMOUNT_CLOEXEC, step.flags));
    if (mount >= 0 && step.number != 0) {
        mount_attr attributes{};
        attributes.propagation = step.number;
        const int result = sys::setMountAttributes(mount, 0, attributes);
        if (result < 0) {
            call(SYS_close, mount);
            mount = result;
        }
    }
    call(SYS_close, fs);
    return mount;
}

} // namespace

int makeFilesystem(Context& context, const Step& step) {
    const int mount = makeMount(step);
    if (mount >= 0) {
        context.slots[step.slot] = mount;
        return 0;
    }
    // The slot may hold what the parent prepared for a kernel that refuses this here (sysfs of a network
    // namespace that another user namespace owns, a file system whose host mount is partly hidden).
    return context.slots[step.slot] >= 0 ? kOtherWay : mount;
}

namespace {

// "." is the new root, on top of the old one; afterwards the old one is stacked on it (runc's rootfs_linux.go
// explains it) and goes.
int swapRoots(int old) {
    int result = sys::pivotRoot(".", ".");
    if (result >= 0)
        result = static_cast<int>(call(SYS_fchdir, old));
    if (result >= 0)
        result = static_cast<int>(call(SYS_umount2, ".", MNT_DETACH));
    return result;
}

} // namespace

// For the hooks of createContainer, which run on the host's tree and see the container's mounts below it.
int stageRoot(Context& context, const Step& step) {
    const int target = sys::openAt2(AT_FDCWD, step.path, O_PATH | O_DIRECTORY, 0);
    if (target < 0)
        return target;
    const int result = sys::attachMount(context.slots[step.slot], target);
    call(SYS_close, target);
    if (result < 0)
        return result;
    context.root = context.slots[step.slot];
    context.rootStaged = true;
    return 0;
}

// The new root is attached on top of the old one, which is then swapped under it and let go. No path is used:
// the folders above the root need not be searchable for the container's root user.
int enterRoot(Context& context, const Step& step) {
    const int root = context.slots[step.slot];
    const int old = sys::openAt2(AT_FDCWD, "/", O_PATH | O_DIRECTORY, 0);
    if (old < 0)
        return old;
    int result = context.rootStaged ? 0 : sys::attachMount(root, old);
    if (result >= 0)
        result = static_cast<int>(call(SYS_fchdir, root));
    if (result >= 0)
        result = (step.flags & kNoPivot) != 0 ? static_cast<int>(call(SYS_chroot, ".")) : swapRoots(old);
    if (result >= 0)
        result = static_cast<int>(call(SYS_chdir, "/"));
    call(SYS_close, old);
    if (result < 0)
        return result;
    context.root = sys::openAt2(AT_FDCWD, "/", O_PATH | O_DIRECTORY, 0);
    return context.root < 0 ? context.root : 0;
}

namespace {

// Makes the missing target of a mount: a folder, or an empty file for a mount whose root is one.
int makeTarget(const Context& context, const Step& step) {
    const char* name = nullptr;
    const int parent = makeParent(context, step.path, name);
    if (parent < 0)
        return parent;
    const long result = (step.flags & kAttachFile) != 0 ? call(SYS_mknodat, parent, name, S_IFREG | 0644, 0)
                                                        : call(SYS_mkdirat, parent, name, 0755);
    call(SYS_close, parent);
    return result == -EEXIST ? 0 : static_cast<int>(result);
}

// Judged by where the path has led, not by its words. The whole of /proc may be covered by another mount:
// that hides it, but redirects nothing.
int refuseProc(int target) {
    struct statfs system {};
    struct stat info {};
    int result = static_cast<int>(call(SYS_fstatfs, target, &system));
    if (result < 0 || system.f_type != PROC_SUPER_MAGIC)
        return result;
    result = static_cast<int>(call(SYS_newfstatat, target, "", &info, AT_EMPTY_PATH));
    constexpr ino_t kRootOfProc = 1;
    return result < 0 ? result : info.st_ino == kRootOfProc ? 0 : -EPERM;
}

} // namespace

int openTarget(const Context& context, const Step& step) {
    const std::uint64_t resolve = (step.flags & kAttachNoSymlinks) != 0 ? RESOLVE_NO_SYMLINKS : 0;
    int target = openInside(context, step.path, O_PATH, resolve);
    if (target == -ENOENT) {
        const int made = makeTarget(context, step);
        if (made < 0)
            return made;
        target = openInside(context, step.path, O_PATH, resolve);
    }
    if (target < 0)
        return target;
    const int result = (step.flags & kAttachInProc) == 0 ? refuseProc(target) : 0;
    if (result >= 0)
        return target;
    call(SYS_close, target);
    return result;
}

int attachMount(Context& context, const Step& step) {
    const int target = openTarget(context, step);
    if (target < 0)
        return target;
    const int result = sys::attachMount(context.slots[step.slot], target);
    call(SYS_close, target);
    return result;
}

int rootPropagation(const Context& context, const Step& step) {
    mount_attr attributes{};
    attributes.propagation = step.number;
    return sys::setMountAttributes(context.root, static_cast<unsigned>(step.flags), attributes);
}

int readonlyMount(int mount) {
    mount_attr attributes{};
    attributes.attr_set = MOUNT_ATTR_RDONLY;
    return sys::setMountAttributes(mount, 0, attributes);
}

} // namespace escale::child
