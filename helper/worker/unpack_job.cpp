#include "engine/image/layer_tree.h"
#include "engine/image/unpack.h"
#include "helper/worker/jobs.h"
#include "helper/worker/protocol.h"

namespace escale::worker {

Result<void> unpack(const MessageChannel& channel, const UnpackRequest& request) {
    TRY_ASSIGN(const auto tree, LayerTree::create(request.directory.get()));
    TRY_ASSIGN(const UnpackedLayer layer, unpackLayer(request.input.get(), *tree, request.compression,
                                                      UnpackLimits::forBlob(request.blobSize)));
    return sendUnpacked(channel, {layer.diffId, layer.blobDigest, layer.blobSize, layer.size});
}

} // namespace escale::worker
