#include "helper/worker/layers_protocol.h"

#include "helper/worker/protocol.h"

namespace escale::worker {

Result<void> sendLayers(const MessageChannel& channel, std::size_t count, std::uint32_t idBase, int output) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::Layers));
    return channel.send(message.number(count).number(idBase).fd(output));
}

Result<void> sendLayerFolder(const MessageChannel& channel, int folder) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::LayerFolder));
    return channel.send(message.fd(folder));
}

Result<ReceivedLayers> receiveLayers(const MessageChannel& channel) {
    ReceivedLayers received;
    TRY_ASSIGN(Message first, channel.receive());
    TRY_ASSIGN(const std::uint64_t count, first.number());
    TRY_ASSIGN(const std::uint64_t idBase, first.number());
    received.idBase = static_cast<std::uint32_t>(idBase);
    TRY_ASSIGN(received.output, first.fd());
    TRY(first.end());
    if (count > kMostLayers + 1) // and a container's own
        return fail(ErrorCode::InvalidArgument, "an image of " + std::to_string(count) + " layers");
    while (received.folders.size() < count) {
        TRY_ASSIGN(Message message, channel.receive());
        TRY_ASSIGN(UniqueFd folder, message.fd());
        TRY(message.end());
        received.folders.push_back(std::move(folder));
    }
    return received;
}

Result<void> sendLayersDone(const MessageChannel& channel) {
    return channel.send(MessageWriter(static_cast<std::uint32_t>(Kind::LayersDone)));
}

} // namespace escale::worker
