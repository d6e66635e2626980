// The interfaces of this machine, as rtnetlink(7) tells of them: what the topology shows around our bridges.
#pragma once

#include "engine/network/interface_counters.h"
#include "engine/network/ip.h"

#include <string>
#include <vector>

struct rtnl_link;

namespace escale {

struct HostInterface {
    std::string name;
    std::string kind; // "bridge", "veth", "vlan" …, "loopback"; empty: hardware
    bool isUp = false;
    std::string mac;
    std::vector<std::string> addresses; // "192.168.1.5/24"
    std::string bridge;                 // that it is a port of
    std::string parent;                 // of a VLAN and the like
    InterfaceCounters counters;
    std::string unfit; // why it is no parent for macvlan and ipvlan; empty: it is one
};

/// In the calling thread's network namespace, by index.
Result<std::vector<HostInterface>> hostInterfaces();

/// Why the kernel lets no network have it as its parent; empty: it can be one. Used inside this module.
std::string whyNoParent(rtnl_link* link);

} // namespace escale
