#include "engine/network/bridge_network.h"

#include "engine/base/fail_point.h"
#include "engine/base/making.h"
#include "engine/base/revert.h"
#include "engine/network/firewall.h"
#include "engine/network/forwarding.h"
#include "engine/network/host_routes.h"
#include "engine/network/netlink.h"

#include <netlink/route/link.h>
#include <netlink/route/link/bridge.h>

#include <net/if.h>

namespace escale {
namespace {

using netlink::Link;

/// The router's link-local address in every IPv6 network, as Docker has it. Ours is ready at once.
const IpAddress kLinkLocalGateway = *IpAddress::parse("fe80::1");
constexpr unsigned kLinkLocalPrefix = 64;

/// Written as the interface's alias: by it we know our bridges from anybody else's.
std::string aliasOf(const Network& network) {
    return "Escale network, nftables table " + network.table;
}

/// A bridge without an alias that was never brought up is one of ours whose making was cut short.
bool isOurs(rtnl_link* link, const Network& network) {
    const char* alias = ::rtnl_link_get_ifalias(link);
    if (netlink::kindOf(link) != "bridge")
        return false;
    return alias != nullptr ? aliasOf(network) == alias : (::rtnl_link_get_flags(link) & IFF_UP) == 0;
}

Making::Details detailsOf(const Network& network, unsigned mtu) {
    Making::Details details{{"name", network.interface}};
    const auto addAddress = [&](const IpAddress& address, unsigned prefix) {
        details.emplace_back("address", address.toString() + "/" + std::to_string(prefix));
    };
    for (const auto& pool : network.pools)
        addAddress(pool.gateway, pool.subnet.prefix);
    if (hasFamily(network, true))
        addAddress(kLinkLocalGateway, kLinkLocalPrefix);
    details.emplace_back("mac", macFor(network.pools.front().gateway));
    details.emplace_back("mtu", mtu == 0 ? "" : std::to_string(mtu));
    return details;
}

/// Makes the bridge (the kernel makes them with STP off) and marks it; down still.
Result<Link> makeBridge(nl_sock* socket, const Network& network, Revert& revert) {
    const Link link(::rtnl_link_bridge_alloc());
    ::rtnl_link_set_name(link.get(), network.interface.c_str());
    // A fixed MAC: otherwise the bridge takes its lowest port's, and neighbours' ARP entries go stale as
    // containers come and go.
    TRY_ASSIGN(const MacBytes mac, parseMac(macFor(network.pools.front().gateway)));
    ::rtnl_link_set_addr(link.get(), netlink::toNetlink(mac).get());
    if (const int error = ::rtnl_link_add(socket, link.get(), NLM_F_CREATE | NLM_F_EXCL); error < 0)
        return fail(netlink::netlinkError(error, "cannot make the bridge " + network.interface));
    revert.add([socket, name = network.interface]() -> Result<void> {
        TRY_ASSIGN(const Link made, netlink::findLink(socket, name));
        return made ? netlink::deleteLink(socket, made.get()) : Result<void>();
    });
    return netlink::getLink(socket, network.interface);
}

/// Alias, MTU, addresses, up: each is harmless when it is so already.
Result<void> configureBridge(nl_sock* socket, rtnl_link* bridge, const Network& network, unsigned mtu) {
    const int index = ::rtnl_link_get_ifindex(bridge);
    netlink::withoutLinkLocal(socket, index);
    if (hasFamily(network, true)) {
        TRY(allowIpv6(network.interface, "host"));
        TRY(netlink::ensureAddress(socket, index, kLinkLocalGateway, kLinkLocalPrefix));
    }
    for (const auto& pool : network.pools)
        TRY(netlink::ensureAddress(socket, index, pool.gateway, pool.subnet.prefix));
    TRY(failPoint("bridge addresses"));
    const Link change = netlink::newLink();
    ::rtnl_link_set_ifalias(change.get(), aliasOf(network).c_str());
    ::rtnl_link_set_mtu(change.get(), mtu);
    ::rtnl_link_set_flags(change.get(), IFF_UP);
    if (const int error = ::rtnl_link_change(socket, bridge, change.get(), 0); error < 0)
        return fail(netlink::netlinkError(error, "cannot bring up the bridge " + network.interface));
    return {};
}

Result<void> ensureBridge(nl_sock* socket, const Network& network, Revert& revert) {
    MadeNow step;
    TRY_ASSIGN(Link bridge, netlink::findLink(socket, network.interface));
    const bool isThere = bridge != nullptr;
    unsigned mtu = network.mtu;
    if (mtu == 0) {
        TRY_ASSIGN(mtu, endpointMtu(socket));
    }
    if (!isThere) {
        TRY_ASSIGN(bridge, makeBridge(socket, network, revert));
    } else if (!isOurs(bridge.get(), network)) {
        return fail(ErrorCode::AlreadyExists,
                    "the interface " + network.interface + " exists and is not Escale's",
                    "Start the engine with another --bridge name, or remove that interface.");
    }
    TRY(configureBridge(socket, bridge.get(), network, mtu));
    if (isThere)
        Making::reuse("bridge-create", detailsOf(network, mtu));
    else
        step.done("bridge-create", detailsOf(network, mtu));
    TRY(failPoint("bridge up"));
    for (const bool isV6 : {false, true}) {
        if (hasFamily(network, isV6))
            TRY(enableForwarding(network.interface, isV6, revert));
    }
    TRY(failPoint("forwarding"));
    // Last, and one transaction: when it fails there are no rules to take back.
    return firewall::install(network);
}

} // namespace

Result<void> BridgeDriver::ensure(const Network& network) const {
    TRY(validateNetwork(network));
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    Revert revert;
    if (auto made = ensureBridge(socket.get(), network, revert); !made)
        return fail(revert.undo(std::move(made).error()));
    revert.commit();
    return {};
}

void BridgeDriver::reuse(const Network& network) const {
    if (!Making::isRecording())
        return;
    Making::reuse("bridge-create", detailsOf(network, network.mtu));
    for (const bool isV6 : {false, true}) {
        if (hasFamily(network, isV6))
            reuseForwarding(network.interface, isV6);
    }
    firewall::reuse(network);
}

Result<void> BridgeDriver::remove(const Network& network) const {
    TRY(netlink::validateInterfaceName(network.interface));
    TRY(firewall::validateTableName(network.table));
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    TRY_ASSIGN(const Link bridge, netlink::findLink(socket.get(), network.interface));
    if (bridge && !isOurs(bridge.get(), network))
        return fail(ErrorCode::WrongState,
                    "the interface " + network.interface + " is not Escale's and was left alone");
    // The bridge first: without its rules it would be open to the outside.
    if (bridge)
        TRY(netlink::deleteLink(socket.get(), bridge.get()));
    return firewall::remove(network);
}

} // namespace escale
