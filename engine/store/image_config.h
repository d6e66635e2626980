// ImageConfig as the JSON text that the image table keeps.
#pragma once

#include "engine/store/store.h"

namespace escale {

std::string imageConfigToJson(const ImageConfig& config);
/// InvalidArgument when a member has another type than imageConfigToJson() writes.
Result<ImageConfig> imageConfigFromJson(const std::string& text);

} // namespace escale
