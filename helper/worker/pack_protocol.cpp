#include "helper/worker/pack_protocol.h"

#include "helper/worker/protocol.h"

namespace escale::worker {

Result<void> sendPack(const MessageChannel& channel, LayerCompression compression,
                      const PackDescriptors& descriptors) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::Pack));
    message.number(static_cast<std::uint64_t>(compression));
    return channel.send(message.fd(descriptors.root).fd(descriptors.record).fd(descriptors.output));
}

Result<ReceivedPack> readPack(Message& message) {
    ReceivedPack received;
    TRY_ASSIGN(received.compression, readCompression(message));
    TRY_ASSIGN(received.root, message.fd());
    TRY_ASSIGN(received.record, message.fd());
    TRY_ASSIGN(received.output, message.fd());
    TRY(message.end());
    return received;
}

Result<void> sendPacking(const MessageChannel& channel, std::uint64_t tarBytes) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::Packing));
    return channel.send(message.number(tarBytes));
}

Result<void> sendPacked(const MessageChannel& channel, const LayerBlob& blob) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::Packed));
    message.text(blob.diffId.toString()).text(blob.blobDigest.toString());
    return channel.send(message.number(blob.blobSize).number(blob.tarSize));
}

Result<std::optional<LayerBlob>> readPacked(Message& message, std::uint64_t& tarBytes) {
    switch (static_cast<Kind>(message.kind())) {
    case Kind::Failed:
        return fail(readError(message));
    case Kind::Packing: {
        TRY_ASSIGN(tarBytes, message.number());
        TRY(message.end());
        return std::optional<LayerBlob>();
    }
    case Kind::Packed: {
        TRY_ASSIGN(Digest diffId, readDigest(message));
        TRY_ASSIGN(Digest blobDigest, readDigest(message));
        LayerBlob blob{std::move(diffId), std::move(blobDigest), 0, 0};
        TRY_ASSIGN(blob.blobSize, message.number());
        TRY_ASSIGN(blob.tarSize, message.number());
        TRY(message.end());
        return std::optional(std::move(blob));
    }
    default:
        return fail(ErrorCode::Untrusted,
                    "the worker sent an unexpected message " + kindName(message.kind()));
    }
}

} // namespace escale::worker
