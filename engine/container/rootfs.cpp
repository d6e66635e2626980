#include "engine/container/rootfs.h"

#include "engine/base/file.h"
#include "engine/base/thread.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
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
    const std::string top = plan.layersFolder + "/" + plan.layers.back();
    if (::stat(top.c_str(), &image) != 0)
        return failErrno("cannot look at layer " + top);
    if (::fchown(folder.get(), plan.idBase, plan.idBase) != 0 ||
        ::fchmod(folder.get(), image.st_mode & 07777) != 0)
        return failErrno("cannot hand " + upper + " to the container's root");
    return {};
}

} // namespace

std::string overlayOptions(const RootfsPlan& plan) {
    std::string lower;
    for (auto layer = plan.layers.rbegin(); layer != plan.layers.rend(); ++layer)
        lower += (lower.empty() ? "" : ":") + *layer;
    return "userxattr,lowerdir=" + lower + ",upperdir=" + escaped(plan.containerFolder) +
           "/upper,workdir=" + escaped(plan.containerFolder) + "/work";
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
    // mount(2) takes one page of options; overlay takes 500 lower folders.
    if (plan.layers.size() > 500 || options.size() >= static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)))
        return fail(ErrorCode::Unsupported,
                    "the image's " + std::to_string(plan.layers.size()) +
                        " layers are more than overlayfs can stack",
                    "Rebuild the image with fewer layers.");
    TRY(prepareUpper(plan));
    TRY_ASSIGN(const UniqueFd layers, openFile(plan.layersFolder, O_PATH | O_DIRECTORY));
    // Relative names keep many layers within the page, and they start at the current folder, which threads
    // share: a thread that lives for this call has one of its own.
    Result<void> mounted;
    TRY_ASSIGN(std::thread thread, startThread([&] {
                   if (::unshare(CLONE_FS) != 0 || ::fchdir(layers.get()) != 0)
                       mounted = failErrno("cannot enter " + plan.layersFolder);
                   else if (::mount("overlay", plan.target.c_str(), "overlay", MS_NODEV, options.c_str()) !=
                            0)
                       mounted = failErrno("cannot mount the container's root file system");
               }));
    thread.join();
    return mounted;
}

Result<void> mountRootfsAgain(const std::string& source, const std::string& target) {
    // Private: what is mounted in one of them must not appear in the other.
    if (::mount(source.c_str(), target.c_str(), nullptr, MS_BIND, nullptr) != 0 ||
        ::mount(nullptr, target.c_str(), nullptr, MS_PRIVATE, nullptr) != 0)
        return failErrno("cannot show the container's root file system at " + target);
    return {};
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
            if (::mkdirat(folder.get(), name.c_str(), 0755) != 0)
                return failErrno("cannot make the working folder " + whole + " in the container");
            if (::fchownat(folder.get(), name.c_str(), idBase, idBase, AT_SYMLINK_NOFOLLOW) != 0)
                return failErrno("cannot hand the working folder " + whole + " to the container's root");
            next = openInRoot(root.get(), whole, O_PATH | O_DIRECTORY);
        }
        if (!next)
            return fail(std::move(next).error().prefixed("the working folder " + normal));
        folder = *std::move(next);
    }
    return normal;
}

} // namespace escale
