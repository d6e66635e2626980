// What a container has changed in its file system, read from the upper folder of its overlay and compared
// with the layers below (Linux: Documentation/filesystems/overlayfs.rst). The upper folder is the
// container's: it is walked by descriptors, no link is followed.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <string>
#include <vector>

namespace escale {

/// The numbers are Docker's, in its API and on our bus.
enum class ChangeKind : std::uint8_t { Modified = 0, Added = 1, Deleted = 2 };

struct FileChange {
    std::string path; // absolute in the container
    ChangeKind kind = ChangeKind::Modified;
    bool operator==(const FileChange&) const = default;
};

/// Sorted by path. A folder is Modified when anything in it has changed; of a deleted folder only itself is
/// told. What the engine makes in every container before it starts (/etc/hosts, /dev/console …) is left out
/// while it is empty. `layers`: open folders, top first.
Result<std::vector<FileChange>> overlayChanges(int upper, const std::vector<UniqueFd>& layers);

} // namespace escale
