// An image that is made here, not obtained: of a container's changes (commit.h), of a root file system
// (import.h). Blocking: call it on a job's thread.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/image/image_documents.h"
#include "engine/image/unpack.h"
#include "engine/store/store.h"

#include <functional>
#include <string>

namespace escale {

struct MadeImage {
    uid_t owner = 0;
    std::string reference; // as the user wrote it; empty: it is kept by its digest
    ImageConfig settings;
    LayerHistory history; // of the last layer
};

/// InvalidArgument when an image cannot be named like this.
Result<void> checkNewName(const std::string& reference);
/// The same, where it may also have no name: empty.
Result<void> checkNewNameOrNone(const std::string& reference);

/// A tar archive becomes a layer of the store: unpacked and hashed by a worker as one that was pulled.
/// `size`: of the file, or UnpackLimits::kUnknownSize; then it may be compressed. `waiting` is called now and
/// then meanwhile.
Result<ImageLayer> stageArchive(Store& store, const std::string& workerProgram, int archive,
                                std::uint64_t size, const std::function<void()>& waiting,
                                const Cancellation& cancellation);

/// Writes the image's documents and names it: all or nothing. Answers with its digest.
Result<Digest> commitMade(Store& store, const MadeImage& image, std::vector<ImageLayer> layers,
                          const Cancellation& cancellation);

} // namespace escale
