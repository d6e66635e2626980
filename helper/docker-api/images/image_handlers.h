// What the two tables of routes name, each in the file of its subject.
#pragma once

#include "engine/base/result.h"
#include "helper/docker-api/images/image_names.h"

namespace escale::docker_api {

class Bus;
class Exchange;

// image_list.cpp
Result<void> listImages(Exchange& exchange, const Bus& bus);
// image_details.cpp
Result<void> inspectImage(Exchange& exchange, const Bus& bus);
Result<void> imageHistory(Exchange& exchange, const Bus& bus);
// image_changes.cpp
Result<void> tagImage(Exchange& exchange, const Bus& bus);
Result<void> pruneImages(Exchange& exchange, const Bus& bus);
// image_removal.cpp
Result<void> removeImage(Exchange& exchange, const Bus& bus);
// pull.cpp
Result<void> pullImage(Exchange& exchange, const Bus& bus);
// push.cpp
Result<void> pushImage(Exchange& exchange, const Bus& bus);
// image_archives.cpp
Result<void> saveImages(Exchange& exchange, const Bus& bus);
Result<void> saveImage(Exchange& exchange, const Bus& bus);
Result<void> loadImages(Exchange& exchange, const Bus& bus);
Result<void> importImage(Exchange& exchange, const Bus& bus);
// remote_images.cpp
Result<void> searchImages(Exchange& exchange, const Bus& bus);
Result<void> inspectDistribution(Exchange& exchange, const Bus& bus);

/// The caller's.
Result<std::vector<KnownImage>> knownImages(const Bus& bus);

} // namespace escale::docker_api
