// A layer of the store as a blob again: its tar, put together (tar_assemble.h), hashed, compressed and hashed
// again on the way out. Made to be run by a process with few rights (escale-worker pack).
#pragma once

#include "engine/base/digest.h"
#include "engine/image/manifest.h"

#include <cstdint>
#include <functional>

namespace escale {

struct LayerBlob {
    Digest diffId; // of the tar
    Digest blobDigest;
    std::uint64_t blobSize = 0;
    std::uint64_t tarSize = 0;
};

/// All descriptors are borrowed: record and root as in assembleTar(), `output` a pipe or a file. Blocks;
/// reads and hashes the tar on the calling thread, compresses and writes on a second one. `progress` hears of
/// the tar's bytes so far, now and then. The caller compares diffId with the one it wants: until then the
/// blob is nothing. Unreachable: the pipe's reader has gone. NoSpace, and as assembleTar().
Result<LayerBlob> writeLayerBlob(int record, int root, LayerCompression compression, int output,
                                 const std::function<void(std::uint64_t)>& progress);

} // namespace escale
