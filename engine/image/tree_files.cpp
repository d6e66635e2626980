#include "engine/image/tree_files.h"

#include "engine/base/file.h"
#include "engine/image/entry_path.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <memory>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale {
namespace {

// A container may rename its folders as fast as we look.
constexpr int kMostAttempts = 1000;

Result<void> checkPath(const std::string& path) {
    if (path.size() >= PATH_MAX || path.find('\0') != std::string::npos)
        return fail(ErrorCode::InvalidArgument, "the path " + quotedName(path) + " is too long or malformed");
    return {};
}

std::string lastNameOf(const std::string& path) {
    const auto end = path.find_last_not_of('/');
    if (end == std::string::npos)
        return ".";
    const auto slash = path.rfind('/', end);
    std::string name = path.substr(slash == std::string::npos ? 0 : slash + 1,
                                   end - (slash == std::string::npos ? 0 : slash + 1) + 1);
    return name == ".." ? "." : name;
}

FileEntry describe(std::string name, const struct stat& info, std::string linkTarget) {
    FileEntry entry;
    entry.name = std::move(name);
    entry.mode = info.st_mode;
    entry.size = static_cast<std::uint64_t>(info.st_size);
    entry.modified = std::int64_t{info.st_mtim.tv_sec} * 1000 + info.st_mtim.tv_nsec / 1'000'000;
    entry.owner = info.st_uid;
    entry.group = info.st_gid;
    entry.linkTarget = std::move(linkTarget);
    return entry;
}

bool isSame(const struct stat& one, const struct stat& other) {
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino &&
           (one.st_mode & S_IFMT) == (other.st_mode & S_IFMT);
}

} // namespace

UniqueFd openStep(int folder, const std::string& name, int flags) {
    open_how how{};
    how.flags = static_cast<std::uint64_t>(static_cast<unsigned>(flags | O_NOFOLLOW | O_CLOEXEC));
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV;
    long fd = -1;
    int attempts = 0;
    do {
        fd = ::syscall(SYS_openat2, folder, name.c_str(), &how, sizeof how);
    } while (fd < 0 && (errno == EINTR || errno == EAGAIN) && ++attempts < kMostAttempts);
    return UniqueFd(static_cast<int>(fd));
}

Result<std::string> readLinkAt(int folder, const std::string& name) {
    std::array<char, PATH_MAX> target{};
    const ssize_t length = ::readlinkat(folder, name.c_str(), target.data(), target.size());
    if (length < 0)
        return failErrno("cannot read the link " + quotedName(name));
    return std::string(target.data(), static_cast<std::size_t>(length));
}

Result<TreeEntry> openTreeEntry(int root, const std::string& path, bool follow) {
    TRY(checkPath(path));
    const std::string text = path.empty() ? "/" : path;
    const int link = follow ? 0 : O_NOFOLLOW;
    // Once more where another file has come to the name between the two looks.
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
        TreeEntry entry;
        entry.name = lastNameOf(text);
        TRY_ASSIGN(entry.fd, openInRoot(root, text, O_PATH | link));
        if (::fstat(entry.fd.get(), &entry.info) != 0)
            return failErrno("cannot look at " + quotedName(text));
        if (S_ISLNK(entry.info.st_mode)) {
            TRY_ASSIGN(entry.linkTarget, readLinkAt(entry.fd.get(), ""));
            return entry;
        }
        if (!S_ISREG(entry.info.st_mode) && !S_ISDIR(entry.info.st_mode))
            return entry;
        // Not through a device or pipe that has taken its place: those do not open here (nodev), or at once.
        auto opened = openInRoot(root, text, O_RDONLY | O_NONBLOCK | O_NOCTTY | link);
        struct stat info {};
        if (opened && ::fstat(opened->get(), &info) != 0)
            return failErrno("cannot look at " + quotedName(text));
        if (opened && isSame(info, entry.info)) {
            entry.fd = *std::move(opened);
            entry.info = info;
            return entry;
        }
        if (!opened && opened.error().code == ErrorCode::PermissionDenied)
            return fail(std::move(opened).error());
    }
    return fail(ErrorCode::InUse, "the file " + quotedName(text) + " is exchanged all the time",
                "Pause the container and try again.");
}

FileEntry describeEntry(const TreeEntry& entry) {
    return describe(entry.name, entry.info, entry.linkTarget);
}

Result<std::vector<std::string>> namesIn(int folder) {
    UniqueFd own(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!own)
        return failErrno("cannot list a folder");
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(own.get()), ::closedir);
    if (!stream)
        return failErrno("cannot list a folder");
    (void)own.release();
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* found = ::readdir(stream.get())) {
        std::string name = found->d_name;
        if (name != "." && name != "..")
            names.push_back(std::move(name));
        errno = 0;
    }
    if (errno != 0)
        return failErrno("cannot list a folder");
    std::sort(names.begin(), names.end());
    return names;
}

Result<FileList> listTree(int root, const std::string& path, std::size_t most) {
    TRY_ASSIGN(const TreeEntry folder, openTreeEntry(root, path, true));
    if (!S_ISDIR(folder.info.st_mode))
        return fail(ErrorCode::InvalidArgument, quotedName(path) + " is not a folder");
    TRY_ASSIGN(auto names, namesIn(folder.fd.get()));
    FileList list;
    std::size_t bytes = 0;
    for (auto& name : names) {
        struct stat info {};
        if (::fstatat(folder.fd.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
            continue; // it has just gone
        std::string target;
        if (S_ISLNK(info.st_mode))
            target = readLinkAt(folder.fd.get(), name).value_or("");
        bytes += name.size() + target.size();
        if (list.entries.size() >= most || bytes > kMostListedBytes) {
            list.isCut = true;
            break;
        }
        list.entries.push_back(describe(std::move(name), info, std::move(target)));
    }
    return list;
}

} // namespace escale
