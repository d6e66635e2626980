// Unpacks one layer (image-spec layer.md) from a stream into a sink, in one pass: hashed,
// decompressed and written as it arrives. Made to be run on hostile bytes by a process with few rights; see
// helper/worker.
#pragma once

#include "engine/base/digest.h"
#include "engine/image/decompress.h"
#include "engine/image/layer_sink.h"
#include "engine/image/tar_record.h"

#include <cstdint>

namespace escale {

/// What a layer may need, bounded by what its manifest declares: a registry cannot make us write much more
/// than it sends.
struct UnpackLimits {
    std::uint64_t blobSize = 0; // exact, or kUnknownSize
    std::uint64_t tarSize = 0;  // bytes after decompression
    std::uint64_t fileSize = 0; // of all files together, holes included
    std::uint64_t entries = 0;

    /// When nobody has said how long the blob is: its limits then grow with what has arrived.
    static constexpr std::uint64_t kUnknownSize = UINT64_MAX;

    /// tarSize: 200 times the blob (gzip of real layers reaches 3 to 10), at least 1 GiB, at most 256 GiB.
    /// entries: one in 64 bytes of the blob (real ones take hundreds), at least 50,000, at most 1,000,000.
    static UnpackLimits forBlob(std::uint64_t blobSize);
};

/// What no layer and no archive is larger than, in bytes.
constexpr std::uint64_t kLargestLayer = std::uint64_t{256} << 30;
/// The most that so many compressed bytes may unpack to (see UnpackLimits::forBlob).
std::uint64_t mostFrom(std::uint64_t compressed);

struct UnpackedLayer {
    Digest diffId;     // of the tar, as config.md's rootfs.diff_ids
    Digest blobDigest; // of the bytes that came in
    std::uint64_t blobSize = 0;
    std::uint64_t tarSize = 0;
    std::uint64_t size = 0; // bytes of file content written
    std::uint64_t entries = 0;
};

/// Reads `input` to its end and fills `sink` (both borrowed). Blocks; uses a second thread; syncs nothing.
/// What the sink has after an error is of no use. Untrusted: corrupt, truncated, longer or shorter than
/// declared, over a limit, or hostile: "..", a link or a file as parent, a hard link out of the layer.
/// NoSpace: the disk is full. Devices are left out. The caller compares the digests. `record`, unless it is
/// null, hears of all that makes the layer its tar again.
Result<UnpackedLayer> unpackLayer(int input, LayerSink& sink, LayerCompression promised,
                                  const UnpackLimits& limits, TarRecorder* record = nullptr);

} // namespace escale
