// POST /volumes/prune
#pragma once

#include "engine/base/result.h"

namespace escale::docker_api {

class Bus;
class Exchange;

Result<void> pruneVolumes(Exchange& exchange, const Bus& bus);

} // namespace escale::docker_api
