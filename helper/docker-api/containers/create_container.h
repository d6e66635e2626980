// POST /containers/create
#pragma once

#include "engine/base/result.h"

namespace escale::docker_api {

class Bus;
class Exchange;

/// An image that is not there is "No such image" (404): clients pull it then and ask again. Nothing else is a
/// 404, so that they do not pull for nothing.
Result<void> createContainer(Exchange& exchange, const Bus& bus);

} // namespace escale::docker_api
