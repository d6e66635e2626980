// The drivers macvlan and ipvlan: an endpoint is an interface of the container's own on the link of a parent,
// an interface of the host; nothing of it is on the host. Used inside this module only.
//
// Parents that are not there are made when they can be: "eth0.7" as the VLAN 7 of eth0, and a dummy in place
// of none. Their interface group says that they are ours, their alias which networks use them; with the last
// of these they go. All else about a parent is the host's affair: whether it is up, its addresses, its MTU.
//
// What Linux does not let these do: the host and its own containers do not reach each other (the frames of a
// sub-interface never go up in its parent); macvlan and ipvlan exclude each other on a parent, as do a bridge
// or a bond; the mode of ipvlan is one for all networks of a parent; no port is published, since the
// containers are machines of the parent's network.
#pragma once

#include "engine/network/driver.h"

namespace escale {

class SubInterfaceDriver final : public NetworkDriver {
public:
    /// NotFound: the parent is not there. WrongState: it cannot be one. Unsupported: this kernel has no
    /// driver for what would be made.
    [[nodiscard]] Result<void> ensure(const Network& network) const override;
    /// Nothing to tell: attach() looks for the parent itself.
    void reuse(const Network& /*network*/) const override {}
    [[nodiscard]] Result<void> remove(const Network& network) const override;
    /// InUse: the parent is passed through to a container, or used by what excludes this.
    [[nodiscard]] Result<void> attach(const Network& network, const Endpoint& endpoint,
                                      int netns) const override;
    [[nodiscard]] Result<void> detach(const Network& network, const Endpoint& endpoint,
                                      int netns) const override;
    /// Nothing to do: an endpoint has no part on the host.
    [[nodiscard]] Result<void> repair(const Network& network, const Endpoint& endpoint) const override;
};

} // namespace escale
