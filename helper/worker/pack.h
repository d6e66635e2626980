// Making a layer of the store a blob again: the helper's side. It opens the layer's root and its record and
// hands them to a worker that may read these and nowhere else.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/image/manifest.h"

#include <cstdint>
#include <functional>
#include <string>

namespace escale {

class Store;

struct PackRequest {
    std::int64_t layer = 0; // its number in the store
    Digest diffId;
    LayerCompression compression = LayerCompression::None;
    int output = -1; // borrowed: a pipe or a file, written from where it stands
};

struct PackedLayer {
    Digest blobDigest;
    std::uint64_t blobSize = 0;
    std::uint64_t tarSize = 0;
};

/// Blocking; the worker dies with the call. `progress` hears of the tar's bytes. Untrusted: what came out is
/// not diffId, and must not be used. NotFound: the layer has gone, or has no record. Unreachable: the pipe's
/// reader has gone. NoSpace, Cancelled.
Result<PackedLayer> packLayer(Store& store, const std::string& workerProgram, const PackRequest& request,
                              const std::function<void(std::uint64_t)>& progress,
                              const Cancellation& cancellation);

/// Whether a layer's files and its record still make the tar that it came from: as packLayer(), the blob goes
/// nowhere. `step` hears of the tar's bytes since its last call; its error ends it.
Result<void> checkLayer(Store& store, const std::string& workerProgram, std::int64_t layer,
                        const Digest& diffId, const std::function<Result<void>(std::uint64_t)>& step,
                        const Cancellation& cancellation);

} // namespace escale
