// POST /containers/{id}/attach: a container's standard streams or terminal over the connection itself.
#pragma once

#include "engine/base/result.h"

namespace escale::docker_api {

class Bus;
class Exchange;

/// Of a container that does not run: from its next start on.
Result<void> attach(Exchange& exchange, const Bus& bus);
/// GET /containers/{id}/attach/ws: refused.
Result<void> attachWebSocket(Exchange& exchange, const Bus& bus);

} // namespace escale::docker_api
