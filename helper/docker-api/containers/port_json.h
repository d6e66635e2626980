// Published and exposed ports in the two forms that the Docker Engine API has for them. Pure.
#pragma once

#include "engine/base/json.h"
#include "helper/dbus/types.h"

#include <cstdint>
#include <string>
#include <vector>

namespace escale::docker_api {

struct PortPlace {
    std::string hostAddress; // empty: it is exposed, not published
    std::uint16_t hostPort = 0;
    std::uint16_t port = 0;
    std::string protocol;
};

/// What a container's ports are now: the published ones of List ("127.0.0.1:8080->80/tcp", ranges too), and
/// `exposed`
/// ("80/tcp") that are not published. In the order of their ports. Words that are none are left out.
std::vector<PortPlace> portPlaces(const QStringList& published, const QStringList& exposed);

/// Of lists: [{"IP", "PrivatePort", "PublicPort", "Type"}].
Json portList(const std::vector<PortPlace>& places);
/// Of one container: {"80/tcp": [{"HostIp", "HostPort"}], "443/tcp": null}.
Json portMap(const std::vector<PortPlace>& places);

} // namespace escale::docker_api
