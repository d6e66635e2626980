// Making an image of a root file system's archive: the helper's side. A worker unpacks it into the image's
// only layer; the helper writes the configuration. Blocking: call it on a job's thread.
#pragma once

#include "helper/worker/made_image.h"

namespace escale {

struct ImportRequest {
    MadeImage image;
    int input = -1; // a file (from its beginning), pipe or stream socket: a tar, in any compression; borrowed
};

/// `progress` hears of the bytes that were read, and of all of them; a pipe's are unknown, 0. All or nothing:
/// the image is in the store under the owner's name, or the store is as before. Answers with its digest.
Result<Digest> importImage(Store& store, const std::string& workerProgram, const ImportRequest& request,
                           const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                           const Cancellation& cancellation);

} // namespace escale
