// A port of a container that is reached by a port of this machine. A value: nothing here touches the machine.
#pragma once

#include "engine/network/ip.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

enum class Protocol { Tcp, Udp, Sctp };

/// "tcp", "udp", "sctp", as users and nftables write them.
std::string_view protocolName(Protocol protocol);
Result<Protocol> parseProtocol(std::string_view text);

struct PublishedPort {
    Protocol protocol = Protocol::Tcp;
    /// Empty: every address that this machine has, of the container's family.
    std::optional<IpAddress> hostIp;
    std::uint16_t hostPort = 0; // 0: not chosen yet
    IpAddress containerIp;
    std::uint16_t containerPort = 0;
    auto operator<=>(const PublishedPort&) const = default;
};

/// One that has its rules: whose it is, and the bridge behind which the container is.
struct InstalledPort {
    PublishedPort port;
    std::string owner;
    std::string bridge;
    auto operator<=>(const InstalledPort&) const = default;
};

/// Whether rules can be made of it: both ports chosen, a container's address that is one machine's, and a
/// host address of the same family (there is no process between that could translate one into the other).
Result<void> checkPublishedPort(const PublishedPort& port);

/// Whether one of the two takes what the other wants: same protocol, port and family, and the same address or
/// one of them every address.
bool overlaps(const PublishedPort& one, const PublishedPort& other);

/// Docker's words: "127.0.0.1:8080->80/tcp", "0.0.0.0:53->53/udp", "[::1]:8080->80/tcp".
std::string toWords(const PublishedPort& port);

/// As above, one text for all; neighbours are joined: "0.0.0.0:8000-8002->80-82/tcp, [::]:53->53/udp".
std::string toWords(std::vector<PublishedPort> ports);

/// One such word back, also a range; the container's address is 0.0.0.0 or ::, since the words do not tell
/// it.
Result<std::vector<PublishedPort>> parsePortWords(std::string_view words);

} // namespace escale
