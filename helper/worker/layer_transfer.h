// Brings the missing layers of an image: for each a pipe from the worker that has the source to an unpack
// worker of its own. Bounded by the pipe, so a slow disk slows the download and nothing piles up.
#pragma once

#include "engine/store/store.h"
#include "helper/worker/obtain_image.h"
#include "helper/worker/protocol.h"
#include "helper/worker/worker_process.h"

namespace escale {

struct LayerTransfer {
    std::size_t position = 0; // in `layers` and `states`
    worker::Description::DescribedLayer layer;
};

/// Fills `staged` and `size` of the layers. At the first error, or when cancelled, all workers are ended and
/// what they staged is gone.
Result<void> transferLayers(Store& store, const std::string& program, WorkerProcess& fetch,
                            std::vector<LayerTransfer> transfers, std::vector<ImageLayer>& layers,
                            std::vector<LayerProgress>& states, const LayersProgress& progress,
                            const Cancellation& cancellation);

} // namespace escale
