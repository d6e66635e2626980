// The words between the helper and a worker that reads an image's layers.
//
//   helper                          escale-worker layers
//     |-- Layers (how many, ids, pipe)>|
//     |-- LayerFolder (folder)* ------>|  base first; then it confines itself
//     |<-- LayersDone -----------------|  ends; the records (engine/image/layer_records.h) went through the
//     pipe
//
// In place of the answer: Failed, as in protocol.h.
#pragma once

#include "engine/base/message_channel.h"
#include "engine/image/manifest.h"

#include <vector>

namespace escale::worker {

struct ReceivedLayers {
    UniqueFd output;
    std::uint32_t idBase = 0;      // as writeLayerRecords() has it
    std::vector<UniqueFd> folders; // base first
};

Result<void> sendLayers(const MessageChannel& channel, std::size_t count, std::uint32_t idBase, int output);
Result<void> sendLayerFolder(const MessageChannel& channel, int folder);
/// Reads all of them.
Result<ReceivedLayers> receiveLayers(const MessageChannel& channel);
Result<void> sendLayersDone(const MessageChannel& channel);

} // namespace escale::worker
