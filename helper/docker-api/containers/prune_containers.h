// POST /containers/prune
#pragma once

#include "engine/base/result.h"

namespace escale::docker_api {

class Bus;
class Exchange;

/// Removes those that do not run and that the filters leave.
Result<void> pruneContainers(Exchange& exchange, const Bus& bus);

} // namespace escale::docker_api
