// Reading the layers of an image: the helper's side. It opens the layers' folders and hands them to a worker
// that may read in them and nowhere else; the worker's records go past the helper, to whoever reads the pipe.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/store/store.h"

#include <string>

namespace escale {

/// A container's own layer above an image's, borrowed.
struct TopLayer {
    int folder = -1;
    std::uint32_t idBase = 0; // its ids are shifted by it
};

/// Returns when the worker has written everything to `output`, which is closed then. Blocking; the worker
/// dies with the thread. Unreachable: nobody reads any more. Cancelled.
Result<void> readImageLayers(Store& store, const std::string& workerProgram, const Image& image,
                             UniqueFd output, const Cancellation& cancellation, const TopLayer& top = {});

} // namespace escale
