// What a stage takes over from the image that it begins with: the image's configuration document (image-spec
// config.md, with Docker's own members) as a StageConfig. The bytes are a stranger's: not for root. Pure.
#pragma once

#include "engine/build/build_operations.h"

#include <string_view>

namespace escale {

struct BaseConfig {
    StageConfig config; // its triggers (ONBUILD) are in it still
    std::string os, architecture, variant;
    std::vector<HistoryLine> history;
};

/// Untrusted: the bytes are no configuration, or one that no container could use.
Result<BaseConfig> readBaseConfig(std::string_view document);

} // namespace escale
