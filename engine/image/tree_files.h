// Looking at files below a root that somebody else changes at the same time: a container's. Every path is
// resolved by the kernel inside that root (openat2(2), RESOLVE_IN_ROOT): a link leads nowhere else, however
// it is swapped meanwhile. Nothing here follows /proc's links or opens a device.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace escale {

/// What stat(2) tells, with the ids that the reading process sees.
struct FileEntry {
    std::string name;          // the last component; any bytes but '/' and NUL
    std::uint32_t mode = 0;    // with the type: S_IFREG …
    std::uint64_t size = 0;    // bytes
    std::int64_t modified = 0; // milliseconds since 1970
    std::uint32_t owner = 0;
    std::uint32_t group = 0;
    std::string linkTarget; // of a symbolic link
};

struct FileList {
    std::vector<FileEntry> entries; // in order of their names' bytes
    bool isCut = false;             // there are more
};

/// A file found by its path.
struct TreeEntry {
    UniqueFd fd; // folder: for reading; regular file: for reading; anything else: O_PATH
    struct stat info {};
    std::string name;       // "." for the root and where the path ends in "." or ".."
    std::string linkTarget; // of a symbolic link
};

/// `follow`: a symbolic link as the last component stands for what it names. A path that ends in "/" names a
/// folder. NotFound; InvalidArgument: too long, or a NUL in it.
Result<TreeEntry> openTreeEntry(int root, const std::string& path, bool follow);
FileEntry describeEntry(const TreeEntry& entry);
/// What the names and link targets of one list may take together, in bytes.
constexpr std::size_t kMostListedBytes = 16u << 20;
/// The content of a folder, links followed; cut after `most` entries or kMostListedBytes. InvalidArgument
/// when it is none.
Result<FileList> listTree(int root, const std::string& path, std::size_t most);

/// One step down, to `name` in the open folder: follows no link, enters no mount. Invalid with errno set.
UniqueFd openStep(int folder, const std::string& name, int flags);
/// Sorted, without "." and "..". Reads `folder` (open for reading) from its start.
Result<std::vector<std::string>> namesIn(int folder);
/// The target of the link `name` in `folder`, or of the link that `folder` is open on (empty name).
Result<std::string> readLinkAt(int folder, const std::string& name);

} // namespace escale
