// The nftables rules of a bridge network, through libnftables. Used inside this module only.
//
// Every network has two base chains of its own in the engine's table, so that one can be written and removed
// without a glance at the others:
//   postrouting-<bridge>  hides the subnet behind the address of the interface by which its packets leave
//   forward-<bridge>      lets the containers out and the answers back, drops what else would enter: from
//   outside and from
//                         every other bridge; and drops what a container sends with an address that is not
//                         its subnet's
#pragma once

#include "engine/base/result.h"
#include "engine/network/bridge_network.h"

#include <string>
#include <string_view>

namespace escale::firewall {

/// Table names we write into nftables commands: a letter, then [a-zA-Z0-9_], at most 31 characters.
Result<void> validateTableName(std::string_view name);

/// The nftables commands that install a network's rules, replacing older ones of the same bridge. Both names
/// must be valid.
std::string installCommands(const BridgeNetwork& network);

/// One transaction: all the rules or none.
Result<void> install(const BridgeNetwork& network);

/// Removes the bridge's chains, and the table with the last of them. No error when they are gone already.
Result<void> remove(const BridgeNetwork& network);

} // namespace escale::firewall
