#include "engine/image/upper_folder.h"

#include "engine/image/entry_path.h"
#include "engine/image/lower_layers.h"
#include "engine/image/overlay_marks.h"
#include "engine/image/tree_files.h"

#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

namespace escale {
namespace {

constexpr int kDeepest = 512;

std::string inside(const std::string& folder, const std::string& name) {
    return folder.empty() ? name : folder + '/' + name;
}

mode_t typeOf(const struct stat& info) {
    return info.st_mode & S_IFMT;
}

bool isSameTime(const timespec& one, const timespec& other) {
    return one.tv_sec == other.tv_sec && one.tv_nsec == other.tv_nsec;
}

/// Of a folder only what is its own: its times follow what is in it.
bool isUnchanged(const struct stat& one, const struct stat& other) {
    const bool isSameOwner =
        one.st_mode == other.st_mode && one.st_uid == other.st_uid && one.st_gid == other.st_gid;
    if (S_ISDIR(one.st_mode))
        return isSameOwner;
    return isSameOwner && one.st_ino == other.st_ino && one.st_size == other.st_size &&
           one.st_blocks == other.st_blocks && isSameTime(one.st_mtim, other.st_mtim) &&
           isSameTime(one.st_ctim, other.st_ctim);
}

std::vector<UniqueFd> copies(const std::vector<UniqueFd>& folders) {
    std::vector<UniqueFd> opened;
    for (const UniqueFd& folder : folders) {
        if (UniqueFd copy = openStep(folder.get(), ".", O_RDONLY | O_DIRECTORY))
            opened.push_back(std::move(copy));
    }
    return opened;
}

bool hasVanished() {
    return errno == ENOENT || errno == ENOTDIR || errno == ELOOP;
}

} // namespace

void UpperFolder::tell(const std::string& path, UpperChange change, const struct stat& info) {
    const bool hasSize = change != UpperChange::Removed && (S_ISREG(info.st_mode) || S_ISLNK(info.st_mode));
    m_listener.news({'/' + path, change, typeOf(info), hasSize ? static_cast<std::uint64_t>(info.st_size) : 0,
                     change == UpperChange::Removed ? 0 : static_cast<std::uint64_t>(info.st_blocks) * 512});
}

/// How what is there now has come, where there was nothing or something else.
UpperChange UpperFolder::arrival(const Open& folder, const std::string& name, const Known& now,
                                 const Known* before) {
    const auto below = lowerEntry(folder.below, name);
    if (!below || typeOf(*below) != typeOf(now.info) || (before != nullptr && isWhiteoutFile(before->info)))
        return now.opaque && below && S_ISDIR(below->st_mode) ? UpperChange::Opaque : UpperChange::Created;
    if (S_ISDIR(now.info.st_mode))
        return now.opaque ? UpperChange::Opaque : UpperChange::CopiedUp;
    // What was put in the place of a file below looks the same, but for the kernel's mark.
    if (!S_ISREG(now.info.st_mode) || below->st_nlink > 1)
        return UpperChange::CopiedUp;
    const UniqueFd file = openStep(folder.fd.get(), name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    return !file || isCopiedUp(file.get()) ? UpperChange::CopiedUp : UpperChange::Created;
}

void UpperFolder::compare(const Open& folder, const std::string& name, const Known& now) {
    const std::string path = inside(folder.path, name);
    Names& names = m_folders[folder.path];
    const auto found = names.find(name);
    const Known* before = found == names.end() ? nullptr : &found->second;
    const bool isWhiteout = isWhiteoutFile(now.info);
    if (before != nullptr && isWhiteout && isWhiteoutFile(before->info))
        return; // all whiteouts are one file: its times tell nothing
    const bool isOtherFolder = before != nullptr && S_ISDIR(before->info.st_mode) &&
                               (before->info.st_ino != now.info.st_ino || !S_ISDIR(now.info.st_mode));
    if (isOtherFolder)
        forgetContent(path);
    if (isWhiteout) {
        tell(path, UpperChange::Removed, lowerEntry(folder.below, name).value_or(now.info));
    } else if (before == nullptr || isOtherFolder || typeOf(before->info) != typeOf(now.info)) {
        tell(path, arrival(folder, name, now, before), now.info);
    } else if (now.opaque && !before->opaque && lowerEntry(folder.below, name)) {
        tell(path, UpperChange::Opaque, now.info);
    } else if (!isUnchanged(before->info, now.info)) {
        tell(path, UpperChange::Changed, now.info);
    }
    if (before == nullptr) {
        ++m_count;
        m_nameBytes += name.size();
    }
    names[name] = now;
}

void UpperFolder::forget(const std::string& folder, const std::string& name) {
    const auto names = m_folders.find(folder);
    if (names == m_folders.end() || !names->second.contains(name))
        return;
    const std::string path = inside(folder, name);
    const struct stat info = names->second.at(name).info;
    if (S_ISDIR(info.st_mode))
        forgetContent(path);
    names->second.erase(name);
    --m_count;
    m_nameBytes -= name.size();
    tell(path, UpperChange::Gone, info);
}

void UpperFolder::forgetContent(const std::string& path) {
    const auto found = m_folders.find(path);
    if (found == m_folders.end())
        return;
    while (!found->second.empty())
        forget(path, std::string(found->second.begin()->first));
    m_folders.erase(found);
    m_nameBytes -= path.size();
    m_listener.folderWent(path);
}

Result<void> UpperFolder::lookAtEntry(const Open& folder, const std::string& name, bool isDeep) {
    Known now;
    if (::fstatat(folder.fd.get(), name.c_str(), &now.info, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != ENOENT)
            return failErrno("cannot look at " + quotedName(inside(folder.path, name)));
        forget(folder.path, name);
        return {};
    }
    UniqueFd inner;
    if (S_ISDIR(now.info.st_mode)) {
        inner = openStep(folder.fd.get(), name, O_RDONLY | O_DIRECTORY);
        if (!inner)
            return hasVanished()
                       ? Result<void>()
                       : failErrno("cannot open the folder " + quotedName(inside(folder.path, name)));
        now.opaque = isOpaqueFolder(inner.get());
    }
    compare(folder, name, now);
    if (m_count > kMostUpperFiles || m_nameBytes > kMostUpperNames)
        return fail(ErrorCode::Unsupported, "the container has changed too many files to follow them",
                    "Its list of changes has them all.");
    if (!inner)
        return {};
    const std::string path = inside(folder.path, name);
    const bool isNew = !m_folders.contains(path);
    if (!isNew && !isDeep)
        return {};
    Open next{std::move(inner), path, {}, folder.depth + 1};
    if (!now.opaque)
        next.below = lowerFolders(folder.below, name);
    return lookInto(next, isNew);
}

Result<void> UpperFolder::lookInto(const Open& folder, bool isNew) {
    if (folder.depth > kDeepest)
        return fail(ErrorCode::Unsupported,
                    "the folder " + quotedName(folder.path) + " is nested deeper than 512 folders");
    if (isNew) {
        m_folders[folder.path];
        m_nameBytes += folder.path.size();
        m_listener.folderCame(folder.path);
    }
    TRY_ASSIGN(const auto present, namesIn(folder.fd.get()));
    std::set<std::string> names(present.begin(), present.end());
    for (const auto& [name, known] : m_folders[folder.path])
        names.insert(name);
    for (const std::string& name : names)
        TRY(lookAtEntry(folder, name, true));
    return {};
}

Result<void> UpperFolder::look() {
    UniqueFd top = openStep(m_upper, ".", O_RDONLY | O_DIRECTORY);
    if (!top)
        return failErrno("cannot open the container's changes");
    return lookInto({std::move(top), {}, copies(m_layers), 0}, m_folders.empty());
}

Result<void> UpperFolder::lookAt(const std::string& path, const std::set<std::string>& names) {
    Open folder{openStep(m_upper, ".", O_RDONLY | O_DIRECTORY), path, copies(m_layers), 0};
    for (std::size_t begin = 0; begin < path.size() && folder.fd;) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string name = path.substr(begin, end - begin);
        folder.fd = openStep(folder.fd.get(), name, O_RDONLY | O_DIRECTORY);
        folder.below = folder.fd && isOpaqueFolder(folder.fd.get()) ? std::vector<UniqueFd>()
                                                                    : lowerFolders(folder.below, name);
        ++folder.depth;
        begin = end + 1;
    }
    if (!folder.fd || !m_folders.contains(path))
        return {}; // the look at the folder above it tells that it has gone
    for (const std::string& name : names)
        TRY(lookAtEntry(folder, name, false));
    return {};
}

} // namespace escale
