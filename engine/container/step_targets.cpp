#include "engine/container/step_targets.h"

#include "engine/base/file.h"
#include "engine/base/relative_path.h"
#include "engine/container/rootfs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <set>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

std::string nameOf(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

Result<std::string> linkOf(int fd) {
    std::error_code error;
    auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(fd), error).string();
    if (error)
        return fail(systemError(error.value(), "cannot tell where a folder of the container is"));
    return path;
}

class TargetMaker {
public:
    TargetMaker(int root, const std::string& folder, std::uint32_t idBase)
        : m_root(root)
        , m_folder(folder)
        , m_idBase(idBase) {}

    Result<void> make(const MountTarget& target);
    /// Making something in a folder changes its times: attributes come last.
    Result<std::vector<std::string>> finish() const;

private:
    Result<std::string> placeOf(int folder) const;
    Result<void> mirror(const std::string& place);
    Result<void> makeOne(const std::string& place, bool isFolder);
    [[nodiscard]] std::string pathOf(const std::string& place) const {
        return place.empty() ? m_folder : m_folder + "/" + place;
    }

    int m_root;
    const std::string& m_folder;
    std::uint32_t m_idBase;
    std::set<std::string> m_mirrored; // relative; "" is the root
    std::set<std::string> m_made;
};

// Of a folder that was found by links, relative to the root.
Result<std::string> TargetMaker::placeOf(int folder) const {
    TRY_ASSIGN(std::string root, linkOf(m_root));
    TRY_ASSIGN(const std::string path, linkOf(folder));
    if (root == "/")
        root.clear();
    if (path.compare(0, root.size(), root) != 0)
        return fail(ErrorCode::Internal, "a folder of the container lies outside of it: " + path);
    return path.size() <= root.size() + 1 ? std::string() : path.substr(root.size() + 1);
}

Result<void> TargetMaker::mirror(const std::string& place) {
    if (m_mirrored.contains(place))
        return {};
    if (!place.empty())
        TRY(mirror(parentPath(place)));
    if (::mkdir(pathOf(place).c_str(), 0700) != 0)
        return failErrno("cannot make " + pathOf(place));
    m_mirrored.insert(place);
    return {};
}

Result<void> TargetMaker::makeOne(const std::string& place, bool isFolder) {
    if (m_made.contains(place))
        return {};
    const std::string path = pathOf(place);
    const int made = isFolder ? ::mkdir(path.c_str(), 0755) : ::mknod(path.c_str(), S_IFREG | 0644, 0);
    if (made != 0 || ::lchown(path.c_str(), m_idBase, m_idBase) != 0)
        return failErrno("cannot make the mount point " + path);
    m_made.insert(place);
    return {};
}

// Each prefix is resolved anew from the root, so that a link leads where it leads for the container.
Result<void> TargetMaker::make(const MountTarget& target) {
    const std::string& path = target.path;
    TRY_ASSIGN(UniqueFd parent, openFileAt(m_root, ".", O_PATH | O_DIRECTORY));
    std::string place; // where the parts that are missing begin to be made
    bool isMissing = false;
    for (std::size_t start = 1; start < path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const bool isLast = end == path.size();
        if (!isMissing) {
            auto found = openInRoot(m_root, path.substr(0, end), O_PATH | (isLast ? 0 : O_DIRECTORY));
            if (!found && found.error().code != ErrorCode::NotFound)
                return {}; // the runtime says what is in the way
            isMissing = !found;
            if (found)
                parent = *std::move(found);
        }
        if (isMissing && m_mirrored.empty())
            TRY(mirror({}));
        if (isMissing && parent) {
            TRY_ASSIGN(place, placeOf(parent.get()));
            TRY(mirror(place));
            parent.reset();
        }
        if (isMissing) {
            place += (place.empty() ? "" : "/") + path.substr(start, end - start);
            TRY(makeOne(place, !isLast || target.isFolder));
        }
        start = end + 1;
    }
    return {};
}

Result<std::vector<std::string>> TargetMaker::finish() const {
    for (const auto& place : m_mirrored) {
        TRY_ASSIGN(const UniqueFd original,
                   openBeneath(m_root, place.empty() ? "." : place, O_PATH | O_DIRECTORY));
        TRY(copyFolderAttributes(original.get(), pathOf(place)));
    }
    return std::vector<std::string>(m_made.begin(), m_made.end());
}

bool isBelow(const std::string& path, const std::string& folder) {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

} // namespace

Result<std::vector<std::string>> makeMountTargets(int root, std::vector<MountTarget> targets,
                                                  const std::string& folder, std::uint32_t idBase) {
    TargetMaker maker(root, folder, idBase);
    for (const auto& target : targets) {
        const bool isOthers = std::any_of(targets.begin(), targets.end(), [&](const MountTarget& other) {
            return isBelow(target.path, other.path);
        });
        if (!isOthers)
            TRY(maker.make(target));
    }
    return maker.finish();
}

std::vector<std::string> missingParts(int folder, const std::string& path) {
    std::vector<std::string> missing;
    for (std::size_t end = 0; end < path.size(); ++end) {
        end = std::min(path.find('/', end), path.size());
        const auto found = openBeneath(folder, path.substr(0, end), O_PATH);
        if (!found && found.error().code == ErrorCode::NotFound)
            missing.push_back(path.substr(0, end));
    }
    return missing;
}

namespace {

// Of a whiteout, too: what it hides has never been there.
bool isNothing(const struct stat& info) {
    return (S_ISREG(info.st_mode) && info.st_size == 0) || (S_ISCHR(info.st_mode) && info.st_rdev == 0);
}

void removeWhenEmpty(int folder, const std::string& path) {
    const std::string above = parentPath(path);
    const std::string name = nameOf(path);
    const auto parent = openBeneath(folder, above.empty() ? "." : above, O_RDONLY | O_DIRECTORY);
    struct stat info {};
    struct stat before {};
    if (!parent || ::fstatat(parent->get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0 ||
        ::fstat(parent->get(), &before) != 0)
        return;
    if (!S_ISDIR(info.st_mode) && !isNothing(info))
        return;
    if (::unlinkat(parent->get(), name.c_str(), S_ISDIR(info.st_mode) ? AT_REMOVEDIR : 0) != 0)
        return; // it holds something: that is the step's
    const std::array<timespec, 2> times{before.st_atim, before.st_mtim};
    (void)::futimens(parent->get(), times.data());
}

} // namespace

void removeMountTargets(int folder, const std::vector<std::string>& made) {
    for (auto path = made.rbegin(); path != made.rend(); ++path)
        removeWhenEmpty(folder, *path);
}

} // namespace escale
