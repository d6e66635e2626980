// GET /images/json: which images are listed, and how. Pure.
#pragma once

#include "engine/base/json.h"
#include "helper/docker-api/api/filters.h"
#include "helper/docker-api/images/image_names.h"

#include <map>
#include <string>

namespace escale::docker_api {

struct ImageListOptions {
    bool withShared = false;                    // "shared-size"
    std::map<std::string, std::int64_t> shared; // by id, then
    bool showsNone = false; // "<none>:<none>" for an image without a name, as clients before 1.43 want it
};

/// Those that the filters (reference, label, dangling, before, since, until) let pass, newest first, with the
/// names that they let pass. NotFound for an image of "before" or "since"; InvalidArgument for a value that
/// is none.
Result<std::vector<KnownImage>> filteredImages(std::vector<KnownImage> images, const Filters& filters);

Json imageSummary(const KnownImage& image, const ImageListOptions& options);

/// Go's path.Match: "*" and "?" stop at "/", "[a-z]", "\x". InvalidArgument: a malformed pattern.
Result<bool> matchesPath(std::string_view pattern, std::string_view path);

} // namespace escale::docker_api
