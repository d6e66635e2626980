// An image's manifest and configuration together, as far as people want to know.
#pragma once

#include "engine/image/image_history.h"
#include "engine/store/store.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct ImageDetails {
    ImageConfig settings;
    std::vector<std::string> volumes; // folders that are kept out of the layers
    std::string author;
    std::string mediaType;            // of the manifest
    std::vector<std::uint64_t> blobs; // sizes of the layers as they were downloaded, base first
    std::vector<HistoryStep> history; // oldest first
};

/// Untrusted when a document is malformed, or the configuration is not the one that the manifest names.
Result<ImageDetails> imageDetails(std::string_view manifest, std::string_view config);

} // namespace escale
