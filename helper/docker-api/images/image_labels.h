// The labels of images, which Images.List does not tell.
#pragma once

#include "helper/docker-api/images/image_names.h"

namespace escale::docker_api {

class Bus;

/// Fills in `labels`. Read of each image once and remembered by its id (which is a digest: they never
/// change), so that a list costs one call a new image. An image that has gone meanwhile has none.
Result<void> addLabels(const Bus& bus, std::vector<KnownImage>& images);

} // namespace escale::docker_api
