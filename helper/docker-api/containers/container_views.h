// What the Docker Engine API tells of containers (container_view_routes.cpp).
#pragma once

#include "engine/base/result.h"

namespace escale::docker_api {

class Bus;
class Exchange;

Result<void> listContainers(Exchange& exchange, const Bus& bus);   // GET /containers/json
Result<void> inspectContainer(Exchange& exchange, const Bus& bus); // GET /containers/{id}/json
Result<void> containerLogs(Exchange& exchange, const Bus& bus);    // GET /containers/{id}/logs
Result<void> containerStats(Exchange& exchange, const Bus& bus);   // GET /containers/{id}/stats
Result<void> containerTop(Exchange& exchange, const Bus& bus);     // GET /containers/{id}/top
Result<void> containerChanges(Exchange& exchange, const Bus& bus); // GET /containers/{id}/changes

} // namespace escale::docker_api
