// Walks the layers of an image by descriptors and tells what is in them as records (layer_records.h). For a
// process that has nothing to lose: names, links and the beginnings of some files are read, none is followed.
#pragma once

#include "engine/base/unique_fd.h"
#include "engine/image/layer_records.h"

#include <vector>

namespace escale {

/// `layers`: open folders, base first. `idBase`: the ids of the last one are shifted by it, into a
/// container's range, and are told as the container has them (those outside of its range as nobody's). Writes
/// the whole stream to `output`: the trees, then the marks of files that may be stored more than once (same
/// name and size in two layers). Unreachable when nobody reads any more.
Result<void> writeLayerRecords(const std::vector<UniqueFd>& layers, int output, std::uint32_t idBase = 0);

} // namespace escale
