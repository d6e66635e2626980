// The configuration blob of an image: image-spec config.md and Docker's container.image.v1 (the same
// members).
#pragma once

#include "engine/base/digest.h"
#include "engine/base/result.h"
#include "engine/image/platform.h"
#include "engine/store/store.h"

#include <string_view>
#include <vector>

namespace escale {

/// Longest configuration in bytes (the same as Docker's).
constexpr std::size_t kLongestImageConfig = 4u << 20;

struct ParsedImageConfig {
    ImageConfig settings;
    std::vector<Digest> diffIds; // of the layers' uncompressed tars, base first
};

/// `layers` is the number of layers of the manifest. Untrusted when the bytes are no configuration, or one
/// that contradicts the manifest or holds what no container could use (NUL bytes, "=value" in the
/// environment, …). Unsupported when the image is not for Linux.
Result<ParsedImageConfig> parseImageConfig(std::string_view bytes, std::size_t layers);

/// Unsupported, naming both, when an image of this configuration does not run where `wanted` is wanted.
Result<void> checkPlatform(const ImageConfig& config, const Platform& wanted);

} // namespace escale
