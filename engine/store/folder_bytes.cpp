#include "engine/store/folder_bytes.h"

#include "engine/base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <set>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace escale {
namespace {

// Each level holds a descriptor; no program makes its folders that deep but to annoy.
constexpr std::size_t kDeepest = 200;
constexpr auto kOpenFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

struct CloseFolder {
    void operator()(DIR* stream) const { ::closedir(stream); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

Folder openFolder(int parent, const char* name) {
    const int fd = ::openat(parent, name, kOpenFolder);
    DIR* stream = fd < 0 ? nullptr : ::fdopendir(fd);
    if (stream == nullptr && fd >= 0)
        ::close(fd);
    return Folder(stream);
}

} // namespace

FolderBytes bytesBelow(const std::string& path, std::chrono::steady_clock::time_point deadline) {
    FolderBytes result;
    std::vector<Folder> open; // from the top to where we are
    open.push_back(openFolder(AT_FDCWD, path.c_str()));
    struct stat info {};
    if (!open.back() || ::fstat(::dirfd(open.back().get()), &info) != 0)
        return {0, !exists(path)};
    const dev_t device = info.st_dev;
    std::set<ino_t> linked; // those of several names that were counted
    while (!open.empty()) {
        const dirent* entry = ::readdir(open.back().get());
        if (entry == nullptr) {
            open.pop_back();
            continue;
        }
        const std::string name = entry->d_name;
        if (name == "." || name == "..")
            continue;
        if (std::chrono::steady_clock::now() >= deadline)
            return {result.bytes, false};
        const int here = ::dirfd(open.back().get());
        if (::fstatat(here, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0 || info.st_dev != device)
            continue; // removed meanwhile, or mounted
        const bool isFolder = S_ISDIR(info.st_mode);
        if (!isFolder && info.st_nlink > 1 && !linked.insert(info.st_ino).second)
            continue;
        result.bytes += static_cast<std::uint64_t>(info.st_blocks) * 512;
        if (!isFolder)
            continue;
        Folder below = open.size() < kDeepest ? openFolder(here, name.c_str()) : nullptr;
        if (below)
            open.push_back(std::move(below));
        else
            result.isWhole = false;
    }
    return result;
}

} // namespace escale
