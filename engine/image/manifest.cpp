#include "engine/image/manifest.h"

#include "engine/base/json.h"
#include "engine/image/media_types.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace escale {
namespace {

constexpr std::string_view kDockerSchema1 =
    "application/vnd.docker.distribution.manifest.v1"; // …+json, …+prettyjws

struct LayerType {
    std::string_view mediaType;
    LayerCompression compression;
};
constexpr std::array kLayerTypes{
    LayerType{"application/vnd.oci.image.layer.v1.tar", LayerCompression::None},
    LayerType{"application/vnd.oci.image.layer.v1.tar+gzip", LayerCompression::Gzip},
    LayerType{"application/vnd.oci.image.layer.v1.tar+zstd", LayerCompression::Zstd},
    LayerType{"application/vnd.docker.image.rootfs.diff.tar", LayerCompression::None},
    LayerType{"application/vnd.docker.image.rootfs.diff.tar.gzip", LayerCompression::Gzip},
    LayerType{"application/vnd.docker.image.rootfs.diff.tar.zstd", LayerCompression::Zstd},
};

enum class Kind : std::uint8_t { Index, Manifest };

// What a stranger wrote, fit for a message.
std::string shown(std::string_view text) {
    std::string safe;
    for (const char c : text.substr(0, 120))
        safe += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    return "\"" + safe + "\"";
}

tl::unexpected<Error> bad(const std::string& why) {
    return fail(ErrorCode::Untrusted, "the image's manifest is not valid: " + why,
                "tell whoever published the image; another tag may work");
}

// The members' own errors ("\"size\" must be an integer") say what, this says where.
tl::unexpected<Error> badMember(const std::string& where, const Error& error) {
    return bad(where + ": " + error.message);
}

Result<Descriptor> parseDescriptor(const Json& json, const std::string& where) {
    if (!json.isObject())
        return bad(where + " must be an object");
    const auto mediaType = json.getString("mediaType");
    if (!mediaType)
        return badMember(where, mediaType.error());
    const auto digestText = json.getString("digest");
    if (!digestText)
        return badMember(where, digestText.error());
    auto digest = Digest::parse(*digestText);
    if (!digest)
        return bad(where + " has the malformed digest " + shown(*digestText));
    const auto size = json.getInteger("size");
    if (!size)
        return badMember(where, size.error());
    if (*size < 0)
        return bad(where + " has a negative size");
    return Descriptor{*mediaType, std::move(*digest), static_cast<std::uint64_t>(*size)};
}

Result<std::vector<LayerDescriptor>> parseLayers(const Json& json) {
    if (!json.isArray())
        return bad("\"layers\" must be a list");
    if (json.items().empty())
        return bad("it has no layers");
    if (json.items().size() > kMostLayers)
        return bad("it has " + std::to_string(json.items().size()) + " layers, more than the " +
                   std::to_string(kMostLayers) + " that can be stacked");
    std::vector<LayerDescriptor> layers;
    std::uint64_t total = 0;
    for (const Json& item : json.items()) {
        const std::string where = "layer " + std::to_string(layers.size() + 1);
        TRY_ASSIGN(Descriptor descriptor, parseDescriptor(item, where));
        TRY_ASSIGN(const LayerCompression compression, layerCompression(descriptor.mediaType));
        // Each size is below 2^63, so this cannot wrap before it is seen.
        total += descriptor.size;
        if (total > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return bad("the sizes of its layers add up to more than 2^63 bytes");
        layers.push_back(
            {std::move(descriptor.mediaType), std::move(descriptor.digest), descriptor.size, compression});
    }
    return layers;
}

Result<ImageManifest> parseImageManifest(const Json& json, std::string mediaType) {
    TRY_ASSIGN(Descriptor config, parseDescriptor(json.at("config"), "\"config\""));
    if (config.mediaType != kOciConfig && config.mediaType != kDockerConfig) {
        const std::string artifact = json.at("artifactType").toString(config.mediaType);
        return fail(ErrorCode::Unsupported,
                    "this is no container image but an artifact of type " + shown(artifact),
                    "only images can be pulled and run");
    }
    TRY_ASSIGN(auto layers, parseLayers(json.at("layers")));
    return ImageManifest{std::move(mediaType), std::move(config), std::move(layers)};
}

Result<std::optional<IndexEntry>> parseEntry(const Json& json, const std::string& where) {
    TRY_ASSIGN(Descriptor descriptor, parseDescriptor(json, where));
    const Json& platformJson = json.at("platform");
    if (!platformJson.isNull() && !platformJson.isObject())
        return bad(where + " has a malformed platform");
    // Attestations carry "unknown/unknown", nested indexes and artifacts another type: none of them is an
    // image to run.
    if (descriptor.mediaType != kOciManifest && descriptor.mediaType != kDockerManifest)
        return std::optional<IndexEntry>();
    Platform platform;
    platform.os = platformJson.at("os").toString();
    platform.architecture = platformJson.at("architecture").toString();
    platform.variant = platformJson.at("variant").toString();
    if (platform.architecture.empty() || platform.architecture == "unknown")
        return std::optional<IndexEntry>();
    return std::optional(IndexEntry{std::move(descriptor), std::move(platform)});
}

Result<ImageIndex> parseIndex(const Json& json, std::string mediaType) {
    const Json& manifests = json.at("manifests");
    if (!manifests.isArray())
        return bad("\"manifests\" must be a list");
    if (manifests.items().size() > kMostIndexEntries)
        return bad("its index has more than " + std::to_string(kMostIndexEntries) + " entries");
    ImageIndex index{std::move(mediaType), {}};
    std::size_t number = 0;
    for (const Json& item : manifests.items()) {
        TRY_ASSIGN(auto entry, parseEntry(item, "entry " + std::to_string(++number)));
        if (entry)
            index.entries.push_back(std::move(*entry));
    }
    return index;
}

std::optional<Kind> kindOf(std::string_view mediaType) {
    if (mediaType == kOciIndex || mediaType == kDockerList)
        return Kind::Index;
    if (mediaType == kOciManifest || mediaType == kDockerManifest)
        return Kind::Manifest;
    return std::nullopt;
}

Result<void> refuseSchema1(const Json& json, std::string_view mediaType, std::string_view contentType) {
    const bool old = mediaType.starts_with(kDockerSchema1) ||
                     (mediaType.empty() && contentType.starts_with(kDockerSchema1)) ||
                     json.at("schemaVersion").toInteger() == 1;
    if (old)
        return fail(ErrorCode::Unsupported, "the image's manifest has Docker's schema 1, which is too old",
                    "its publisher must push it again with a Docker of 2016 or newer");
    return {};
}

} // namespace

std::uint64_t ImageManifest::downloadSize() const {
    std::uint64_t total = 0;
    for (const LayerDescriptor& layer : layers)
        total += layer.size;
    return total;
}

Result<ManifestDocument> parseManifest(std::string_view bytes, std::string_view contentType) {
    if (bytes.size() > kLongestManifest)
        return bad("it is longer than 4 MiB");
    const auto parsed = Json::parse(bytes);
    if (!parsed)
        return bad(parsed.error().message);
    const Json& json = *parsed;
    if (!json.isObject())
        return bad("it is not a JSON object");
    const auto mediaType = json.getOptionalString("mediaType");
    if (!mediaType)
        return badMember("manifest", mediaType.error());
    TRY(refuseSchema1(json, *mediaType, contentType));
    if (json.at("schemaVersion").toInteger() != 2)
        return bad("\"schemaVersion\" must be 2");

    // CVE-2021-41190: one document, read as an index by some and as a manifest by others.
    const bool hasManifests = json.contains("manifests");
    const bool hasLayers = json.contains("layers") || json.contains("config");
    if (hasManifests && hasLayers)
        return bad("it is an index and an image manifest at once");
    std::string type = mediaType->empty() ? std::string(contentType) : *mediaType;
    auto kind = kindOf(type);
    if (!kind && !mediaType->empty())
        return fail(ErrorCode::Unsupported,
                    "the manifest has the type " + shown(type) + ", which is no image");
    const auto announced = kindOf(contentType);
    if (kind && announced && *kind != *announced)
        return bad("its own type " + shown(type) + " contradicts the answer's " + shown(contentType));
    if (!kind) {
        kind = hasManifests ? Kind::Index : Kind::Manifest;
        type = hasManifests ? kOciIndex : kOciManifest;
    }
    if (*kind == Kind::Index) {
        if (hasLayers)
            return bad("it says it is an index but has layers");
        return parseIndex(json, std::move(type)).map([](ImageIndex&& index) {
            return ManifestDocument(std::move(index));
        });
    }
    if (hasManifests)
        return bad("it says it is an image manifest but lists manifests");
    return parseImageManifest(json, std::move(type)).map([](ImageManifest&& manifest) {
        return ManifestDocument(std::move(manifest));
    });
}

Result<IndexEntry> choosePlatform(const ImageIndex& index, const Platform& wanted) {
    const IndexEntry* best = nullptr;
    int bestDistance = std::numeric_limits<int>::max();
    std::vector<std::string> offered;
    for (const IndexEntry& entry : index.entries) {
        const int distance = wanted.distance(entry.platform);
        if (distance >= 0 && distance < bestDistance) { // the first of equals: image-spec image-index.md
            best = &entry;
            bestDistance = distance;
        }
        if (const std::string name = entry.platform.toString();
            offered.size() < 20 && std::find(offered.begin(), offered.end(), name) == offered.end())
            offered.push_back(name);
    }
    if (best != nullptr)
        return *best;
    std::string list;
    for (const std::string& name : offered)
        list += (list.empty() ? "" : ", ") + std::string(shown(name)).substr(1, shown(name).size() - 2);
    return fail(ErrorCode::Unsupported,
                "the image is not made for " + wanted.toString() +
                    "; it exists for: " + (list.empty() ? "no platform" : list),
                "choose another tag, or an image made for " + wanted.toString());
}

Result<LayerCompression> layerCompression(std::string_view mediaType) {
    for (const LayerType& type : kLayerTypes) {
        if (mediaType == type.mediaType)
            return type.compression;
    }
    if (mediaType.find(".nondistributable.") != std::string_view::npos ||
        mediaType.find(".foreign.") != std::string_view::npos)
        return fail(ErrorCode::Unsupported,
                    "the image has a layer that its registry does not distribute (" +
                        std::string(shown(mediaType)) + ")",
                    "such layers belong to Windows images, which do not run on Linux");
    return fail(ErrorCode::Unsupported, "the image has a layer of the unknown type " + shown(mediaType));
}

std::string_view manifestAccept() {
    return "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
           "application/vnd.docker.distribution.manifest.list.v2+json, "
           "application/vnd.docker.distribution.manifest.v2+json";
}

} // namespace escale
