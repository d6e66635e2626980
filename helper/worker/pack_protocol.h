// The words between the helper and a worker that makes a layer a blob again.
//
//   helper                                      escale-worker pack
//     |-- Pack (compression,                       |
//     |         root, record, output) ------------>|  then it confines itself
//     |<-- Packing (bytes of the tar)* ------------|
//     |<-- Packed (digest, size, tar's size) ------|  ends; the blob went to the output
//
// In place of the answer: Failed, as in protocol.h.
#pragma once

#include "engine/base/message_channel.h"
#include "engine/image/layer_blob.h"

#include <optional>

namespace escale::worker {

struct ReceivedPack {
    LayerCompression compression = LayerCompression::None;
    UniqueFd root;   // the layer's, a folder
    UniqueFd record; // of its tar
    UniqueFd output; // a pipe or a file
};

struct PackDescriptors {
    int root = -1;
    int record = -1;
    int output = -1;
};

Result<void> sendPack(const MessageChannel& channel, LayerCompression compression,
                      const PackDescriptors& descriptors);
Result<ReceivedPack> readPack(Message& message);
Result<void> sendPacking(const MessageChannel& channel, std::uint64_t tarBytes);
Result<void> sendPacked(const MessageChannel& channel, const LayerBlob& blob);
/// The answer; nothing when the message tells of progress, which it puts into `tarBytes`.
Result<std::optional<LayerBlob>> readPacked(Message& message, std::uint64_t& tarBytes);

} // namespace escale::worker
