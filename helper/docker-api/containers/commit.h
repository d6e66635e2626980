// POST /commit: an image of what a container has changed.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <QVariantMap>

namespace escale::docker_api {

class Bus;
class Exchange;
class Query;

Result<void> commitContainer(Exchange& exchange, const Bus& bus);

/// The query and the body (a container's Config) as options of Containers.Commit. InvalidArgument;
/// Unsupported: a member that the new image cannot be given. Pure.
Result<QVariantMap> commitOptions(const Query& query, const Json& config);

} // namespace escale::docker_api
