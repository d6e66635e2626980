// What happens, as it happens: `docker events`.
#pragma once

#include "engine/base/result.h"

namespace escale::docker_api {

class Bus;
class Exchange;

Result<void> events(Exchange& exchange, const Bus& bus); // GET /events

} // namespace escale::docker_api
