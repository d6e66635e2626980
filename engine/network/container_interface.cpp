#include "engine/network/container_interface.h"

#include "engine/base/making.h"
#include "engine/network/driver.h"
#include "engine/network/forwarding.h"
#include "engine/network/netlink.h"
#include "engine/network/network_namespace.h"

#include <netlink/route/link.h>

namespace escale {
namespace {

constexpr int kLoopbackIndex = 1; // in every network namespace
constexpr unsigned kLinkLocalPrefix = 64;

/// ipvlan's l3 modes know no neighbours: everything is on the link.
bool hasNeighbours(const Network& network) {
    return network.driver != "ipvlan" || !network.mode.starts_with("l3");
}

constexpr const char* kHere = "container";

Result<void> addAddress(nl_sock* socket, int index, const Endpoint& endpoint, const IpAddress& address,
                        unsigned prefix) {
    MadeNow step;
    TRY(netlink::ensureAddress(socket, index, address, prefix));
    step.done("address-add", {{"interface", endpoint.inside},
                              {"address", address.toString() + "/" + std::to_string(prefix)},
                              {"namespace", kHere}});
    return {};
}

Result<void> bringUp(nl_sock* socket, int index, const std::string& name) {
    MadeNow step;
    TRY(netlink::bringUp(socket, index));
    step.done("link-up", {{"interface", name}, {"namespace", kHere}});
    return {};
}

Result<void> addDefaultRoutes(nl_sock* socket, int index, const Network& network, const Endpoint& endpoint,
                              bool replace) {
    if (network.internal)
        return {};
    for (const auto& address : endpoint.addresses) {
        std::optional<IpAddress> gateway;
        if (const NetworkPool* pool = poolOf(network, address); hasNeighbours(network) && pool != nullptr)
            gateway = pool->gateway;
        MadeNow step;
        TRY(netlink::addDefaultRoute(socket, index, address.isV6, gateway, replace));
        // Where no gateway tells the family, the destination does.
        step.done("route-add", {{"destination", address.isV6 && !gateway ? "::/0" : "default"},
                                {"gateway", gateway ? gateway->toString() : ""},
                                {"interface", endpoint.inside},
                                {"namespace", kHere}});
    }
    return {};
}

Result<void> configure(const Network& network, const Endpoint& endpoint) {
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    TRY_ASSIGN(const netlink::Link inside, netlink::getLink(socket.get(), endpoint.inside));
    const int index = ::rtnl_link_get_ifindex(inside.get());
    netlink::withoutLinkLocal(socket.get(), index);
    TRY(bringUp(socket.get(), kLoopbackIndex, "lo"));
    if (hasFamily(network, true)) {
        TRY_ASSIGN(const MacBytes mac, parseMac(endpoint.mac));
        TRY(allowIpv6(endpoint.inside, kHere));
        TRY(addAddress(socket.get(), index, endpoint, linkLocalOf(mac), kLinkLocalPrefix));
    }
    for (const auto& address : endpoint.addresses)
        TRY(addAddress(socket.get(), index, endpoint, address, poolOf(network, address)->subnet.prefix));
    TRY(bringUp(socket.get(), index, endpoint.inside));
    return endpoint.isDefaultRoute ? addDefaultRoutes(socket.get(), index, network, endpoint, false)
                                   : Result<void>();
}

} // namespace

Result<void> configureInside(const Network& network, const Endpoint& endpoint, int netns) {
    return runInNetworkNamespace(netns, [&] { return configure(network, endpoint); });
}

Result<void> moveDefaultRoute(const Network& network, const Endpoint& endpoint, int netns) {
    TRY(validateEndpoint(network, endpoint));
    return runInNetworkNamespace(netns, [&]() -> Result<void> {
        TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
        TRY_ASSIGN(const netlink::Link inside, netlink::getLink(socket.get(), endpoint.inside));
        return addDefaultRoutes(socket.get(), ::rtnl_link_get_ifindex(inside.get()), network, endpoint, true);
    });
}

} // namespace escale
