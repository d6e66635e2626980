// The endpoints of bridge networks.
#include "engine/base/fail_point.h"
#include "engine/base/making.h"
#include "engine/base/revert.h"
#include "engine/network/bridge_network.h"
#include "engine/network/container_interface.h"
#include "engine/network/firewall.h"
#include "engine/network/netlink.h"

#include <netlink/msg.h>
#include <netlink/route/link.h>
#include <netlink/route/link/veth.h>

#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include <chrono>
#include <thread>

namespace escale {
namespace {

using netlink::Link;

/// Both ends in one message: the host's is a port of the bridge, the other is born in the container's
/// namespace (moving it there afterwards would cost an RCU grace period).
Result<void> makePair(nl_sock* socket, rtnl_link* bridge, const Endpoint& endpoint, int target) {
    MadeNow step;
    TRY_ASSIGN(const MacBytes mac, parseMac(endpoint.mac));
    const unsigned mtu = ::rtnl_link_get_mtu(bridge);
    const Link host(::rtnl_link_veth_alloc());
    ::rtnl_link_set_name(host.get(), endpoint.hostInterface.c_str());
    ::rtnl_link_set_mtu(host.get(), mtu);
    ::rtnl_link_set_master(host.get(), ::rtnl_link_get_ifindex(bridge));
    const Link inside(::rtnl_link_veth_get_peer(host.get()));
    ::rtnl_link_set_name(inside.get(), endpoint.inside.c_str());
    ::rtnl_link_set_addr(inside.get(), netlink::toNetlink(mac).get());
    ::rtnl_link_set_mtu(inside.get(), mtu);
    ::rtnl_link_set_ns_fd(inside.get(), target);
    if (const int error = ::rtnl_link_add(socket, host.get(), NLM_F_CREATE | NLM_F_EXCL); error < 0)
        return fail(netlink::netlinkError(error, "cannot make the interfaces " + endpoint.hostInterface +
                                                     " (host) and " + endpoint.inside + " (container)"));
    step.done("veth-create", {{"host", endpoint.hostInterface},
                              {"inside", endpoint.inside},
                              {"mac", endpoint.mac},
                              {"bridge", ::rtnl_link_get_name(bridge)},
                              {"mtu", std::to_string(mtu)}});
    return {};
}

/// Isolated ports of a bridge reach its host, and not each other: one bit, tested where the bridge picks the
/// port anyway. libnl does not know it.
Result<void> setIsolated(nl_sock* socket, int port, bool isIsolated) {
    struct FreeMessage {
        void operator()(nl_msg* message) const { ::nlmsg_free(message); }
    };
    std::unique_ptr<nl_msg, FreeMessage> message(::nlmsg_alloc_simple(RTM_SETLINK, NLM_F_REQUEST));
    ifinfomsg header{};
    header.ifi_family = AF_BRIDGE;
    header.ifi_index = port;
    ::nlmsg_append(message.get(), &header, sizeof header, NLMSG_ALIGNTO);
    nlattr* nest = ::nla_nest_start(message.get(), IFLA_PROTINFO | NLA_F_NESTED);
    ::nla_put_u8(message.get(), IFLA_BRPORT_ISOLATED, isIsolated ? 1 : 0);
    ::nla_nest_end(message.get(), nest);
    if (const int error = ::nl_send_sync(socket, message.release()); error < 0)
        return fail(netlink::netlinkError(error, "cannot set the isolation of a port of the bridge"));
    return {};
}

/// The kernel opens the bridge's port a moment after both ends came up, from a work queue (up to a second
/// later when that is rate limited); what the container sent before would be lost. Asking for the link's
/// state makes a newer kernel do it at once.
void awaitPort(nl_sock* socket, const std::string& name) {
    constexpr auto kPause = std::chrono::milliseconds(1);
    constexpr auto kLongest = std::chrono::milliseconds(1500);
    const auto end = std::chrono::steady_clock::now() + kLongest;
    while (std::chrono::steady_clock::now() < end) {
        const auto link = netlink::findLink(socket, name);
        // Gone with the container's process: nothing to wait for.
        if (!link || !*link || ::rtnl_link_get_operstate(link->get()) == IF_OPER_UP)
            return;
        std::this_thread::sleep_for(kPause);
    }
}

/// From the host's view: what the endpoint may send is settled before it is up.
Result<void> openPort(nl_sock* socket, const Network& network, const Endpoint& endpoint) {
    TRY_ASSIGN(const Link port, netlink::getLink(socket, endpoint.hostInterface));
    const int index = ::rtnl_link_get_ifindex(port.get());
    netlink::withoutLinkLocal(socket, index);
    TRY(firewall::installGuard(network, endpoint));
    TRY(failPoint("guard"));
    MadeNow isolation;
    TRY(setIsolated(socket, index, !network.icc));
    if (!network.icc) // else it was so from the beginning
        isolation.done("port-isolate", {{"interface", endpoint.hostInterface}});
    MadeNow up;
    TRY(netlink::bringUp(socket, index));
    up.done("link-up", {{"interface", endpoint.hostInterface}, {"namespace", "host"}});
    return {};
}

} // namespace

Result<void> BridgeDriver::attach(const Network& network, const Endpoint& endpoint, int netns) const {
    TRY(validateNetwork(network));
    TRY(validateEndpoint(network, endpoint));
    TRY(netlink::validateInterfaceName(endpoint.hostInterface));
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    TRY_ASSIGN(const Link bridge, netlink::getLink(socket.get(), network.interface));
    if (netlink::kindOf(bridge.get()) != "bridge")
        return fail(ErrorCode::WrongState, "the interface " + network.interface + " is not a bridge");
    TRY(makePair(socket.get(), bridge.get(), endpoint, netns));
    Revert revert;
    revert.add([&] { return detach(network, endpoint, netns); });
    const auto rest = [&]() -> Result<void> {
        TRY(failPoint("pair"));
        TRY(configureInside(network, endpoint, netns));
        TRY(failPoint("inside"));
        TRY(openPort(socket.get(), network, endpoint));
        return failPoint("port");
    };
    if (auto done = rest(); !done)
        return fail(revert.undo(std::move(done).error()));
    revert.commit();
    MadeNow wait;
    awaitPort(socket.get(), endpoint.hostInterface);
    wait.done("other", {{"what", "wait until the bridge's port " + endpoint.hostInterface + " is open"}});
    return {};
}

Result<void> BridgeDriver::detach(const Network& network, const Endpoint& endpoint, int /*netns*/) const {
    TRY(netlink::validateInterfaceName(endpoint.hostInterface));
    TRY(firewall::validateTableName(network.table));
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    TRY_ASSIGN(const Link link, netlink::findLink(socket.get(), endpoint.hostInterface));
    if (link && netlink::kindOf(link.get()) != "veth")
        return fail(ErrorCode::WrongState,
                    "the interface " + endpoint.hostInterface + " is not a container's and was left alone");
    if (link)
        TRY(netlink::deleteLink(socket.get(), link.get()));
    return firewall::removeGuard(network.table, endpoint.hostInterface);
}

Result<void> BridgeDriver::repair(const Network& network, const Endpoint& endpoint) const {
    TRY(validateNetwork(network));
    TRY(validateEndpoint(network, endpoint));
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    TRY_ASSIGN(const Link bridge, netlink::getLink(socket.get(), network.interface));
    TRY_ASSIGN(const Link port, netlink::getLink(socket.get(), endpoint.hostInterface));
    if (netlink::kindOf(port.get()) != "veth")
        return fail(ErrorCode::WrongState,
                    "the interface " + endpoint.hostInterface + " is not a container's");
    // A bridge that was removed and made anew has lost its ports.
    if (::rtnl_link_get_master(port.get()) != ::rtnl_link_get_ifindex(bridge.get())) {
        const Link change = netlink::newLink();
        ::rtnl_link_set_master(change.get(), ::rtnl_link_get_ifindex(bridge.get()));
        if (const int error = ::rtnl_link_change(socket.get(), port.get(), change.get(), 0); error < 0)
            return fail(netlink::netlinkError(error, "cannot put " + endpoint.hostInterface + " back into " +
                                                         network.interface));
    }
    TRY(openPort(socket.get(), network, endpoint));
    awaitPort(socket.get(), endpoint.hostInterface);
    return {};
}

} // namespace escale
