#include "engine/base/file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <memory>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale {
namespace {

Result<UniqueFd> openAt2(int directory, const std::string& path, int flags, mode_t mode,
                         std::uint64_t resolve) {
    open_how how{};
    how.flags = static_cast<std::uint64_t>(static_cast<unsigned>(flags)) | O_CLOEXEC;
    how.mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? mode : 0;
    how.resolve = resolve;
    for (;;) {
        const long fd = ::syscall(SYS_openat2, directory, path.c_str(), &how, sizeof how);
        if (fd >= 0)
            return UniqueFd(static_cast<int>(fd));
        // openat2(2): EAGAIN when a rename raced with the look-up of "..".
        if (errno != EINTR && errno != EAGAIN)
            return failErrno("cannot open " + path);
    }
}

std::string parentOf(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

// Removing a tree that strangers made: it may be deeper than our stack or our limit of descriptors. Below
// kDeepest levels a folder is renamed to the top of the tree, where a later pass finds it. Mount points are
// never entered.
constexpr unsigned kDeepest = 32;

struct TreeRemoval {
    int top = -1;         // the folder that is being emptied
    std::size_t done = 0; // entries removed or moved in this pass
    std::uint64_t nextName = 0;
    const std::function<void()>& removed;
};

Result<UniqueFd> openFolderHere(int directory, const std::string& name) {
    auto folder = openAt2(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0,
                          RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS);
    if (!folder && errno == EXDEV)
        return fail(ErrorCode::InUse, "cannot remove " + name + ": something is mounted there",
                    "Unmount it first.");
    return folder;
}

/// False when the file system cannot rename this folder (overlayfs without redirect_dir).
Result<bool> moveToTop(TreeRemoval& removal, int directory, const std::string& name) {
    for (;;) {
        const std::string target = ".removed-" + std::to_string(removal.nextName++);
        if (::renameat2(directory, name.c_str(), removal.top, target.c_str(), RENAME_NOREPLACE) == 0)
            return true;
        if (errno == EXDEV)
            return false;
        if (errno != EEXIST)
            return failErrno("cannot move folder " + name);
    }
}

Result<void> removeChildren(TreeRemoval& removal, int directory, unsigned depth);

Result<void> removeFolder(TreeRemoval& removal, int directory, const std::string& name, unsigned depth) {
    if (depth >= kDeepest) {
        TRY_ASSIGN(const bool moved, moveToTop(removal, directory, name));
        if (moved)
            return {};
    }
    {
        TRY_ASSIGN(const UniqueFd child, openFolderHere(directory, name));
        TRY(removeChildren(removal, child.get(), depth + 1));
    }
    if (::unlinkat(directory, name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT)
        return failErrno("cannot remove folder " + name);
    return {};
}

Result<void> removeChildren(TreeRemoval& removal, int directory, unsigned depth) {
    UniqueFd copy(::fcntl(directory, F_DUPFD_CLOEXEC, 0));
    if (!copy)
        return failErrno("cannot duplicate a folder's descriptor");
    std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(copy.get()), ::closedir);
    if (!stream)
        return failErrno("cannot list a folder");
    (void)copy.release(); // closedir owns it now
    ::rewinddir(stream.get());
    while (const dirent* entry = ::readdir(stream.get())) {
        const std::string name = entry->d_name;
        if (name == "." || name == "..")
            continue;
        const int result = ::unlinkat(directory, name.c_str(), 0);
        const int why = errno;
        // POSIX says EPERM for a folder, Linux EISDIR; EPERM may also be an immutable file.
        if (result != 0 && why != ENOENT && (why == EISDIR || (why == EPERM && entry->d_type == DT_DIR)))
            TRY(removeFolder(removal, directory, name, depth));
        else if (result != 0 && why != ENOENT)
            return fail(systemError(why, "cannot remove " + name));
        ++removal.done;
        if (removal.removed)
            removal.removed();
    }
    return {};
}

} // namespace

Result<UniqueFd> openFileAt(int directory, const std::string& path, int flags, mode_t mode) {
    int fd = -1;
    do {
        fd = ::openat(directory, path.c_str(), flags | O_CLOEXEC, mode);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return failErrno("cannot open " + path);
    return UniqueFd(fd);
}

Result<UniqueFd> openFile(const std::string& path, int flags, mode_t mode) {
    return openFileAt(AT_FDCWD, path, flags, mode);
}

Result<UniqueFd> openBeneath(int directory, const std::string& path, int flags, mode_t mode) {
    return openAt2(directory, path, flags, mode,
                   RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS);
}

Result<UniqueFd> openInRoot(int root, const std::string& path, int flags, mode_t mode) {
    return openAt2(root, path, flags, mode, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
}

Result<std::string> readFd(int fd, std::size_t limit) {
    std::string content;
    for (;;) {
        const std::size_t used = content.size();
        content.resize(used + 16384);
        const ssize_t got = ::read(fd, content.data() + used, 16384);
        if (got < 0 && errno == EINTR) {
            content.resize(used);
            continue;
        }
        if (got < 0)
            return failErrno("cannot read");
        content.resize(used + static_cast<std::size_t>(got));
        if (got == 0)
            return content;
        if (content.size() > limit)
            return fail(ErrorCode::InvalidArgument, "longer than " + std::to_string(limit) + " bytes");
    }
}

Result<std::string> readFile(const std::string& path, std::size_t limit) {
    TRY_ASSIGN(const UniqueFd fd, openFile(path, O_RDONLY));
    auto content = readFd(fd.get(), limit);
    if (!content)
        return fail(std::move(content).error().prefixed(path));
    return content;
}

Result<void> writeAll(int fd, std::string_view data, const std::string& what) {
    while (!data.empty()) {
        const ssize_t done = ::write(fd, data.data(), data.size());
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return failErrno("cannot write " + what);
        data.remove_prefix(static_cast<std::size_t>(done));
    }
    return {};
}

Result<void> writeExisting(const std::string& path, std::string_view data) {
    TRY_ASSIGN(const UniqueFd fd, openFile(path, O_WRONLY));
    // One write: the kernel's control files take a value whole or not at all.
    const ssize_t done = ::write(fd.get(), data.data(), data.size());
    if (done != static_cast<ssize_t>(data.size()))
        return fail(
            systemError(done < 0 ? errno : EIO, "cannot write \"" + std::string(data) + "\" to " + path));
    return {};
}

Result<void> writeFileAtomically(const std::string& path, std::string_view data, mode_t mode) {
    std::string temporary = path + ".XXXXXX";
    UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd)
        return failErrno("cannot create " + temporary);
    auto written = writeAll(fd.get(), data, temporary);
    if (written && (::fchmod(fd.get(), mode) != 0 || ::fsync(fd.get()) != 0))
        written = failErrno("cannot finish " + temporary);
    if (written && ::rename(temporary.c_str(), path.c_str()) != 0)
        written = failErrno("cannot rename " + temporary + " to " + path);
    if (!written) {
        ::unlink(temporary.c_str());
        return written;
    }
    TRY_ASSIGN(const UniqueFd folder, openFile(parentOf(path), O_RDONLY | O_DIRECTORY));
    if (::fsync(folder.get()) != 0)
        return failErrno("cannot sync the folder of " + path);
    return {};
}

bool isFolder(int fd) {
    struct stat info {};
    return ::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode);
}

bool exists(const std::string& path) {
    return ::access(path.c_str(), F_OK) == 0;
}

Result<void> makeDirectories(const std::string& path, mode_t mode) {
    for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
        const std::string part = path.substr(0, slash);
        if (::mkdir(part.c_str(), mode) != 0 && errno != EEXIST)
            return failErrno("cannot make folder " + part);
        if (slash == std::string::npos)
            break;
    }
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return failErrno("cannot make folder " + path);
    if (!S_ISDIR(status.st_mode))
        return fail(systemError(ENOTDIR, "cannot make folder " + path));
    return {};
}

