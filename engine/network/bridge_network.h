// The bridge driver: a Linux bridge with the gateways' addresses, rules in a table of Escale's own
// (firewall.h), and endpoints: veth pairs into containers' network namespaces. Netlink and libnftables; no
// shell-out. Used inside this module; from outside it is a NetworkDriver (driver.h).
#pragma once

#include "engine/network/driver.h"

namespace escale {

class BridgeDriver final : public NetworkDriver {
public:
    /// Makes the bridge, gives it its addresses, brings it up, turns forwarding on and installs the rules.
    /// STP is off. Several networks may share a table. The host's forwarding stays on afterwards: others may
    /// have come to rely on it. AlreadyExists: an interface of that name is not ours (ours carry an alias
    /// that names the table).
    [[nodiscard]] Result<void> ensure(const Network& network) const override;
    void reuse(const Network& network) const override;
    /// Also the table, when no other network is left in it.
    [[nodiscard]] Result<void> remove(const Network& network) const override;
    /// The veth pair, its guard, addresses, the default route by the gateways unless the network is internal,
    /// and loopback up.
    [[nodiscard]] Result<void> attach(const Network& network, const Endpoint& endpoint,
                                      int netns) const override;
    [[nodiscard]] Result<void> detach(const Network& network, const Endpoint& endpoint,
                                      int netns) const override;
    [[nodiscard]] Result<void> repair(const Network& network, const Endpoint& endpoint) const override;
};

} // namespace escale
