#include "helper/worker/commit.h"

#include "helper/worker/upper_layer.h"

namespace escale {

Result<Digest> commitContainer(Store& store, const std::string& workerProgram, const CommitRequest& request,
                               const CommitSource& source, const FilesProgress& progress,
                               const Cancellation& cancellation) {
    TRY(checkNewNameOrNone(request.image.reference));
    TRY_ASSIGN(auto layers, store.layersOf(request.baseImage));
    TRY_ASSIGN(UpperLayer top,
               stageUpper(store, workerProgram,
                          {{source.upper, source.userNamespace}, progress, source.wasRead, {}},
                          cancellation));
    layers.push_back(std::move(top.layer));
    return commitMade(store, request.image, std::move(layers), cancellation);
}

} // namespace escale
