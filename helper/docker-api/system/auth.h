// POST /auth: whether a registry takes an account (docker login). Nothing is kept: the client does that.
#pragma once

#include "engine/base/result.h"

namespace escale::docker_api {

class Bus;
class Exchange;

Result<void> checkAccount(Exchange& exchange, const Bus& bus);

} // namespace escale::docker_api
