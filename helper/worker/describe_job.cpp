// Reads a manifest and its configuration for the helper, which reads no foreign JSON itself.
#include "engine/image/image_config.h"
#include "engine/image/manifest.h"
#include "helper/worker/jobs.h"
#include "helper/worker/protocol.h"

namespace escale::worker {
namespace {

struct DescribeRequest {
    Documents documents;
    Platform platform;
};

Result<DescribeRequest> readRequest(const MessageChannel& channel) {
    DescribeRequest request;
    for (;;) {
        TRY_ASSIGN(Message message, channel.receive());
        if (message.kind() == static_cast<std::uint32_t>(Kind::Document)) {
            TRY(takeDocument(message, request.documents));
            continue;
        }
        TRY_ASSIGN(const std::string platform, message.text());
        TRY_ASSIGN(request.documents.indexType, message.text());
        TRY_ASSIGN(request.documents.manifestType, message.text());
        TRY(message.end());
        TRY_ASSIGN(request.platform, Platform::parse(platform));
        return request;
    }
}

/// An index that the image was reached by must name the manifest for this platform: its digest may be what
/// was asked for.
Result<void> checkIndex(const DescribeRequest& request) {
    if (request.documents.index.empty())
        return {};
    TRY_ASSIGN(const ManifestDocument document,
               parseManifest(request.documents.index, request.documents.indexType));
    const auto* index = std::get_if<ImageIndex>(&document);
    if (index == nullptr)
        return fail(ErrorCode::Untrusted, "the registry's index is no index");
    TRY_ASSIGN(const IndexEntry entry, choosePlatform(*index, request.platform));
    if (entry.manifest.digest != Digest::ofData(request.documents.manifest))
        return fail(ErrorCode::Untrusted,
                    "the manifest is not the one that its index names for " + request.platform.toString());
    return {};
}

} // namespace

Result<void> describe(const MessageChannel& channel) {
    TRY_ASSIGN(const DescribeRequest request, readRequest(channel));
    TRY(checkIndex(request));
    TRY_ASSIGN(const ManifestDocument document,
               parseManifest(request.documents.manifest, request.documents.manifestType));
    const auto* manifest = std::get_if<ImageManifest>(&document);
    if (manifest == nullptr)
        return fail(ErrorCode::Untrusted, "the image's manifest is an index");
    if (manifest->config.digest != Digest::ofData(request.documents.config))
        return fail(ErrorCode::Untrusted, "the image's configuration is not the one that its manifest names");
    TRY_ASSIGN(ParsedImageConfig config, parseImageConfig(request.documents.config, manifest->layers.size()));
    TRY(checkPlatform(config.settings, request.platform));
    Description description{manifest->mediaType, manifest->config.digest, std::move(config.settings), {}};
    for (std::size_t i = 0; i < manifest->layers.size(); ++i) {
        const LayerDescriptor& layer = manifest->layers[i];
        description.layers.push_back(
            {config.diffIds.at(i), layer.digest, layer.size, layer.mediaType, layer.compression});
    }
    return sendDescription(channel, description);
}

} // namespace escale::worker
