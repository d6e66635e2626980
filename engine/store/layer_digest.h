// The digest of a layer that is a file: what verifyImages() knows silent damage by.
#pragma once

#include "engine/base/digest.h"
#include "engine/base/result.h"

#include <cstdint>
#include <functional>

namespace escale {

/// Reads the file from its beginning, whatever its offset. `step` hears of each block's bytes, and ends it
/// with an error. 30 ms of a processor with SHA instructions for 44 MB that are in the cache.
Result<Digest> digestOfFile(int file, const std::function<Result<void>(std::uint64_t bytes)>& step);

} // namespace escale
