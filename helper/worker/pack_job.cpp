// Puts one layer together again, for a push or a saved image.
#include "engine/image/layer_blob.h"
#include "helper/worker/jobs.h"
#include "helper/worker/pack_protocol.h"

namespace escale::worker {

Result<void> pack(const MessageChannel& channel, const ReceivedPack& request) {
    TRY_ASSIGN(const LayerBlob blob,
               writeLayerBlob(request.record.get(), request.root.get(), request.compression,
                              request.output.get(), [&channel](std::uint64_t tarBytes) {
                                  // When the helper has gone, so will this process be soon.
                                  (void)sendPacking(channel, tarBytes);
                              }));
    return sendPacked(channel, blob);
}

} // namespace escale::worker
