// /containers/{id}/exec and /exec/{id}/…: one more process in a container that runs.
#pragma once

#include "engine/base/result.h"

namespace escale::docker_api {

class Bus;
class Exchange;

Result<void> createExec(Exchange& exchange, const Bus& bus);
Result<void> startExec(Exchange& exchange, const Bus& bus);
Result<void> inspectExec(Exchange& exchange, const Bus& bus);
Result<void> resizeExec(Exchange& exchange, const Bus& bus);

} // namespace escale::docker_api
