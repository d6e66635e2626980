#include "engine/base/file.h"
#include "engine/image/erofs_image.h"
#include "engine/image/layer_tree.h"
#include "engine/image/unpack.h"
#include "helper/worker/jobs.h"
#include "helper/worker/protocol.h"

namespace escale::worker {

Result<void> unpack(const MessageChannel& channel, const UnpackRequest& request) {
    std::unique_ptr<LayerSink> sink;
    if (isFolder(request.layer.get())) {
        TRY_ASSIGN(sink, LayerTree::create(request.layer.get()));
    } else {
        sink = std::make_unique<ErofsImage>(request.layer.get());
    }
    TarRecorder record(request.record.get());
    TRY_ASSIGN(const UnpackedLayer layer, unpackLayer(request.input.get(), *sink, request.compression,
                                                      UnpackLimits::forBlob(request.blobSize), &record));
    return sendUnpacked(channel, {layer.diffId, layer.blobDigest, layer.blobSize, layer.tarSize, layer.size});
}

} // namespace escale::worker
