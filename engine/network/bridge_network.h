// The bridge driver (CNM): a Linux bridge with a gateway address, masquerading to the outside by nftables in
// a table of Escale's own, and endpoints (veth pairs) into containers' network namespaces. Netlink and
// libnftables; no shell-out. Blocking, a few milliseconds; callable from any thread. Works in the calling
// thread's network namespace.
#pragma once

#include "engine/network/ipv4.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

struct BridgeNetwork {
    std::string bridge; // interface name, at most 15 characters, e.g. "escale0"
    std::string table;  // nftables table (family inet) that holds this engine's rules, e.g. "escale"
    Ipv4Subnet subnet;
};

struct BridgeEndpoint {
    std::string
        hostInterface; // at most 15 characters, unique; "esc" and the first digits of the container's id
    Ipv4Address address;
    std::string mac; // "02:42:…"; see macFor()
};

/// Docker's rule: 02:42 and the four bytes of the address.
std::string macFor(Ipv4Address address);

/// Subnets this host routes to, on-link or by a gateway, in every routing table, and its own addresses;
/// sorted. Not counted: default routes, also in the form of a gateway route shorter than /8 (VPNs split
/// theirs into 0.0.0.0/1 and 128.0.0.0/1).
Result<std::vector<Ipv4Subnet>> hostSubnets();

/// Makes the bridge, gives it its gateway address, brings it up, turns forwarding on and installs the rules.
/// What already exists is kept and completed: calling it twice is harmless. On failure nothing stays. STP is
/// off; the MTU is that of the default route's interface, at most 1500. Several networks may share a table.
/// The host's ip_forward stays on afterwards: others may have come to rely on it. InvalidArgument: a name, or
/// a prefix outside /8 to /30. AlreadyExists: an interface of that name is not ours (ours carry an alias that
/// names the table).
Result<void> ensureBridge(const BridgeNetwork& network);

/// Removes the bridge, its rules, and the table when no other network is left in it. No error when they are
/// gone already. WrongState: the interface is not ours; it and its rules are left alone. The subnet is not
/// looked at.
Result<void> removeBridge(const BridgeNetwork& network);

/// Makes the veth pair: one end in the bridge, the other as eth0 in the network namespace of `pid`, with
/// address, MAC, default route by the gateway, and loopback up. On failure nothing stays.
Result<void> attachEndpoint(const BridgeNetwork& network, const BridgeEndpoint& endpoint, pid_t pid);

/// Removes the host end (and with it the pair). No error when the namespace's end took it along. WrongState:
/// it is no veth.
Result<void> detachEndpoint(const BridgeEndpoint& endpoint);

} // namespace escale
