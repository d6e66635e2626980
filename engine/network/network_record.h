// What is kept of networks and endpoints over restarts: plain values.
#pragma once

#include "engine/network/network.h"

#include <map>
#include <string_view>
#include <sys/types.h>

namespace escale {

/// The network that containers are in unless they name another. Everybody has one of their own.
constexpr std::string_view kDefaultNetwork = "bridge";

struct NetworkRecord {
    Network network;
    uid_t owner = 0;
    std::int64_t createdAt = 0; // Unix time, milliseconds
    std::map<std::string, std::string> labels;
    std::vector<IpAddress> last; // given last in each pool: one is not used again at once

    [[nodiscard]] bool isDefault() const { return network.name == kDefaultNetwork; }
};

/// What a container asks for in a network.
struct EndpointRequest {
    std::vector<std::string> aliases; // other names in DNS
    std::optional<IpAddress> ip;      // IPv4
    std::optional<IpAddress> ip6;
    std::string mac;
    bool operator==(const EndpointRequest&) const = default;
};

/// A container's place in a network. What stands under `addresses` and `mac` it has while it runs.
struct EndpointRecord {
    std::string container;
    std::string network;   // id
    unsigned position = 0; // the number of its interface: eth0 is 0
    EndpointRequest request;
    std::vector<IpAddress> addresses;
    std::string mac;

    [[nodiscard]] std::string inside() const { return "eth" + std::to_string(position); }
    /// The host's end where the driver makes one: "esc" and 12 digits of the container's id, or "es1-" and
    /// so on.
    [[nodiscard]] std::string hostInterface() const;
};

/// "name=NETWORK,alias=…,ip=…,ip6=…,mac-address=…", Docker's long form, or a name alone. InvalidArgument.
struct NetworkChoice {
    std::string network; // name or id
    EndpointRequest request;
};
Result<NetworkChoice> parseNetworkChoice(std::string_view text);
std::string toString(const NetworkChoice& choice);
/// Aliases and MAC; which addresses the network has is looked at later.
Result<void> checkEndpointRequest(const EndpointRequest& request);

} // namespace escale
