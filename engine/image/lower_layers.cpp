#include "engine/image/lower_layers.h"

#include "engine/image/overlay_marks.h"
#include "engine/image/tree_files.h"

#include <cerrno>
#include <fcntl.h>

namespace escale {

std::optional<struct stat> lowerEntry(const std::vector<UniqueFd>& folders, const std::string& name) {
    for (const auto& folder : folders) {
        struct stat info {};
        if (::fstatat(folder.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0)
            return isWhiteoutFile(info) ? std::nullopt : std::optional(info);
    }
    return std::nullopt;
}

std::vector<UniqueFd> lowerFolders(const std::vector<UniqueFd>& folders, const std::string& name) {
    std::vector<UniqueFd> found;
    for (const auto& above : folders) {
        UniqueFd folder = openStep(above.get(), name, O_RDONLY | O_DIRECTORY);
        if (!folder && errno == ENOENT)
            continue;
        if (!folder)
            break; // a file or whiteout hides what is below
        const bool hides = isOpaqueFolder(folder.get());
        found.push_back(std::move(folder));
        if (hides)
            break;
    }
    return found;
}

} // namespace escale
