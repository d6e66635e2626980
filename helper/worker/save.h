// Saving images into one archive (engine/image/saved_archive.h): the helper's side. What it writes itself are
// tar headers and documents; layers are made by packing workers, and a relay writes all of it to the caller's
// file or pipe. Blocking: call it on a job's thread.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/image/manifest.h"

#include <cstdint>
#include <functional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

class Store;

struct SaveRequest {
    uid_t owner = 0;
    std::vector<std::string> images; // as the user wrote them; one of several names is in the archive once
    /// Of the layers. None: an archive for Docker, too, written without a copy on the disk in between.
    LayerCompression compression = LayerCompression::None;
    int output = -1; // borrowed: a file or a pipe, open for writing
};

struct SavedArchive {
    std::uint64_t bytes = 0;
    std::vector<std::string> digests; // of the images asked for, in their order
};

/// Bytes of the layers' tars, each counted once.
using SaveProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// What has been written when it fails is no archive. NotFound: no such
/// image of the owner's, or a layer that cannot be packed. Unreachable: nobody reads any more. Untrusted,
/// NoSpace, Cancelled.
Result<SavedArchive> saveImages(Store& store, const std::string& workerProgram, const SaveRequest& request,
                                const SaveProgress& progress, const Cancellation& cancellation);

} // namespace escale
