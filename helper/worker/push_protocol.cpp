#include "helper/worker/push_protocol.h"

namespace escale::worker {
namespace {

MessageWriter writer(Kind kind) {
    return MessageWriter(static_cast<std::uint32_t>(kind));
}

} // namespace

Result<void> sendBlobRequest(const MessageChannel& channel, const BlobRequest& request, int file) {
    auto message = writer(Kind::WantBlob);
    message.number(request.number).text(request.digest.toString()).number(request.size);
    message.texts(request.mountFrom).number(file >= 0 ? 1 : 0);
    if (file >= 0)
        message.fd(file);
    return channel.send(message);
}

Result<ReceivedBlobRequest> readBlobRequest(Message& message) {
    TRY_ASSIGN(const std::uint64_t number, message.number());
    TRY_ASSIGN(Digest digest, readDigest(message));
    TRY_ASSIGN(const std::uint64_t size, message.number());
    TRY_ASSIGN(auto mountFrom, message.texts());
    TRY_ASSIGN(const std::uint64_t hasFile, message.number());
    ReceivedBlobRequest received{{number, std::move(digest), size, std::move(mountFrom)}, {}};
    if (hasFile != 0) {
        TRY_ASSIGN(received.file, message.fd());
    }
    TRY(message.end());
    return received;
}

Result<void> sendBlobState(const MessageChannel& channel, std::uint64_t number, BlobState state) {
    auto message = writer(Kind::BlobState);
    return channel.send(message.number(number).number(static_cast<std::uint64_t>(state)));
}

Result<std::pair<std::uint64_t, BlobState>> readBlobState(Message& message) {
    TRY_ASSIGN(const std::uint64_t number, message.number());
    TRY_ASSIGN(const std::uint64_t state, message.number());
    TRY(message.end());
    if (state > static_cast<std::uint64_t>(BlobState::Sent))
        return fail(ErrorCode::Untrusted, "malformed message: an unknown state of a blob");
    return std::pair(number, static_cast<BlobState>(state));
}

Result<void> sendManifestRequest(const MessageChannel& channel, const std::string& manifest,
                                 const ManifestRequest& request) {
    Documents documents;
    documents.manifest = manifest;
    TRY(sendDocuments(channel, documents));
    for (const auto& [position, layer] : request.newLayers) {
        auto message = writer(Kind::NewLayer);
        message.number(position).text(layer.mediaType).text(layer.digest.toString()).number(layer.size);
        TRY(channel.send(message));
    }
    auto message = writer(Kind::PutManifest);
    return channel.send(message.text(request.tag).text(request.mediaType));
}

Result<void> takeNewLayer(Message& message, ManifestRequest& request) {
    TRY_ASSIGN(const std::uint64_t position, message.number());
    TRY_ASSIGN(std::string mediaType, message.text(500));
    TRY_ASSIGN(Digest digest, readDigest(message));
    TRY_ASSIGN(const std::uint64_t size, message.number());
    TRY(message.end());
    request.newLayers.insert_or_assign(position, Descriptor{std::move(mediaType), std::move(digest), size});
    return {};
}

Result<void> takeManifestEnd(Message& message, ManifestRequest& request) {
    TRY_ASSIGN(request.tag, message.text(500));
    TRY_ASSIGN(request.mediaType, message.text(500));
    return message.end();
}

Result<void> sendManifestPut(const MessageChannel& channel, const ManifestPut& put) {
    auto message = writer(Kind::ManifestPut);
    return channel.send(message.text(put.digest.toString()).number(put.size));
}

Result<ManifestPut> readManifestPut(Message& message) {
    TRY_ASSIGN(Digest digest, readDigest(message));
    TRY_ASSIGN(const std::uint64_t size, message.number());
    TRY(message.end());
    return ManifestPut{std::move(digest), size};
}

} // namespace escale::worker