Result<void> removeTreeAt(int directory, const std::string& path, const std::function<void()>& removed) {
    const auto end = path.find_last_not_of('/');
    const std::string trimmed = path.substr(0, end == std::string::npos ? 0 : end + 1);
    const std::string name = trimmed.substr(trimmed.rfind('/') + 1);
    if (name.empty() || name == "." || name == "..")
        return fail(ErrorCode::InvalidArgument,
                    "cannot remove \"" + path + "\": it names no entry of a folder");
    const auto parent = openFileAt(directory, parentOf(trimmed), O_PATH | O_DIRECTORY);
    if (!parent && parent.error().code == ErrorCode::NotFound)
        return {};
    if (!parent)
        return fail(parent.error());
    if (::unlinkat(parent->get(), name.c_str(), 0) == 0 || errno == ENOENT)
        return {};
    if (errno != EISDIR && errno != EPERM)
        return failErrno("cannot remove " + path);
    const Error refused = systemError("cannot remove " + path);
    auto top = openFolderHere(parent->get(), name);
    if (!top && errno == ENOTDIR)
        return fail(refused);
    if (!top)
        return fail(std::move(top).error());
    TreeRemoval removal{.top = top->get(), .removed = removed};
    for (;;) {
        removal.done = 0;
        if (auto emptied = removeChildren(removal, top->get(), 0); !emptied)
            return fail(std::move(emptied).error().prefixed("cannot remove " + path));
        if (::unlinkat(parent->get(), name.c_str(), AT_REMOVEDIR) == 0 || errno == ENOENT)
            return {};
        if (errno != ENOTEMPTY || removal.done == 0)
            return failErrno("cannot remove folder " + path);
    }
}

Result<void> removeTree(const std::string& path) {
    return removeTreeAt(AT_FDCWD, path);
}

Result<std::vector<std::string>> listDirectory(const std::string& path) {
    std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(path.c_str()), ::closedir);
    if (!stream)
        return failErrno("cannot list " + path);
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(stream.get())) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..")
            names.push_back(name);
        errno = 0;
    }
    if (errno != 0)
        return failErrno("cannot list " + path);
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace escale
