#include "engine/runtime/child/context.h"

#include <linux/limits.h>

namespace escale::child {

using sys::call;

int openInside(const Context& context, const char* path, std::uint64_t flags, std::uint64_t resolve) {
    return sys::openAt2(context.root, path, flags, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | resolve);
}

namespace {

// Opens the folder that holds the path's last part; `name` points at that part. makeParents() has made it.
int openParent(const Context& context, const char* path, const char*& name) {
    char copy[PATH_MAX];
    std::size_t size = 0;
    std::size_t slash = 0;
    for (; path[size] != '\0'; ++size) {
        if (size + 1 >= sizeof copy)
            return -ENAMETOOLONG;
        copy[size] = path[size];
        if (path[size] == '/' && path[size + 1] != '\0')
            slash = size;
    }
    copy[slash == 0 ? 1 : slash] = '\0';
    name = path + slash + 1;
    return openInside(context, copy, O_PATH | O_DIRECTORY);
}

} // namespace

// Each prefix is resolved anew from the root, so that a link in the image leads where it leads for the
// container.
int makeParents(const Context& context, const char* path, bool last) {
    char prefix[PATH_MAX];
    std::size_t size = 0;
    int parent = openInside(context, "/", O_PATH | O_DIRECTORY);
    std::size_t part = 1; // where the current part's name begins
    for (;; ++size) {
        if (parent < 0)
            return parent;
        if (size + 1 >= sizeof prefix) {
            call(SYS_close, parent);
            return -ENAMETOOLONG;
        }
        const char letter = path[size];
        const bool isEnd = letter == '\0';
        const bool isPartEnd = (letter == '/' || isEnd) && size > part - 1 && size != 0;
        if (isPartEnd && (!isEnd || last)) {
            prefix[size] = '\0';
            int next = openInside(context, prefix, O_PATH | O_DIRECTORY);
            if (next == -ENOENT) {
                const long made = call(SYS_mkdirat, parent, prefix + part, 0755);
                next = made < 0 && made != -EEXIST ? static_cast<int>(made)
                                                   : openInside(context, prefix, O_PATH | O_DIRECTORY);
            }
            call(SYS_close, parent);
            parent = next;
        }
        if (isEnd)
            break;
        prefix[size] = letter;
        if (letter == '/')
            part = size + 1;
    }
    if (parent < 0)
        return parent;
    call(SYS_close, parent);
    return 0;
}

int makeParent(const Context& context, const char* path, const char*& name) {
    const int parent = openParent(context, path, name);
    if (parent != -ENOENT)
        return parent;
    const int made = makeParents(context, path, false);
    return made < 0 ? made : openParent(context, path, name);
}

int makeDevice(const Context& context, const Step& step) {
    const char* name = nullptr;
    const int parent = makeParent(context, step.path, name);
    if (parent < 0)
        return parent;
    // The mode as it is asked for. Not by chmod afterwards: fchmodat(2) follows a link that somebody who
    // shares the folder may have put there by then.
    const long mask = call(SYS_umask, 0);
    long result = call(SYS_mknodat, parent, name, step.mode, step.number);
    call(SYS_umask, mask);
    if (result >= 0)
        result = call(SYS_fchownat, parent, name, step.uid, step.gid, AT_SYMLINK_NOFOLLOW);
    call(SYS_close, parent);
    return result == -EEXIST ? kOtherWay : static_cast<int>(result);
}

int makeLink(const Context& context, const Step& step) {
    const char* name = nullptr;
    const int parent = makeParent(context, step.path, name);
    if (parent < 0)
        return parent;
    const long result = call(SYS_symlinkat, step.text, parent, name);
    call(SYS_close, parent);
    return result == -EEXIST ? kOtherWay : static_cast<int>(result);
}

namespace {

// The prepared mount is attached once; copies of it, now in our mount namespace, serve from then on.
int attachShared(int mount, bool& attached, int target) {
    if (!attached) {
        const int result = sys::attachMount(mount, target);
        attached = result >= 0;
        return result;
    }
    const int copy = sys::openTree(mount, "", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH);
    if (copy < 0)
        return copy;
    const int result = sys::attachMount(copy, target);
    call(SYS_close, copy);
    return result;
}

} // namespace

// A path below the container's proc is one of the very file system that was mounted there: who shares the
// image's folders may have exchanged /proc for another one since.
int openFromBase(const Context& context, const Step& step) {
    if (step.base < 0)
        return openInside(context, step.path, O_PATH);
    return sys::openAt2(context.slots[step.base], step.path, O_PATH, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
}

// The null device comes from the host, not from the image's /dev (CVE-2025-31133).
int maskPath(Context& context, const Step& step) {
    const int target = openFromBase(context, step);
    if (target == -ENOENT || target == -ENOTDIR)
        return kOtherWay;
    if (target < 0)
        return target;
    struct stat info {};
    int result = static_cast<int>(call(SYS_newfstatat, target, "", &info, AT_EMPTY_PATH));
    const bool isFolder = result >= 0 && S_ISDIR(info.st_mode);
    if (result >= 0) {
        result = isFolder ? attachShared(context.slots[step.slot2], context.emptyAttached, target)
                          : attachShared(context.slots[step.slot], context.nullAttached, target);
    }
    call(SYS_close, target);
    return result < 0 ? result : isFolder ? kMaskedFolder : 0;
}

int readonlyPath(const Context& context, const Step& step) {
    const int target = openFromBase(context, step);
    if (target == -ENOENT || target == -ENOTDIR)
        return kOtherWay;
    if (target < 0)
        return target;
    int result =
        sys::openTree(target, "", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | AT_RECURSIVE);
    if (result >= 0) {
        const int tree = result;
        mount_attr attributes{};
        attributes.attr_set = MOUNT_ATTR_RDONLY;
        result = sys::setMountAttributes(tree, AT_RECURSIVE, attributes);
        if (result >= 0)
            result = sys::attachMount(tree, target);
        call(SYS_close, tree);
    }
    call(SYS_close, target);
    return result;
}

// chdir can lead out of the root through a leaked descriptor's magic link (CVE-2024-21626). The kernel says
// so: a working directory that "/" does not reach has no absolute path.
int changeDirectory(const Step& step) {
    const long changed = call(SYS_chdir, step.path);
    if (changed < 0)
        return static_cast<int>(changed);
    char path[PATH_MAX];
    const long size = call(SYS_getcwd, path, sizeof path);
    if (size < 0)
        return static_cast<int>(size);
    return path[0] == '/' ? 0 : -EXDEV;
}

} // namespace escale::child
