#include "engine/container/rootfs.h"

#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/base/thread.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace escale {
namespace {

// Overlay splits its options at commas and lower folders at colons; a backslash takes either as part of a
// name.
std::string escaped(const std::string& path) {
    std::string result;
    for (const char c : path) {
        if (c == ',' || c == ':' || c == '\\')
            result += '\\';
        result += c;
    }
    return result;
}

// The upper folder gives the container's "/" its owner and mode: those of the image's top layer, shifted.
Result<void> prepareUpper(const RootfsPlan& plan) {
    const std::string upper = plan.containerFolder + "/upper";
    TRY_ASSIGN(const UniqueFd folder, openFile(upper, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    struct stat mine {};
    if (::fstat(folder.get(), &mine) != 0)
        return failErrno("cannot look at " + upper);
    // An earlier start did it; the container may have changed its mode since. Where ids are not shifted the
    // mode that we made it with tells.
    if (plan.idBase != 0 ? mine.st_uid >= plan.idBase : (mine.st_mode & 07777) != 0700)
        return {};
    struct stat image {};
    const std::string top = std::filesystem::path(plan.layersFolder) / plan.layers.back();
    if (::stat(top.c_str(), &image) != 0)
        return failErrno("cannot look at layer " + top);
    if (::fchown(folder.get(), plan.idBase, plan.idBase) != 0 ||
        ::fchmod(folder.get(), image.st_mode & 07777) != 0)
        return failErrno("cannot hand " + upper + " to the container's root");
    return {};
}

std::string lowerOptions(const RootfsPlan& plan) {
    std::string lower;
    for (auto layer = plan.layers.rbegin(); layer != plan.layers.rend(); ++layer)
        lower += (lower.empty() ? "" : ":") + escaped(*layer);
    return "userxattr,lowerdir=" + lower;
}

Result<void> checkStack(const RootfsPlan& plan, const std::string& options) {
    // mount(2) takes one page of options; overlay takes 500 lower folders.
    if (plan.layers.size() > 500 || options.size() >= static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)))
        return fail(ErrorCode::Unsupported,
                    "the image's " + std::to_string(plan.layers.size()) +
                        " layers are more than overlayfs can stack",
                    "Rebuild the image with fewer layers.");
    return {};
}

Result<void> mountOverlay(const RootfsPlan& plan, unsigned long flags, const std::string& options) {
    TRY_ASSIGN(const UniqueFd layers, openFile(plan.layersFolder, O_PATH | O_DIRECTORY));
    // Relative names keep many layers within the page, and they start at the current folder, which threads
    // share: a thread that lives for this call has one of its own.
    Result<void> mounted;
    TRY_ASSIGN(std::thread thread, startThread([&] {
                   if (::unshare(CLONE_FS) != 0 || ::fchdir(layers.get()) != 0)
                       mounted = failErrno("cannot enter " + plan.layersFolder);
                   else if (::mount("overlay", plan.target.c_str(), "overlay", flags, options.c_str()) != 0)
                       mounted = failErrno("cannot mount the container's root file system");
               }));
    thread.join();
    return mounted;
}

// With the layers' whole paths.
Making::Details detailsOf(const RootfsPlan& plan) {
    if (!Making::isRecording())
        return {};
    std::string lower;
    for (auto layer = plan.layers.rbegin(); layer != plan.layers.rend(); ++layer)
        lower += (lower.empty() ? "" : ":") + escaped(std::filesystem::path(plan.layersFolder) / *layer);
    return {{"target", plan.target},
            {"lower", std::move(lower)},
            {"upper", plan.containerFolder + "/upper"},
            {"work", plan.containerFolder + "/work"},
            {"options", std::string("nodev,userxattr") + (plan.isVolatile ? ",volatile" : "")}};
}

// Overlay's own say how it stacks, and are nobody else's.
bool isOverlays(std::string_view attribute) {
    return attribute.starts_with("user.overlay.") || attribute.starts_with("trusted.overlay.");
}

// What a file system does not know, or keeps to itself, is left out.
void copyExtendedAttributes(const std::string& from, const std::string& to) {
    std::array<char, 4096> names{};
    const ssize_t size = ::listxattr(from.c_str(), names.data(), names.size());
    std::array<char, 4096> value{};
    for (ssize_t at = 0; at < size;) {
        const char* name = names.data() + at;
        at += static_cast<ssize_t>(std::strlen(name)) + 1;
        const ssize_t length =
            isOverlays(name) ? -1 : ::getxattr(from.c_str(), name, value.data(), value.size());
        if (length >= 0)
            (void)::setxattr(to.c_str(), name, value.data(), static_cast<std::size_t>(length), 0);
    }
}

std::string pathOf(int fd) {
    return "/proc/self/fd/" + std::to_string(fd);
}

} // namespace

