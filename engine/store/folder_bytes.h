// How much a folder takes on the disk. Follows no link and enters no mount; a container may change its files
// meanwhile.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace escale {

struct FolderBytes {
    std::uint64_t bytes = 0; // of the blocks that the files and folders below take; a hard link counts once
    bool isWhole = true;     // false: the deadline came, or a part could not be read
};

/// Nothing for a folder that is not there.
FolderBytes bytesBelow(const std::string& path, std::chrono::steady_clock::time_point deadline);

} // namespace escale
