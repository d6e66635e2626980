// What is done to a container that is there: the handlers of container_routes.cpp.
#pragma once

#include "engine/base/result.h"

namespace escale::docker_api {

class Bus;
class Exchange;

Result<void> startContainer(Exchange& exchange, const Bus& bus);
Result<void> stopContainer(Exchange& exchange, const Bus& bus);
Result<void> restartContainer(Exchange& exchange, const Bus& bus);
Result<void> killContainer(Exchange& exchange, const Bus& bus);
Result<void> pauseContainer(Exchange& exchange, const Bus& bus);
Result<void> unpauseContainer(Exchange& exchange, const Bus& bus);
Result<void> renameContainer(Exchange& exchange, const Bus& bus);
Result<void> removeContainer(Exchange& exchange, const Bus& bus);

} // namespace escale::docker_api
