// POST /containers/{id}/update
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <QVariantMap>

namespace escale::docker_api {

class Bus;
class Exchange;

Result<void> updateContainer(Exchange& exchange, const Bus& bus);

/// The body as the options of Containers.Update: those that it changes. Pure. InvalidArgument, Unsupported.
Result<QVariantMap> readUpdate(const Json& body);

} // namespace escale::docker_api
