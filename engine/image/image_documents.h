// The documents of an image that is made here: image-spec config.md and manifest.md.
#pragma once

#include "engine/image/manifest.h"
#include "engine/store/store.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// Who made the image's last layer, and how.
struct LayerHistory {
    std::string createdBy;
    std::string author;
    std::string comment;
};

/// One line of an image's history.
struct HistoryRecord {
    std::int64_t created = 0; // Unix milliseconds; 0: not said
    std::string createdBy, author, comment;
    bool isEmpty = false; // it has made no layer
};

/// What a built image says beside what a container needs of it.
struct BuiltDocument {
    std::vector<HistoryRecord> history; // base first
    std::string author;
    std::vector<std::string> onBuild; // Docker's own members, as the next
    std::vector<std::string> shell;
};

/// The configuration of an image that was built. InvalidArgument when the history's layers are not as many
/// as `layers`.
Result<std::string> writeBuiltConfig(const ImageConfig& settings, const std::vector<ImageLayer>& layers,
                                     const BuiltDocument& built);
/// The configuration's bytes. `layers` base first; of all but the last nothing is told but that they were
/// there.
std::string writeImageConfig(const ImageConfig& settings, const std::vector<ImageLayer>& layers,
                             const LayerHistory& last);
/// The manifest's bytes, of the media type kOciManifest.
std::string writeManifest(const std::string& config, const std::vector<ImageLayer>& layers);

/// A manifest in which these layers stand in place of those at their positions; all else stays as it was.
/// Untrusted when it has no such layers.
Result<std::string> withNewLayers(std::string_view manifest, const std::map<std::size_t, Descriptor>& layers);

} // namespace escale
