#include "engine/network/bridge_network.h"

#include "engine/base/file.h"
#include "engine/base/revert.h"
#include "engine/network/firewall.h"
#include "engine/network/host_routes.h"
#include "engine/network/ipam.h"
#include "engine/network/netlink.h"

#include <netlink/route/link.h>
#include <netlink/route/link/bridge.h>

#include <net/if.h>

namespace escale {
namespace {

using netlink::Link;

constexpr auto kForwarding = "/proc/sys/net/ipv4/ip_forward";

/// Written as the interface's alias: by it we know our bridges from anybody else's.
std::string aliasOf(const BridgeNetwork& network) {
    return "Escale network, nftables table " + network.table;
}

/// A bridge without an alias that was never brought up is one of ours whose making was cut short.
bool isOurs(rtnl_link* link, const BridgeNetwork& network) {
    const char* alias = ::rtnl_link_get_ifalias(link);
    if (netlink::kindOf(link) != "bridge")
        return false;
    return alias != nullptr ? aliasOf(network) == alias : (::rtnl_link_get_flags(link) & IFF_UP) == 0;
}

Result<void> validate(const BridgeNetwork& network) {
    TRY(netlink::validateInterfaceName(network.bridge));
    TRY(firewall::validateTableName(network.table));
    return {};
}

/// Makes the bridge (the kernel makes them with STP off) and marks it; down still.
Result<Link> makeBridge(nl_sock* socket, const BridgeNetwork& network, Revert& revert) {
    const Link link(::rtnl_link_bridge_alloc());
    ::rtnl_link_set_name(link.get(), network.bridge.c_str());
    // A fixed MAC: otherwise the bridge takes its lowest port's, and neighbours' ARP entries go stale as
    // containers come and go.
    TRY_ASSIGN(const auto mac, netlink::parseMac(macFor(gatewayOf(network.subnet))));
    ::rtnl_link_set_addr(link.get(), mac.get());
    if (const int error = ::rtnl_link_add(socket, link.get(), NLM_F_CREATE | NLM_F_EXCL); error < 0)
        return fail(netlink::netlinkError(error, "cannot make the bridge " + network.bridge));
    revert.add([socket, name = network.bridge]() -> Result<void> {
        TRY_ASSIGN(const Link made, netlink::findLink(socket, name));
        return made ? netlink::deleteLink(socket, made.get()) : Result<void>();
    });
    return netlink::getLink(socket, network.bridge);
}

/// Alias, MTU, no IPv6 address, address, up: each is harmless when it is so already.
Result<void> configureBridge(nl_sock* socket, rtnl_link* bridge, const BridgeNetwork& network) {
    const int index = ::rtnl_link_get_ifindex(bridge);
    TRY_ASSIGN(const unsigned mtu, endpointMtu(socket));
    netlink::withoutIpv6(socket, index);
    TRY(netlink::ensureAddress(socket, index, gatewayOf(network.subnet), network.subnet.prefix));
    const Link change = netlink::newLink();
    ::rtnl_link_set_ifalias(change.get(), aliasOf(network).c_str());
    ::rtnl_link_set_mtu(change.get(), mtu);
    ::rtnl_link_set_flags(change.get(), IFF_UP);
    if (const int error = ::rtnl_link_change(socket, bridge, change.get(), 0); error < 0)
        return fail(netlink::netlinkError(error, "cannot bring up the bridge " + network.bridge));
    return {};
}

/// Forwarding on the host and on the bridge. The host's switch is written only when it is off: writing it
/// resets the switches of every interface.
Result<void> enableForwarding(const std::string& bridge, Revert& revert) {
    TRY_ASSIGN(const std::string before, readFile(kForwarding));
    if (!before.starts_with('1')) {
        TRY(writeExisting(kForwarding, "1"));
        revert.add([] { return writeExisting(kForwarding, "0"); });
    }
    return writeExisting("/proc/sys/net/ipv4/conf/" + bridge + "/forwarding", "1");
}

Result<void> ensureBridge(nl_sock* socket, const BridgeNetwork& network, Revert& revert) {
    TRY_ASSIGN(Link bridge, netlink::findLink(socket, network.bridge));
    if (!bridge) {
        TRY_ASSIGN(bridge, makeBridge(socket, network, revert));
    } else if (!isOurs(bridge.get(), network)) {
        return fail(ErrorCode::AlreadyExists,
                    "the interface " + network.bridge + " exists and is not Escale's",
                    "Start the engine with another --bridge name, or remove that interface.");
    }
    TRY(configureBridge(socket, bridge.get(), network));
    TRY(enableForwarding(network.bridge, revert));
    // Last, and one transaction: when it fails there are no rules to take back.
    return firewall::install(network);
}

} // namespace

Result<void> ensureBridge(const BridgeNetwork& network) {
    TRY(validate(network));
    if (network.subnet.prefix < 8 || network.subnet.prefix > 30)
        return fail(ErrorCode::InvalidArgument,
                    "a network cannot have the subnet " + network.subnet.toString(),
                    "Use a prefix from /8 to /30.");
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    Revert revert;
    if (auto made = ensureBridge(socket.get(), network, revert); !made)
        return fail(revert.undo(std::move(made).error()));
    revert.commit();
    return {};
}

Result<void> removeBridge(const BridgeNetwork& network) {
    TRY(validate(network));
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    TRY_ASSIGN(const Link bridge, netlink::findLink(socket.get(), network.bridge));
    if (bridge && !isOurs(bridge.get(), network))
        return fail(ErrorCode::WrongState,
                    "the interface " + network.bridge + " is not Escale's and was left alone");
    // The bridge first: without its rules it would be open to the outside.
    if (bridge)
        TRY(netlink::deleteLink(socket.get(), bridge.get()));
    return firewall::remove(network);
}

} // namespace escale
