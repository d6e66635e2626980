// From what somebody asks for to a network that can be made, or all that stands against it. Pure.
#pragma once

#include "engine/network/ipam.h"
#include "engine/network/network.h"

#include <map>

namespace escale {

/// After `docker network create`.
struct NetworkOptions {
    std::string name;
    std::string driver = "bridge";
    std::vector<std::string> subnets; // at most one of a family, as the next two
    std::vector<std::string> ranges;
    std::vector<std::string> gateways;
    bool ipv6 = false; // without an IPv6 subnet: one of unique local addresses is chosen
    bool internal = false;
    bool icc = true;
    bool masquerade = true;
    unsigned mtu = 0;
    std::string parent;
    std::string mode;
    std::map<std::string, std::string> labels;
};

/// What is wrong with one option; `option` has its name on the bus ("name", "subnet" …).
struct NetworkProblem {
    std::string option;
    Error error;
};

/// A subnet that is taken, and by what: "the network web", "a route of this machine by tun0".
struct TakenSubnet {
    IpSubnet subnet;
    std::string by;
    bool isRoute = false; // of this machine: macvlan and ipvlan share their parent's
};

struct NetworkPlan {
    Network network;                      // whole when there are no problems, but for id, interface and table
    std::vector<NetworkProblem> problems; // in the order of the options
};

NetworkPlan planNetwork(const NetworkOptions& options, const std::vector<TakenSubnet>& taken,
                        const std::vector<SubnetPool>& pools = defaultPools());

} // namespace escale
