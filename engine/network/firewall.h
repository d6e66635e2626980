// The nftables rules of bridge networks, through libnftables. Used inside this module only.
//
// In the engine's table `inet <table>`, shared by its networks and by what publishes ports; nobody flushes
// the table:
//   forward, input        base chains; they only look an interface up in the maps `leaving`, `entering` and
//                         `calling`, so that a packet costs the same with two hundred networks as with one
//   leaving-<bridge>      what containers send out of their network: only with its addresses, of an internal
//                         one nothing; among each other by ICC
//   entering-<bridge>     answers, and connections to published ports (ct status dnat); nothing else from
//                         outside or from other networks
//   calling-<bridge>      to the host: not to the gateways of other networks (`gateways`, `gateways6`)
//   postrouting-<bridge>  a base chain: hides the containers behind the host's address
//
// In the table `netdev <table>` each endpoint has a chain at the ingress of its host's end: the guard. It
// sees every frame before the bridge does, ARP and neighbour discovery included, and lets pass what bears the
// endpoint's MAC and addresses. No other traffic of the machine meets it, it goes in one command, and what
// the bridge family would need (sets that name interfaces, MACs and addresses) could go stale.
//
// An endpoint of macvlan or ipvlan has no end on the host: what its parent sends does not tell who sent it.
// Its guard stands in the container's namespace, at the egress of its interface. It holds those who may not
// change it: containers without CAP_NET_ADMIN, which is the default.
#pragma once

#include "engine/network/network.h"

#include <string>
#include <string_view>

namespace escale {

/// One chain, or table of an endpoint, and its rules as people read them.
struct RuleChain {
    std::string name;
    std::string rules;
};

} // namespace escale

namespace escale::firewall {

/// Table names we write into nftables commands: a letter, then [a-zA-Z0-9_], at most 31 characters.
Result<void> validateTableName(std::string_view name);

/// One transaction: all the rules of a valid network or none, in place of older ones of the same bridge.
Result<void> install(const Network& network);
/// Tells of those that install() has made before (base/making.h).
void reuse(const Network& network);
/// Removes the bridge's chains, and the table with the last network when no port is published. No error when
/// they are gone already.
Result<void> remove(const Network& network);
/// Takes the table away when it has neither a network's chains nor those of published ports. The caller has
/// nft::lockTable().
Result<void> removeUnusedTable(const std::string& table);

/// The guard of a valid endpoint, in place of an older one; the interface exists.
Result<void> installGuard(const Network& network, const Endpoint& endpoint);
/// No error when it is gone already.
Result<void> removeGuard(const std::string& table, const std::string& hostInterface);

/// The guard of an endpoint without an end on the host. In the calling thread's namespace, which is the
/// container's; `mac` is what its interface bears.
Result<void> installInnerGuard(const Network& network, const Endpoint& endpoint, const MacBytes& mac);
/// No error when it is gone already.
Result<void> removeInnerGuard(const std::string& table, const std::string& inside);

/// The rules that packets between an endpoint and the network meet, each chain as `nft list` writes it;
/// `hostInterface` empty: those of the network alone. Chains that are not there are left out.
std::vector<RuleChain> list(const Network& network, const std::string& hostInterface);

} // namespace escale::firewall
