// What clients ask first: is somebody there, and which versions does it speak?
#pragma once

#include "engine/base/result.h"

namespace escale::docker_api {

class Bus;
class Exchange;

Result<void> ping(Exchange& exchange, const Bus& bus);    // GET and HEAD /_ping
Result<void> version(Exchange& exchange, const Bus& bus); // GET /version

} // namespace escale::docker_api
