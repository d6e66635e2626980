// A network as the Docker Engine API shows it.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "helper/dbus/types.h"

#include <string>

namespace escale::docker_api {

class Bus;

/// The caller's networks, and "host" and "none" as if the engine had them.
Result<dbus::NetworkList> allNetworks(const Bus& bus);
/// By its id, name, or the beginning of one id. NotFound, and InvalidArgument when it is not unique, in
/// dockerd's words.
Result<dbus::Network> findNetwork(const Bus& bus, const std::string& name);

/// Options as `docker network create --opt` has them: those that are not the default.
Json networkOptionsJson(const dbus::Network& network);
/// `withContainers`: those that run; lists leave them out.
Json networkJson(const dbus::Network& network, bool withContainers);

} // namespace escale::docker_api
