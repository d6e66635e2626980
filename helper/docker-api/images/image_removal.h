// DELETE /images/{name}: which names are taken away, or why none is. Pure.
#pragma once

#include "helper/docker-api/images/image_names.h"

#include <optional>
#include <string>
#include <vector>

namespace escale::docker_api {

struct ImageUser { // a container
    std::string id;
    bool isRunning = false;
};

/// The names that go. InUse (409) in dockerd's words: an id that several repositories or tags name, unless
/// `force`; the last name of an image that a container uses, with `force`, too: no image without a name is
/// kept for a container here.
Result<std::vector<ImageTagName>> namesToRemove(const FoundImage& found, const std::string& asWritten,
                                                bool force, const std::optional<ImageUser>& user);

} // namespace escale::docker_api