std::string overlayOptions(const RootfsPlan& plan) {
    return lowerOptions(plan) + ",upperdir=" + escaped(plan.containerFolder) +
           "/upper,workdir=" + escaped(plan.containerFolder) + "/work" + (plan.isVolatile ? ",volatile" : "");
}

Result<void> makeContainerFolders(const std::string& containerFolder) {
    TRY(makeDirectories(containerFolder, 0700));
    for (const char* name : {"/upper", "/work", "/log"})
        TRY(makeDirectories(containerFolder + name, 0700));
    return {};
}

Result<void> mountRootfs(const RootfsPlan& plan) {
    if (plan.layers.empty())
        return fail(ErrorCode::Unsupported, "the image has no layers, so it has no root file system");
    const std::string options = overlayOptions(plan);
    TRY(checkStack(plan, options));
    TRY(prepareUpper(plan));
    MadeNow step;
    TRY(mountOverlay(plan, MS_NODEV, options));
    step.done("overlay-mount", detailsOf(plan));
    return {};
}

Result<void> mountLayers(const RootfsPlan& plan) {
    const std::string options = lowerOptions(plan);
    TRY(checkStack(plan, options));
    return mountOverlay(plan, MS_NODEV | MS_NOSUID | MS_RDONLY, options);
}

Result<void> copyFolderAttributes(int from, const std::string& to) {
    struct stat info {};
    if (::fstat(from, &info) != 0)
        return failErrno("cannot look at the folder that " + to + " stands for");
    copyExtendedAttributes(pathOf(from), to);
    const std::array<timespec, 2> times{info.st_atim, info.st_mtim};
    if (::lchown(to.c_str(), info.st_uid, info.st_gid) != 0 ||
        ::chmod(to.c_str(), info.st_mode & 07777) != 0 ||
        ::utimensat(AT_FDCWD, to.c_str(), times.data(), AT_SYMLINK_NOFOLLOW) != 0)
        return failErrno("cannot set the attributes of " + to);
    return {};
}

Result<void> makeUpper(int lower, const std::string& folder) {
    TRY(makeDirectories(folder, 0700));
    for (const auto& path : {folder + "/upper", folder + "/work"}) {
        if (::mkdir(path.c_str(), 0700) != 0)
            return failErrno("cannot make " + path);
    }
    return copyFolderAttributes(lower, folder + "/upper");
}

