// Manifests and indexes, as a registry sends them.
#include "engine/image/manifest.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <limits>

using namespace escale;
using fuzz::require;

namespace {

void check(const ImageManifest& manifest) {
    require(!manifest.layers.empty() && manifest.layers.size() <= kMostLayers, "1 to 500 layers");
    require(manifest.downloadSize() <= std::numeric_limits<std::int64_t>::max(), "the sizes can be added");
    for (const auto& layer : manifest.layers)
        require(layerCompression(layer.mediaType) == layer.compression, "layers are of known types");
}

void check(const ImageIndex& index) {
    require(index.entries.size() <= kMostIndexEntries, "entries are bounded");
    for (const char* wanted : {"linux/amd64", "linux/arm64/v8", "linux/arm/v7", "windows/amd64"}) {
        const Platform platform = Platform::parse(wanted).value();
        const auto chosen = choosePlatform(index, platform);
        const bool fits = std::any_of(index.entries.begin(), index.entries.end(), [&](const auto& entry) {
            return platform.distance(entry.platform) >= 0;
        });
        require(chosen.has_value() == fits, "an entry that fits is found");
        require(!chosen || platform.distance(chosen->platform) >= 0, "what is chosen fits");
        require(chosen || chosen.error().message.find('\n') == std::string::npos,
                "a message has one line, whatever the index says");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    for (const char* type : {"", "application/vnd.oci.image.index.v1+json",
                             "application/vnd.docker.distribution.manifest.v2+json"}) {
        const auto document = parseManifest(text, type);
        if (document)
            std::visit([](const auto& known) { check(known); }, *document);
    }
    return 0;
}
