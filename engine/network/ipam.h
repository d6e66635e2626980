// IP address management, pure: the callers keep the record of what is in use.
#pragma once

#include "engine/network/ipv4.h"

#include <set>
#include <vector>

namespace escale {

/// The first free /16 of 172.16.0.0/12, then /20 of 192.168.0.0/16 and /24 of 10.0.0.0/8 parts, that overlaps
/// none of `taken` (host routes and other networks). NoSpace when there is none.
Result<Ipv4Subnet> chooseSubnet(const std::vector<Ipv4Subnet>& taken);

/// The gateway of a subnet: its first host.
Ipv4Address gatewayOf(const Ipv4Subnet& subnet);

/// A free host address after `last` (wrapping around), so that an address is not reused at once. Never the
/// network, gateway or broadcast address. NoSpace when the subnet is full.
Result<Ipv4Address> chooseAddress(const Ipv4Subnet& subnet, const std::set<Ipv4Address>& used,
                                  Ipv4Address last);

} // namespace escale
