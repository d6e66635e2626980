// Ports of this machine.
#pragma once

#include "engine/base/result.h"
#include "helper/docker-api/containers/create_request.h"

namespace escale::docker_api {

/// The first one of the range that nobody has now. It is the container's from its start on, so that somebody
/// else may come first. InUse: there is none.
Result<std::uint16_t> freePort(const HostPortRange& range);

} // namespace escale::docker_api
