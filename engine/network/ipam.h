// IP address management, pure: the callers keep the record of what is in use.
#pragma once

#include "engine/network/network.h"

#include <set>
#include <vector>

namespace escale {

/// A block that subnets of one length are cut from, in order.
struct SubnetPool {
    IpSubnet block;
    unsigned prefix;
};
/// /16 of 172.16.0.0/12, then /20 of 192.168.0.0/16, then /24 of 10.0.0.0/8.
const std::vector<SubnetPool>& defaultPools();

/// "10.200.0.0/16:24,192.168.0.0/16:20": a block of IPv4 and the length of the subnets cut from it, several
/// by commas. InvalidArgument.
Result<std::vector<SubnetPool>> parsePools(std::string_view text);

/// The first free subnet of the pools that overlaps none of `taken` (host routes of all tables and other
/// networks). NoSpace when there is none.
Result<IpSubnet> chooseSubnet(const std::vector<IpSubnet>& taken,
                              const std::vector<SubnetPool>& pools = defaultPools());
/// A /64 of unique local addresses (RFC 4193): fd, 40 random bits, subnet 0. Free of `taken`.
Result<IpSubnet> chooseUniqueLocalSubnet(const std::vector<IpSubnet>& taken);

/// The first of `taken` that the subnet overlaps: for networks whose subnet a person gives, and for VPNs that
/// come up later.
const IpSubnet* overlapOf(const IpSubnet& subnet, const std::vector<IpSubnet>& taken);

/// The gateway of a subnet: its first host.
IpAddress gatewayOf(const IpSubnet& subnet);

/// A free host address of the pool's range after `last` (wrapping around), so that an address is not reused
/// at once. Never the network's, gateway's or broadcast address. NoSpace when the range is full.
Result<IpAddress> chooseAddress(const NetworkPool& pool, const std::set<IpAddress>& used,
                                const IpAddress& last);

} // namespace escale
