// POST /containers/{id}/wait
#pragma once

#include "engine/base/result.h"

namespace escale::docker_api {

class Bus;
class Exchange;

/// The head is sent as soon as nothing can be missed any more: clients start the container then. The wait is
/// made of the engine's events, and outlasts a restart of the engine, which containers do, too.
Result<void> waitForContainer(Exchange& exchange, const Bus& bus);

} // namespace escale::docker_api
