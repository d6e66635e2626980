#include "engine/image/image_details.h"

#include "engine/base/json.h"
#include "engine/image/image_config.h"
#include "engine/image/manifest.h"

namespace escale {

Result<ImageDetails> imageDetails(std::string_view manifest, std::string_view config) {
    TRY_ASSIGN(const ManifestDocument document, parseManifest(manifest));
    const auto* known = std::get_if<ImageManifest>(&document);
    if (known == nullptr)
        return fail(ErrorCode::Untrusted, "the image's manifest is an index");
    if (known->config.digest != Digest::ofData(config))
        return fail(ErrorCode::Untrusted, "the image's configuration is not the one that its manifest names",
                    "Remove the image and pull it again.");
    TRY_ASSIGN(ParsedImageConfig parsed, parseImageConfig(config, known->layers.size()));
    ImageDetails details;
    details.settings = std::move(parsed.settings);
    details.mediaType = known->mediaType;
    for (const LayerDescriptor& layer : known->layers)
        details.blobs.push_back(layer.size);
    TRY_ASSIGN(details.history, imageHistory(config, known->layers.size()));
    TRY_ASSIGN(const Json json, Json::parse(config));
    details.author = json.at("author").toString();
    for (const auto& [path, ignored] : json.at("config").at("Volumes").members())
        details.volumes.push_back(path);
    return details;
}

} // namespace escale
