// /containers/{id}/archive and /containers/{id}/export: files of a container as tar archives.
#pragma once

#include "engine/base/result.h"

namespace escale::docker_api {

class Bus;
class Exchange;

Result<void> statArchive(Exchange& exchange, const Bus& bus); // HEAD
Result<void> getArchive(Exchange& exchange, const Bus& bus);  // GET
Result<void> putArchive(Exchange& exchange, const Bus& bus);  // PUT
Result<void> exportContainer(Exchange& exchange, const Bus& bus);

} // namespace escale::docker_api
