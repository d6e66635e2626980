// A folder's content into another folder, without an archive in between: a volume's first content, which is
// what the image has there.
#pragma once

#include "engine/base/result.h"

#include <cstdint>

namespace escale {

struct CopiedTree {
    std::uint64_t bytes = 0; // of content, without holes
    std::uint64_t entries = 0;
};

/// Copies all that is in `source` into the empty folder `target`, and gives this the mode, owner, times and
/// attributes of that. Owners, modes, times, the extended attributes of isAllowedXattr() (ACLs,
/// capabilities), hard links within the tree and holes are kept; devices (but overlayfs' whiteouts), mounts
/// below, and what vanishes meanwhile are left out. Nobody else may work in `target`; who works in `source`
/// gets no link followed. The process has no umask. Some threads; blocks; syncs nothing. What was copied
/// before an error stays.
Result<CopiedTree> copyFolder(int source, int target);

} // namespace escale
