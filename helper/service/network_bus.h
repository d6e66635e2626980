// The engine's networks in the structures of the D-Bus interface.
#pragma once

#include "engine/container/container.h"
#include "engine/network/host_interfaces.h"
#include "engine/network/networks.h"
#include "engine/network/port_reach.h"
#include "helper/dbus/types.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace escale {

/// Without its endpoints.
dbus::Network toBus(const NetworkRecord& record);
dbus::NetworkPools toBus(const std::vector<NetworkPool>& pools);

/// What endpoints show of their container.
struct EndpointOwner {
    explicit EndpointOwner(const Container& container);
    std::string name, hostname;
    bool isRunning;
};
using EndpointOwners = std::unordered_map<std::string, EndpointOwner>; // by id
/// With those endpoints whose containers are among `owners`.
dbus::NetworkList toBus(const std::vector<NetworkRecord>& networks,
                        const std::vector<EndpointRecord>& endpoints, const EndpointOwners& owners);
dbus::PortReach toBus(const std::string& port, const PortReach& reach);
dbus::HostInterface toBus(const HostInterface& interface);

} // namespace escale
