// GET /images/{name}/json and /history: what an image says of itself, in Docker's words. Pure.
#pragma once

#include "engine/base/json.h"
#include "helper/docker-api/images/image_names.h"

#include <string_view>

namespace escale::docker_api {

/// Untrusted: documents that are malformed or do not belong together.
Result<Json> imageInspection(const KnownImage& image, std::string_view manifest, std::string_view config);
/// Newest first.
Result<Json> imageHistoryLines(const KnownImage& image, std::string_view manifest, std::string_view config);

} // namespace escale::docker_api
