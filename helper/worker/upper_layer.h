// What an overlay's upper folder holds becomes a layer of the store: a worker archives it, with its owner's
// ids and the marks of an image's layer, and another unpacks that at the same time. The helper reads neither,
// and nothing lies on the disk in between. Blocking: call it on a job's thread.
#pragma once

#include "engine/store/store.h"
#include "helper/worker/files_worker.h"

namespace escale {

struct UpperRequest {
    FilesRoot upper; // borrowed
    FilesProgress progress = {};
    /// Called when the folder has been read: it may change then.
    std::function<void()> wasRead = {};
    ArchiveOptions archive = {}; // archiveLayer()'s
};

struct UpperLayer {
    ImageLayer layer;
    std::uint64_t entries = 0; // 0: nothing was changed
};

Result<UpperLayer> stageUpper(Store& store, const std::string& workerProgram, const UpperRequest& request,
                              const Cancellation& cancellation);

} // namespace escale
