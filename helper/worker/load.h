// Loading images from an archive: the helper's side. An archive worker reads it; the rest is
// obtain_image.h's. Blocking: call it on a job's thread.
#pragma once

#include "engine/base/unique_fd.h"
#include "helper/worker/obtain_image.h"

namespace escale {

struct LoadRequest {
    uid_t owner = 0;
    std::string platform; // "linux/arm64/v8"; empty: this machine's
    std::string name;     // of an image that has none in the archive, as the user wrote it; may be empty
    int input = -1;       // a file, pipe, stream socket, or the folder of an OCI layout; borrowed
};

struct LoadProgress {
    std::uint64_t read = 0;            // bytes of an archive that is not read in place
    std::uint64_t size = 0;            // of it; 0: unknown
    std::vector<LayerProgress> layers; // of the images so far; when they are thousands, of the last ones
};

/// Called when an image is in, for each of its names ("docker.io/library/x:1", or "…@sha256:…").
using ImageLoaded = std::function<void(const Digest& image, const std::string& name)>;

/// Every image all or nothing, one after the other; at an error, those that came in before stay, and the
/// message names them. Answers with the names.
Result<std::vector<std::string>> loadImages(Store& store, const std::string& workerProgram,
                                            const LoadRequest& request, const ImageLoaded& loaded,
                                            const std::function<void(const LoadProgress&)>& progress,
                                            const Cancellation& cancellation);

} // namespace escale
