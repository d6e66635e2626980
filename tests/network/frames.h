// Ethernet frames as a container's root can make them, and who gets them.
#pragma once

#include "tests/network/test_network.h"

#include <string>
#include <vector>

namespace escale::test {

using Frame = std::string;

/// A UDP packet of either family, to everybody on the link.
Frame udpFrame(const std::string& mac, const std::string& from, const std::string& to);
/// A request that says `address` has the MAC `inside`.
Frame arpFrame(const std::string& mac, const std::string& inside, const std::string& address);
/// ICMPv6 to all nodes: 134 router advertisement, 135 neighbour solicitation, 136 advertisement, 137
/// redirect.
Frame neighbourFrame(int type, const std::string& mac, const std::string& from, const std::string& target,
                     bool behindExtension = false);
/// The frame in an 802.1Q header.
Frame vlanFrame(const Frame& frame);
/// Some frame of an EtherType (or, below 1536, of that length).
Frame protocolFrame(const std::string& mac, std::uint16_t type);

/// Sends the frames by eth0 of one; which of them is the first that arrives at eth0 of the other. Unreachable
/// when none does in time. `saidProtocol`: the EtherType that the socket claims for all but the last one.
Result<Frame> firstSeen(const NamespaceProcess& sender, const NamespaceProcess& receiver,
                        const std::vector<Frame>& frames, int saidProtocol = 0);

} // namespace escale::test
