// What this host already routes.
#pragma once

#include "engine/network/ip.h"

#include <vector>

struct nl_sock;

namespace escale {

/// Subnets this host routes to, of both families, on-link or by a gateway, in every routing table, and its
/// own addresses; sorted. Not counted: default routes, also in the form of a gateway route shorter than /8
/// (VPNs split theirs into 0.0.0.0/1 and 128.0.0.0/1, ::/1 and 8000::/1), link-local and multicast ones.
Result<std::vector<IpSubnet>> hostSubnets();

/// The same with the interface that each goes by; "" when it goes by none or several.
struct HostRoute {
    IpSubnet subnet;
    std::string interface;
    auto operator<=>(const HostRoute&) const = default;
};
Result<std::vector<HostRoute>> hostRoutes();

/// The MTU in bytes for a bridge and its endpoints: that of the default route's interface, at most 1500; 1500
/// without one. Used inside this module.
Result<unsigned> endpointMtu(nl_sock* socket);

} // namespace escale
