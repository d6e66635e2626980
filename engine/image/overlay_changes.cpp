#include "engine/image/overlay_changes.h"

#include "engine/image/entry_path.h"
#include "engine/image/lower_layers.h"
#include "engine/image/overlay_marks.h"
#include "engine/image/tree_files.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <set>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kDeepest = 512;
constexpr std::size_t kMostChanges = 2'000'000;

/// What the layers show of `name`, whose folder they have open; nothing: no mode.
mode_t lowerMode(const std::vector<UniqueFd>& layers, const std::string& name) {
    const auto info = lowerEntry(layers, name);
    return info ? info->st_mode : 0;
}

class OverlayWalk {
public:
    Result<std::vector<FileChange>> run(int upper, const std::vector<UniqueFd>& layers);

private:
    struct Folder {
        UniqueFd upper;
        std::vector<UniqueFd> layers; // this folder, top first
        std::string path;             // with the slash at its end
        std::vector<std::string> names;
        std::size_t next = 0;
    };
    struct Found {
        FileChange change;
        bool isFolder = false;
        bool isEmpty = false;
    };

    Result<void> enter(UniqueFd upper, std::vector<UniqueFd> layers, std::string path);
    Result<void> look(const std::string& name);
    Result<void> tellHidden(const Folder& folder);
    Result<void> add(std::string path, ChangeKind kind, bool isFolder = false, bool isEmpty = false);
    std::vector<FileChange> finish();

    std::vector<Folder> m_folders;
    std::vector<Found> m_found;
};

Result<std::vector<FileChange>> OverlayWalk::run(int upper, const std::vector<UniqueFd>& layers) {
    UniqueFd top = openStep(upper, ".", O_RDONLY | O_DIRECTORY);
    if (!top)
        return failErrno("cannot open the container's changes");
    std::vector<UniqueFd> roots;
    for (const auto& layer : layers) {
        UniqueFd root = openStep(layer.get(), ".", O_RDONLY | O_DIRECTORY);
        if (!root)
            return failErrno("cannot open a layer");
        roots.push_back(std::move(root));
    }
    TRY(enter(std::move(top), std::move(roots), "/"));
    while (!m_folders.empty()) {
        Folder& here = m_folders.back();
        if (here.next == here.names.size())
            m_folders.pop_back();
        else
            TRY(look(here.names[here.next++]));
    }
    return finish();
}

Result<void> OverlayWalk::enter(UniqueFd upper, std::vector<UniqueFd> layers, std::string path) {
    if (m_folders.size() >= kDeepest)
        return fail(ErrorCode::Unsupported,
                    "the folder " + quotedName(path) + " is nested deeper than 512 folders");
    TRY_ASSIGN(auto names, namesIn(upper.get()));
    Folder folder{std::move(upper), std::move(layers), std::move(path), std::move(names)};
    if (isOpaqueFolder(folder.upper.get()))
        TRY(tellHidden(folder));
    m_folders.push_back(std::move(folder));
    return {};
}

/// The folder was deleted and made again: what it held and holds no more is gone.
Result<void> OverlayWalk::tellHidden(const Folder& folder) {
    std::set<std::string> below;
    for (const auto& layer : folder.layers) {
        TRY_ASSIGN(const auto names, namesIn(layer.get()));
        below.insert(names.begin(), names.end());
    }
    for (const auto& name : below) {
        if (!std::binary_search(folder.names.begin(), folder.names.end(), name) &&
            lowerMode(folder.layers, name) != 0)
            TRY(add(folder.path + name, ChangeKind::Deleted));
    }
    return {};
}

Result<void> OverlayWalk::add(std::string path, ChangeKind kind, bool isFolder, bool isEmpty) {
    if (m_found.size() >= kMostChanges)
        return fail(ErrorCode::Unsupported, "the container has changed more than 2,000,000 files");
    m_found.push_back({{std::move(path), kind}, isFolder, isEmpty});
    return {};
}

Result<void> OverlayWalk::look(const std::string& name) {
    Folder& here = m_folders.back();
    struct stat info {};
    if (::fstatat(here.upper.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return {}; // it has just gone
    const mode_t below = lowerMode(here.layers, name);
    std::string path = here.path + name;
    if (isWhiteoutFile(info))
        return below != 0 ? add(std::move(path), ChangeKind::Deleted) : Result<void>();
    TRY(add(path, below != 0 ? ChangeKind::Modified : ChangeKind::Added, S_ISDIR(info.st_mode),
            info.st_size == 0));
    if (!S_ISDIR(info.st_mode))
        return {};
    UniqueFd folder = openStep(here.upper.get(), name, O_RDONLY | O_DIRECTORY);
    if (!folder && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP))
        return {}; // exchanged since we looked
    if (!folder)
        return failErrno("cannot open the folder " + quotedName(path));
    auto layers = S_ISDIR(below) ? lowerFolders(here.layers, name) : std::vector<UniqueFd>();
    return enter(std::move(folder), std::move(layers), path + "/");
}

/// From the last path to the first, so that a folder comes after all that is in it.
std::vector<FileChange> OverlayWalk::finish() {
    std::sort(m_found.begin(), m_found.end(),
              [](const Found& one, const Found& other) { return one.change.path < other.change.path; });
    std::set<std::string, std::less<>> visible; // folders with something told in them
    std::set<std::string, std::less<>> hiding;  // folders with something left out in them
    std::vector<FileChange> changes;
    changes.reserve(m_found.size());
    for (auto found = m_found.rbegin(); found != m_found.rend(); ++found) {
        const std::string& path = found->change.path;
        const std::string parent = path.substr(0, path.rfind('/'));
        const bool isOurs = isMadeForMounts(path);
        const bool hasVisible = found->isFolder && visible.contains(path);
        const bool isLeftOut =
            isOurs && !hasVisible &&
            ((found->change.kind == ChangeKind::Added && (found->isFolder || found->isEmpty)) ||
             (found->change.kind == ChangeKind::Modified && hiding.contains(path)));
        (isLeftOut ? hiding : visible).insert(parent);
        if (!isLeftOut)
            changes.push_back(std::move(found->change));
    }
    std::reverse(changes.begin(), changes.end());
    return changes;
}

} // namespace

Result<std::vector<FileChange>> overlayChanges(int upper, const std::vector<UniqueFd>& layers) {
    return OverlayWalk().run(upper, layers);
}

} // namespace escale
