// The engine's networks in the structures of the D-Bus interface.
#pragma once

#include "engine/container/container.h"
#include "engine/network/host_interfaces.h"
#include "engine/network/networks.h"
#include "engine/network/port_reach.h"
#include "helper/dbus/types.h"

namespace escale {

/// Without its endpoints.
dbus::Network toBus(const NetworkRecord& record);
dbus::NetworkPools toBus(const std::vector<NetworkPool>& pools);
dbus::NetworkEndpoint toBus(const EndpointRecord& endpoint, const NetworkRecord& network,
                            const Container& container);
dbus::PortReach toBus(const std::string& port, const PortReach& reach);
dbus::HostInterface toBus(const HostInterface& interface);

} // namespace escale
