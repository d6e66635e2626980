// What a network and an endpoint are to a driver (CNM): plain values, complete; who keeps them is not this
// module's affair.
#pragma once

#include "engine/network/ip.h"
#include "engine/network/mac_address.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace escale {

/// One subnet of a network. IPv4: /8 to /30; IPv6: /48 to /126.
struct NetworkPool {
    IpSubnet subnet;
    std::optional<IpSubnet> ipRange; // part of the subnet that addresses are chosen from; none: all of it
    IpAddress gateway;               // on the bridge; for macvlan and ipvlan: a router on the parent's link
};

struct Network {
    std::string id;
    std::string name;
    std::string driver = "bridge";  // bridge, macvlan, ipvlan
    std::string interface;          // bridge: the bridge's name, at most 15 characters, e.g. "escale0";
                                    // without a parent: that of the dummy interface in its place
    std::string table;              // nftables table (family inet) of this engine, e.g. "escale"
    std::vector<NetworkPool> pools; // at least one
    bool internal = false;          // no way out: neither route nor rule
    bool icc = true;                // bridge: its containers reach each other
    bool masquerade = true;         // bridge: they leave with the host's address
    unsigned mtu = 0;               // bytes; 0: that of the default route's interface (bridge) or the parent
    std::string parent;             // macvlan, ipvlan: "eth0", or "eth0.7" for a VLAN of it; "": internal
    std::string mode; // macvlan: bridge, private, vepa, passthru; ipvlan: l2, l3, l3s; "": the first
};

/// A container's place in a network.
struct Endpoint {
    std::string id;            // the container's
    std::string hostInterface; // bridge: the host's end, at most 15 characters, unique on this machine
    std::string inside = "eth0";
    std::vector<IpAddress> addresses; // at most one of each pool
    std::string mac;                  // "02:42:…", see macFor(); ipvlan and passthru have their parent's
    bool isDefaultRoute = true;       // one endpoint of a container has the default route
};

/// Docker's rule: 02:42 and the (last) four bytes of the address.
std::string macFor(const IpAddress& address);
/// The IPv6 link-local address of a MAC (RFC 4291, appendix A).
IpAddress linkLocalOf(const MacBytes& mac);

/// The pool that the address is in, or none.
const NetworkPool* poolOf(const Network& network, const IpAddress& address);
/// Of the subnet, and neither the gateway's nor one that stands for the subnet itself.
bool isForContainers(const NetworkPool& pool, const IpAddress& address);
bool hasFamily(const Network& network, bool isV6);

/// The mode, also when it is not named; empty for a bridge.
std::string modeOf(const Network& network);

/// For the families that its pools have. InvalidArgument.
Result<void> validateMtu(const Network& network);
/// Names, driver, mode, pools (no overlap within, gateway and range inside) and MTU. Whether the parent is
/// there and fit is known when the network is made. InvalidArgument.
Result<void> validateNetwork(const Network& network);
/// Addresses for a container in the network's pools, MAC, names. InvalidArgument.
Result<void> validateEndpoint(const Network& network, const Endpoint& endpoint);

} // namespace escale
