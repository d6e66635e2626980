#include "engine/image/tree_measure.h"

#include "engine/image/tree_walk.h"

#include <set>

namespace escale {

Result<TreeSize> measureTree(int folder) {
    struct stat top {};
    if (::fstat(folder, &top) != 0)
        return failErrno("cannot look at a folder");
    TreeSize size{static_cast<std::uint64_t>(top.st_blocks) * 512, 0};
    std::set<std::pair<dev_t, ino_t>> linked;
    TRY(walkTree(folder, [&](const WalkedFile& file) -> Result<bool> {
        const struct stat& info = file.info;
        const bool isFolder = S_ISDIR(info.st_mode);
        if (!isFolder && info.st_nlink > 1 && !linked.insert({info.st_dev, info.st_ino}).second)
            return true;
        size.bytes += static_cast<std::uint64_t>(info.st_blocks) * 512;
        size.files += isFolder ? 0 : 1;
        return true;
    }));
    return size;
}

} // namespace escale
