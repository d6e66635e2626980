#include "engine/image/tree_change.h"

#include "engine/base/file.h"
#include "engine/image/entry_path.h"
#include "engine/image/tree_files.h"
#include "engine/image/tree_walk.h"

#include <cerrno>
#include <climits>
#include <cstdio>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale {
namespace {

/// Where a file is, or is to be.
struct Place {
    UniqueFd folder;
    std::string name;
};

Result<Place> placeOf(int root, const std::string& path) {
    if (path.size() >= PATH_MAX || path.find('\0') != std::string::npos)
        return fail(ErrorCode::InvalidArgument, "the path " + quotedName(path) + " is too long or malformed");
    const auto end = path.find_last_not_of('/');
    const std::string trimmed = path.substr(0, end == std::string::npos ? 0 : end + 1);
    const auto slash = trimmed.rfind('/');
    Place place;
    place.name = trimmed.substr(slash == std::string::npos ? 0 : slash + 1);
    if (place.name.empty() || place.name == "." || place.name == "..")
        return fail(ErrorCode::InvalidArgument,
                    quotedName(path) + " names no file or folder that could be made, moved or removed");
    const std::string folder = slash == std::string::npos ? "/" : trimmed.substr(0, slash + 1);
    TRY_ASSIGN(place.folder, openInRoot(root, folder, O_PATH | O_DIRECTORY));
    return place;
}

/// To one file; `folder` is where it is, and `info` what it was a moment ago.
Result<void> apply(const AttributeChange& change, int folder, const std::string& name,
                   const struct stat& info, const std::string& path) {
    constexpr auto kUnchanged = static_cast<uid_t>(-1);
    // Before the mode: chown(2) clears set-id bits.
    if ((change.user || change.group) &&
        ::fchownat(folder, name.c_str(), change.user.value_or(kUnchanged), change.group.value_or(kUnchanged),
                   AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == EINVAL)
            return fail(ErrorCode::InvalidArgument, quotedName(path) + " cannot belong to this user or group",
                        "Containers have the ids from 0 to 65535.");
        return errno == ENOENT ? Result<void>() : failErrno("cannot change the owner of " + quotedName(path));
    }
    if (!change.mode || S_ISLNK(info.st_mode) || S_ISSOCK(info.st_mode))
        return {};
    mode_t mode = *change.mode;
    if (change.isRecursive && S_ISDIR(info.st_mode))
        mode |= (mode & 0444U) >> 2U;
    // By its descriptor: what has the name may be a link by now. A pipe that nobody writes to opens at once.
    const UniqueFd file = openStep(folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!file && (errno == ENOENT || errno == ELOOP || errno == EXDEV || errno == ENXIO))
        return {};
    if (!file || ::fchmod(file.get(), mode) != 0)
        return failErrno("cannot change the mode of " + quotedName(path));
    return {};
}

} // namespace

Result<void> makeFolderAt(int root, const std::string& path) {
    TRY_ASSIGN(const Place place, placeOf(root, path));
    if (::mkdirat(place.folder.get(), place.name.c_str(), 0755) == 0)
        return {};
    if (errno == EEXIST)
        return fail(ErrorCode::AlreadyExists, quotedName(path) + " is there already");
    return failErrno("cannot make the folder " + quotedName(path));
}

Result<void> moveAt(int root, const std::string& from, const std::string& to) {
    TRY_ASSIGN(const Place source, placeOf(root, from));
    TRY_ASSIGN(const Place target, placeOf(root, to));
    if (::renameat2(source.folder.get(), source.name.c_str(), target.folder.get(), target.name.c_str(),
                    RENAME_NOREPLACE) == 0)
        return {};
    if (errno == EEXIST)
        return fail(ErrorCode::AlreadyExists, quotedName(to) + " is there already");
    if (errno == EINVAL)
        return fail(ErrorCode::InvalidArgument,
                    "the folder " + quotedName(from) + " cannot be moved into itself, to " + quotedName(to));
    return failErrno("cannot move " + quotedName(from) + " to " + quotedName(to));
}

Result<void> removeAt(int root, const std::string& path, const std::function<void(std::uint64_t)>& removed) {
    TRY_ASSIGN(const Place place, placeOf(root, path));
    struct stat info {};
    if (::fstatat(place.folder.get(), place.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return failErrno("cannot remove " + quotedName(path));
    std::uint64_t count = 0;
    return removeTreeAt(place.folder.get(), place.name, [&] {
        ++count;
        if (removed)
            removed(count);
    });
}

Result<std::uint64_t> setAttributesAt(int root, const std::string& path, const AttributeChange& change) {
    TRY_ASSIGN(const TreeEntry entry, openTreeEntry(root, path, false));
    const bool isFolder = S_ISDIR(entry.info.st_mode);
    if (isFolder)
        TRY(apply(change, entry.fd.get(), ".", entry.info, path));
    else {
        TRY_ASSIGN(const Place place, placeOf(root, path));
        TRY(apply(change, place.folder.get(), place.name, entry.info, path));
    }
    std::uint64_t count = 1;
    if (!isFolder || !change.isRecursive)
        return count;
    TRY(walkTree(entry.fd.get(), [&](const WalkedFile& file) -> Result<bool> {
        TRY(apply(change, file.folder, file.name, file.info, file.path));
        ++count;
        return true;
    }));
    return count;
}

} // namespace escale
