// All that is below a folder, one after the other: what somebody else changes at the same time
// (tree_files.h).
#pragma once

#include "engine/base/result.h"

#include <functional>
#include <string>
#include <sys/stat.h>

namespace escale {

/// Borrowed, for the time of the call.
struct WalkedFile {
    int folder = -1; // it is in this one …
    const std::string& name;
    const std::string& path; // "sub/file", from the folder that is walked
    const struct stat& info; // of itself, when it is a link
};
/// False ends the walk.
using VisitFile = std::function<Result<bool>(const WalkedFile& file)>;

/// Folders come before what is in them, names in their order. Follows no link and enters no mount; what
/// vanishes meanwhile is left out. Unsupported: nested deeper than 4096 folders. Blocks.
Result<void> walkTree(int folder, const VisitFile& visit);

} // namespace escale
