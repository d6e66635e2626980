// What a registry answers for a reference: an image manifest, or an index of one manifest a platform. Read
// from bytes no one vouches for, so every field that is used is checked; nothing that is not used is kept.
// image-spec manifest.md, image-index.md; Docker "Image Manifest Version 2, Schema 2".
#pragma once

#include "engine/base/digest.h"
#include "engine/base/result.h"
#include "engine/image/platform.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace escale {

/// Longest manifest or index in bytes; distribution-spec asks registries for 4 MiB at least.
constexpr std::size_t kLongestManifest = 4u << 20;
/// Most layers of an image: overlayfs stacks no more (OVL_MAX_STACK).
constexpr std::size_t kMostLayers = 500;
/// Most entries of an index.
constexpr std::size_t kMostIndexEntries = 1000;

/// image-spec descriptor.md.
struct Descriptor {
    std::string mediaType;
    Digest digest;
    std::uint64_t size = 0; // bytes
};

enum class LayerCompression : std::uint8_t { None, Gzip, Zstd };

struct LayerDescriptor {
    std::string mediaType;
    Digest digest;          // of the blob, compressed as it is
    std::uint64_t size = 0; // bytes of the blob
    LayerCompression compression = LayerCompression::None;
};

struct ImageManifest {
    std::string mediaType;
    Descriptor config;
    std::vector<LayerDescriptor> layers;              // base first
    [[nodiscard]] std::uint64_t downloadSize() const; // of the layers; parseManifest proved that it fits
};

struct IndexEntry {
    Descriptor manifest;
    Platform platform;
};

/// An OCI index or a Docker manifest list; entries that are no images (attestations, signatures) are left
/// out.
struct ImageIndex {
    std::string mediaType;
    std::vector<IndexEntry> entries;
};

using ManifestDocument = std::variant<ImageManifest, ImageIndex>;

/// `contentType` is the answer's Content-Type; it decides only when the document does not say its own type,
/// and may be empty. Untrusted: malformed, contradictory or over a limit. Unsupported: schema 1, foreign
/// layers, an unknown kind of layer, or an artifact that is no container image.
Result<ManifestDocument> parseManifest(std::string_view bytes, std::string_view contentType = {});

/// The entry that fits `wanted` best. Unsupported when none does; the message names what there is.
Result<IndexEntry> choosePlatform(const ImageIndex& index, const Platform& wanted);

/// The compression a layer's media type declares; Unsupported for types that are no layers we can unpack.
Result<LayerCompression> layerCompression(std::string_view mediaType);

/// The Accept header of a manifest request: all types parseManifest understands.
std::string_view manifestAccept();

} // namespace escale
