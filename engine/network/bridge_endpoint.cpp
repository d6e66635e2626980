#include "engine/base/revert.h"
#include "engine/network/bridge_network.h"
#include "engine/network/ipam.h"
#include "engine/network/netlink.h"
#include "engine/network/network_namespace.h"

#include <netlink/route/link.h>
#include <netlink/route/link/veth.h>
#include <netlink/route/nexthop.h>
#include <netlink/route/route.h>

#include <linux/if.h>
#include <linux/rtnetlink.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <thread>

namespace escale {
namespace {

using netlink::Link;

/// The interface inside the container, as Docker names it.
constexpr auto kInside = "eth0";
constexpr int kLoopbackIndex = 1; // in every network namespace

Result<void> validate(const BridgeNetwork& network, const BridgeEndpoint& endpoint) {
    TRY(netlink::validateInterfaceName(network.bridge));
    TRY(netlink::validateInterfaceName(endpoint.hostInterface));
    const Ipv4Subnet& subnet = network.subnet;
    const std::uint32_t host = endpoint.address.bits - subnet.base.bits;
    const bool good = subnet.prefix >= 8 && subnet.prefix <= 30 && subnet.contains(endpoint.address) &&
                      host >= 2 && host < (std::uint32_t{1} << (32 - subnet.prefix)) - 1;
    if (!good)
        return fail(ErrorCode::InvalidArgument, endpoint.address.toString() +
                                                    " is not an address for a container in " +
                                                    subnet.toString());
    return {};
}

/// Both ends in one message: the host's is a port of the bridge and up, the other is born in the container's
/// namespace (moving it there afterwards would cost an RCU grace period).
Result<void> makePair(nl_sock* socket, rtnl_link* bridge, const BridgeEndpoint& endpoint, int target) {
    TRY_ASSIGN(const auto mac, netlink::parseMac(endpoint.mac));
    const unsigned mtu = ::rtnl_link_get_mtu(bridge);
    const Link host(::rtnl_link_veth_alloc());
    ::rtnl_link_set_name(host.get(), endpoint.hostInterface.c_str());
    ::rtnl_link_set_mtu(host.get(), mtu);
    ::rtnl_link_set_master(host.get(), ::rtnl_link_get_ifindex(bridge));
    ::rtnl_link_set_flags(host.get(), IFF_UP);
    const Link inside(::rtnl_link_veth_get_peer(host.get()));
    ::rtnl_link_set_name(inside.get(), kInside);
    ::rtnl_link_set_addr(inside.get(), mac.get());
    ::rtnl_link_set_mtu(inside.get(), mtu);
    ::rtnl_link_set_ns_fd(inside.get(), target);
    if (const int error = ::rtnl_link_add(socket, host.get(), NLM_F_CREATE | NLM_F_EXCL); error < 0)
        return fail(netlink::netlinkError(error, "cannot make the interfaces " + endpoint.hostInterface +
                                                     " (host) and eth0 (container)"));
    return {};
}

Result<void> bringUp(nl_sock* socket, int index) {
    const Link which = netlink::newLink();
    ::rtnl_link_set_ifindex(which.get(), index);
    const Link change = netlink::newLink();
    ::rtnl_link_set_flags(change.get(), IFF_UP);
    if (const int error = ::rtnl_link_change(socket, which.get(), change.get(), 0); error < 0)
        return fail(netlink::netlinkError(error, "cannot bring up an interface of the container"));
    return {};
}

Result<void> addDefaultRoute(nl_sock* socket, int interface, Ipv4Address gateway) {
    const netlink::Owned<rtnl_route> route(::rtnl_route_alloc());
    ::rtnl_route_set_family(route.get(), AF_INET);
    ::rtnl_route_set_table(route.get(), RT_TABLE_MAIN);
    ::rtnl_route_set_scope(route.get(), RT_SCOPE_UNIVERSE);
    ::rtnl_route_set_dst(route.get(), netlink::toNetlink(Ipv4Address{}, 0).get());
    rtnl_nexthop* hop = ::rtnl_route_nh_alloc();
    ::rtnl_route_nh_set_ifindex(hop, interface);
    ::rtnl_route_nh_set_gateway(hop, netlink::toNetlink(gateway).get());
    ::rtnl_route_add_nexthop(route.get(), hop); // takes it over
    if (const int error = ::rtnl_route_add(socket, route.get(), NLM_F_EXCL); error < 0)
        return fail(netlink::netlinkError(error, "cannot add the container's default route by " +
                                                     gateway.toString()));
    return {};
}

/// Runs in the container's namespace.
Result<void> configureInside(const BridgeNetwork& network, const BridgeEndpoint& endpoint) {
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    TRY_ASSIGN(const Link inside, netlink::getLink(socket.get(), kInside));
    const int index = ::rtnl_link_get_ifindex(inside.get());
    netlink::withoutIpv6(socket.get(), index);
    TRY(bringUp(socket.get(), kLoopbackIndex));
    TRY(netlink::ensureAddress(socket.get(), index, endpoint.address, network.subnet.prefix));
    TRY(bringUp(socket.get(), index));
    return addDefaultRoute(socket.get(), index, gatewayOf(network.subnet));
}

/// The kernel opens the bridge's port a moment after the inside came up, from a work queue (up to a second
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

Result<UniqueFd> openTarget(pid_t pid) {
    TRY_ASSIGN(UniqueFd target, openNetworkNamespace(pid));
    TRY_ASSIGN(const UniqueFd own, openOwnNetworkNamespace());
    TRY_ASSIGN(const bool same, isSameNamespace(target.get(), own.get()));
    if (same)
        return fail(ErrorCode::WrongState,
                    "process " + std::to_string(pid) + " shares the host's network namespace",
                    "Only a process with a network namespace of its own can be joined to a network.");
    return target;
}

} // namespace

std::string macFor(Ipv4Address address) {
    std::array<char, 18> text{};
    std::snprintf(text.data(), text.size(), "02:42:%02x:%02x:%02x:%02x", address.bits >> 24,
                  (address.bits >> 16) & 0xff, (address.bits >> 8) & 0xff, address.bits & 0xff);
    return text.data();
}

Result<void> attachEndpoint(const BridgeNetwork& network, const BridgeEndpoint& endpoint, pid_t pid) {
    TRY(validate(network, endpoint));
    TRY_ASSIGN(const UniqueFd target, openTarget(pid));
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    TRY_ASSIGN(const Link bridge, netlink::getLink(socket.get(), network.bridge));
    if (netlink::kindOf(bridge.get()) != "bridge")
        return fail(ErrorCode::WrongState, "the interface " + network.bridge + " is not a bridge");
    TRY(makePair(socket.get(), bridge.get(), endpoint, target.get()));
    Revert revert;
    revert.add([&endpoint] { return detachEndpoint(endpoint); });
    auto configured = runInNetworkNamespace(target.get(), [&] { return configureInside(network, endpoint); });
    if (!configured)
        return fail(revert.undo(std::move(configured).error()));
    revert.commit();
    awaitPort(socket.get(), endpoint.hostInterface);
    return {};
}

Result<void> detachEndpoint(const BridgeEndpoint& endpoint) {
    TRY(netlink::validateInterfaceName(endpoint.hostInterface));
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    TRY_ASSIGN(const Link link, netlink::findLink(socket.get(), endpoint.hostInterface));
    if (!link)
        return {};
    if (netlink::kindOf(link.get()) != "veth")
        return fail(ErrorCode::WrongState,
                    "the interface " + endpoint.hostInterface + " is not a container's and was left alone");
    return netlink::deleteLink(socket.get(), link.get());
}

} // namespace escale