Result<UniqueFd> openScratch(int lower, const std::string& folder) {
    TRY(makeUpper(lower, folder));
    TRY_ASSIGN(const UniqueFd upper, openFile(folder + "/upper", O_PATH | O_DIRECTORY));
    TRY_ASSIGN(const UniqueFd work, openFile(folder + "/work", O_PATH | O_DIRECTORY));
    const UniqueFd context(static_cast<int>(::syscall(SYS_fsopen, "overlay", FSOPEN_CLOEXEC)));
    if (!context)
        return failErrno("cannot begin to mount an overlay");
    // By descriptors: a text here has 255 bytes only.
    const std::pair<const char*, std::string> places[] = {
        {"lowerdir", pathOf(lower)}, {"upperdir", pathOf(upper.get())}, {"workdir", pathOf(work.get())}};
    for (const auto& [key, path] : places) {
        if (::syscall(SYS_fsconfig, context.get(), FSCONFIG_SET_STRING, key, path.c_str(), 0) != 0)
            return failErrno(std::string("cannot set an overlay's ") + key);
    }
    for (const char* flag : {"userxattr", "volatile"}) {
        if (::syscall(SYS_fsconfig, context.get(), FSCONFIG_SET_FLAG, flag, nullptr, 0) != 0)
            return failErrno(std::string("cannot set an overlay's ") + flag);
    }
    if (::syscall(SYS_fsconfig, context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0)
        return failErrno("cannot mount an overlay over a folder");
    UniqueFd mount(static_cast<int>(
        ::syscall(SYS_fsmount, context.get(), FSMOUNT_CLOEXEC, MOUNT_ATTR_NODEV | MOUNT_ATTR_NOSUID)));
    if (!mount)
        return failErrno("cannot mount an overlay over a folder");
    return mount;
}

Result<void> mountRootfsAgain(const std::string& source, const std::string& target) {
    // Private: what is mounted in one of them must not appear in the other.
    if (::mount(source.c_str(), target.c_str(), nullptr, MS_BIND, nullptr) != 0 ||
        ::mount(nullptr, target.c_str(), nullptr, MS_PRIVATE, nullptr) != 0)
        return failErrno("cannot show the container's root file system at " + target);
    return {};
}

void reuseOverlay(const RootfsPlan& plan) {
    Making::reuse("overlay-mount", detailsOf(plan));
}

Result<void> unmountRootfs(const std::string& target) {
    if (::umount2(target.c_str(), UMOUNT_NOFOLLOW) == 0 || errno == EINVAL || errno == ENOENT)
        return {};
    // Someone on the host looks into it: it goes from view now and from memory with the last look.
    if (errno == EBUSY && ::umount2(target.c_str(), UMOUNT_NOFOLLOW | MNT_DETACH) == 0)
        return {};
    return failErrno("cannot unmount " + target);
}

Result<std::string> ensureFolderInRootfs(const std::string& rootfs, const std::string& path,
                                         std::uint32_t idBase) {
    // In the normal form no ".." is left, so each part is made below one that exists.
    auto normal = std::filesystem::path("/" + path).lexically_normal().string();
    while (normal.size() > 1 && normal.back() == '/')
        normal.pop_back();
    TRY_ASSIGN(const UniqueFd root, openFile(rootfs, O_PATH | O_DIRECTORY));
    TRY_ASSIGN(UniqueFd folder, openFileAt(root.get(), ".", O_PATH | O_DIRECTORY));
    for (std::size_t slash = 0; slash != std::string::npos && normal != "/";) {
        const std::size_t start = slash + 1;
        slash = normal.find('/', start);
        const std::string name = normal.substr(start, slash == std::string::npos ? slash : slash - start);
        const std::string whole = normal.substr(0, slash);
        auto next = openInRoot(root.get(), whole, O_PATH | O_DIRECTORY);
        if (!next && next.error().code == ErrorCode::NotFound) {
            MadeNow step;
            if (::mkdirat(folder.get(), name.c_str(), 0755) != 0)
                return failErrno("cannot make the working folder " + whole + " in the container");
            if (::fchownat(folder.get(), name.c_str(), idBase, idBase, AT_SYMLINK_NOFOLLOW) != 0)
                return failErrno("cannot hand the working folder " + whole + " to the container's root");
            const std::string owner = std::to_string(idBase);
            step.done("folder-make",
                      {{"path", rootfs + whole}, {"mode", "0755"}, {"owner", owner + ":" + owner}});
            next = openInRoot(root.get(), whole, O_PATH | O_DIRECTORY);
        }
        if (!next)
            return fail(std::move(next)
                            .error()
                            .prefixed("the working folder " + normal)
                            .withHint("Choose another one, or remove what is in its way."));
        folder = *std::move(next);
    }
    return normal;
}

} // namespace escale
