// How much a folder holds.
#pragma once

#include "engine/base/result.h"

#include <cstdint>

namespace escale {

struct TreeSize {
    std::uint64_t bytes = 0; // on the disk, folders included, as du(1) counts; a file with several names once
    std::uint64_t files = 0; // all but folders; such a file once
};

/// While others work in it. Blocks.
Result<TreeSize> measureTree(int folder);

} // namespace escale
