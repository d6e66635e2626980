// Who can reach a published port, from facts alone: no packet is sent.
#pragma once

#include "engine/base/json.h"
#include "engine/network/published_port.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct PortReach {
    enum class Who { ThisMachine, LocalNetwork, Everybody };
    enum class Reason {
        LoopbackAddress, // published on 127.0.0.0/8
        ForwardDropped,  // another table's forward chain lets nothing through to our bridge
        PrivateAddress,  // published on an address that the internet does not route
        NoPublicAddress, // published on every address, none of which the internet routes
        PublicAddress,   // published on one that it does, or on every address and one is such
    };
    Who who = Who::Everybody;
    Reason reason = Reason::PublicAddress;
    /// With ForwardDropped: "the chain FORWARD of table ip filter".
    std::string chain;
    /// False: a forward chain drops by default but has rules that we do not judge; they may let the port
    /// through.
    bool isCertain = true;
    /// Another table's input chain that drops by default: it does not hold published ports back, since their
    /// packets are forwarded. Empty when there is none. Users are surprised by that, so they are told.
    std::string bypassedInput;
    auto operator<=>(const PortReach&) const = default;
};

/// As this machine's tables and addresses are now, in the calling thread's network namespace: a few
/// milliseconds, the same with thousands of ports.
Result<PortReach> reachOf(const PublishedPort& port, std::string_view bridge, std::string_view ownTable);

/// The same of given facts. `ruleset` is libnftables' JSON of all tables, `addresses` those of the host's
/// interfaces. A router that forwards ports to us, or a firewall between, is not seen from here.
PortReach portReach(const PublishedPort& port, std::string_view bridge, std::string_view ownTable,
                    const Json& ruleset, const std::vector<IpAddress>& addresses);

/// Whether the internet routes the address: none of RFC 6890's special ones.
bool isPublic(const IpAddress& address);

} // namespace escale
