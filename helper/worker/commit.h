// Making an image of a container: the helper's side. A worker archives what the container has changed, with
// the container's ids and the marks of an image's layer, another unpacks that into a new layer of the store:
// the helper reads neither. Blocking: call it on a job's thread.
#pragma once

#include "helper/worker/files_worker.h"
#include "helper/worker/made_image.h"

namespace escale {

struct CommitRequest {
    MadeImage image;
    Digest baseImage;
};

/// What the container has changed, borrowed.
struct CommitSource {
    int upper = -1;         // the overlay's upper folder
    int userNamespace = -1; // of the container's ids; -1: the host's
    /// Called when it has been read: the container may go on.
    std::function<void()> wasRead;
};

/// All or nothing: the image is in the store under the owner's name, or the store is as before. Returns its
/// digest.
Result<Digest> commitContainer(Store& store, const std::string& workerProgram, const CommitRequest& request,
                               const CommitSource& source, const FilesProgress& progress,
                               const Cancellation& cancellation);

} // namespace escale
