#include "engine/volume/volume_fill.h"

#include "engine/base/fail_point.h"
#include "engine/base/file.h"
#include "engine/base/revert.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <vector>

namespace escale {
namespace {

Result<std::vector<std::string>> namesIn(int folder) {
    TRY_ASSIGN(UniqueFd copy, openFileAt(folder, ".", O_RDONLY | O_DIRECTORY));
    std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(copy.get()), ::closedir);
    if (!stream)
        return failErrno("cannot list a folder of the volume");
    (void)copy.release(); // closedir owns it now
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(stream.get())) {
        if (std::strcmp(entry->d_name, ".") != 0 && std::strcmp(entry->d_name, "..") != 0)
            names.emplace_back(entry->d_name);
        errno = 0;
    }
    if (errno != 0)
        return failErrno("cannot list a folder of the volume");
    return names;
}

bool isThere(int folder, const std::string& name) {
    struct stat info {};
    return ::fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0;
}

Result<void> syncFolder(int folder) {
    TRY_ASSIGN(const UniqueFd real, openFileAt(folder, ".", O_RDONLY | O_DIRECTORY));
    if (::fsync(real.get()) != 0)
        return failErrno("cannot write the volume to the disk");
    return {};
}

/// The ones that containers set: of user.* and ACLs. Others are the file system's own affair.
Result<void> copyAttributes(int from, int to) {
    std::vector<char> names(65536);
    const ssize_t length = ::flistxattr(from, names.data(), names.size());
    if (length < 0)
        return errno == ENOTSUP ? Result<void>()
                                : failErrno("cannot list the extended attributes of a folder");
    for (const char* name = names.data(); name < names.data() + length; name += std::strlen(name) + 1) {
        const std::string text = name;
        if (!text.starts_with("user.") && !text.starts_with("system.posix_acl_"))
            continue;
        std::vector<char> value(65536);
        const ssize_t size = ::fgetxattr(from, name, value.data(), value.size());
        if (size < 0 || ::fsetxattr(to, name, value.data(), static_cast<std::size_t>(size), 0) != 0)
            return failErrno("cannot copy the extended attribute " + text);
    }
    return {};
}

/// Owner, mode, attributes and times of the folder itself.
Result<void> copyFolder(int from, int to) {
    TRY_ASSIGN(const UniqueFd source, openFileAt(from, ".", O_RDONLY | O_DIRECTORY));
    TRY_ASSIGN(const UniqueFd target, openFileAt(to, ".", O_RDONLY | O_DIRECTORY));
    struct stat info {};
    if (::fstat(source.get(), &info) != 0 || ::fchown(target.get(), info.st_uid, info.st_gid) != 0 ||
        ::fchmod(target.get(), info.st_mode & 07777) != 0)
        return failErrno("cannot set the owner and the mode of the volume");
    TRY(copyAttributes(source.get(), target.get()));
    const std::array<timespec, 2> times{info.st_atim, info.st_mtim};
    if (::futimens(target.get(), times.data()) != 0)
        return failErrno("cannot set the time of the volume");
    return {};
}

Result<void> moveEntries(const FillPlace& place) {
    TRY_ASSIGN(const UniqueFd filled,
               openBeneath(place.parent.get(), place.filled, O_PATH | O_DIRECTORY | O_NOFOLLOW));
    TRY(copyFolder(filled.get(), place.folder.get()));
    struct stat info {};
    if (::fstatat(filled.get(), "", &info, AT_EMPTY_PATH) != 0)
        return failErrno("cannot look at what fills the volume");
    TRY_ASSIGN(const auto names, namesIn(filled.get()));
    for (const auto& name : names) {
        // Somebody has made it meanwhile: theirs stays, ours goes with the folder.
        if (::renameat2(filled.get(), name.c_str(), place.folder.get(), name.c_str(), RENAME_NOREPLACE) !=
                0 &&
            errno != EEXIST)
            return failErrno("cannot move " + name + " into the volume");
        TRY(failPoint("volume entry moved"));
    }
    const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, info.st_mtim};
    TRY_ASSIGN(const UniqueFd folder, openFileAt(place.folder.get(), ".", O_RDONLY | O_DIRECTORY));
    (void)::futimens(folder.get(), times.data());
    TRY(syncFolder(place.folder.get()));
    TRY(failPoint("volume entries moved"));
    return removeTreeAt(place.parent.get(), place.filled);
}

} // namespace

Result<bool> isEmpty(const FillPlace& place) {
    TRY_ASSIGN(const auto names, namesIn(place.folder.get()));
    return std::all_of(names.begin(), names.end(), [&](const auto& name) {
        return place.isInside && (name == place.filling || name == place.filled || name == "lost+found");
    });
}

Result<void> finishFill(const FillPlace& place) {
    if (isThere(place.parent.get(), place.filling))
        TRY(removeTreeAt(place.parent.get(), place.filling));
    return isThere(place.parent.get(), place.filled) ? moveEntries(place) : Result<void>();
}

Result<void> fillFolder(const FillPlace& place, const std::function<Result<void>(int folder)>& copy) {
    Revert undo;
    if (::mkdirat(place.parent.get(), place.filling.c_str(), 0700) != 0)
        return failErrno("cannot make a folder for what fills the volume");
    undo.add([&] { return removeTreeAt(place.parent.get(), place.filling); });
    {
        TRY_ASSIGN(const UniqueFd filling,
                   openBeneath(place.parent.get(), place.filling, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
        if (::fchown(filling.get(), place.user, place.group) != 0)
            return failErrno("cannot give the volume's files to the container's root");
        TRY(failPoint("volume filling made"));
        TRY(copy(filling.get()));
        TRY(failPoint("volume copied"));
        if (::syncfs(filling.get()) != 0)
            return failErrno("cannot write the volume to the disk");
    }
    if (::renameat2(place.parent.get(), place.filling.c_str(), place.parent.get(), place.filled.c_str(),
                    RENAME_NOREPLACE) != 0)
        return failErrno("cannot put what fills the volume into its place");
    undo.commit();
    TRY(syncFolder(place.parent.get()));
    TRY(failPoint("volume filled"));
    return moveEntries(place);
}

} // namespace escale
