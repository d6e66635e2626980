#include "engine/network/sub_interface_network.h"

#include "engine/base/fail_point.h"
#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/base/revert.h"
#include "engine/network/container_interface.h"
#include "engine/network/firewall.h"
#include "engine/network/host_interfaces.h"
#include "engine/network/kernel_drivers.h"
#include "engine/network/netlink.h"
#include "engine/network/network_namespace.h"

#include <netlink/errno.h>
#include <netlink/route/link.h>
#include <netlink/route/link/ipvlan.h>
#include <netlink/route/link/macvlan.h>
#include <netlink/route/link/vlan.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include <charconv>
#include <mutex>

namespace escale {
namespace {

using netlink::Link;

/// The interface group of parents that we made ("Esca"): unlike an alias it is there from the first moment.
constexpr int kOurGroup = 0x45736361;
constexpr std::string_view kAliasBegin = "Escale networks";
constexpr std::size_t kLongestAlias = 255; // IFALIASZ without the final zero byte
constexpr std::size_t kShortId = 12;
constexpr unsigned kLastVlan = 4094;

/// The uses of a parent are read, then changed.
std::mutex& usesMutex() {
    static std::mutex mutex;
    return mutex;
}

const std::string& parentNameOf(const Network& network) {
    return network.parent.empty() ? network.interface : network.parent;
}

struct Vlan {
    std::string lower;
    std::uint16_t id = 0;
};

/// "eth0.7": VLAN 7 of eth0.
std::optional<Vlan> vlanOf(const std::string& name) {
    const auto dot = name.rfind('.');
    unsigned id = 0;
    const char* end = name.data() + name.size();
    if (dot == std::string::npos || dot == 0 || dot + 1 == name.size())
        return std::nullopt;
    const auto [stop, error] = std::from_chars(name.data() + dot + 1, end, id);
    if (error != std::errc{} || stop != end || id == 0 || id > kLastVlan)
        return std::nullopt;
    return Vlan{name.substr(0, dot), static_cast<std::uint16_t>(id)};
}

/// An access point takes frames of one MAC a station. (Known in the namespace that /sys is of.)
bool isWireless(const std::string& name) {
    const std::string folder = "/sys/class/net/" + name;
    return exists(folder + "/phy80211") || exists(folder + "/wireless");
}

Result<void> checkFit(rtnl_link* link, const Network& network) {
    const std::string name = ::rtnl_link_get_name(link);
    const std::string what = "the interface " + name + " cannot be the parent of a network: ";
    if (const auto why = whyNoParent(link); !why.empty())
        return fail(ErrorCode::WrongState, what + why,
                    "Use an Ethernet interface that leads to other machines; of a port, its bridge or bond.");
    if (network.driver == "macvlan" && isWireless(name))
        return fail(ErrorCode::WrongState, what + "a wireless network takes frames of one MAC address only",
                    "Use ipvlan, or an interface with a cable.");
    return {};
}

bool isOurs(rtnl_link* link) {
    return ::rtnl_link_get_group(link) == static_cast<std::uint32_t>(kOurGroup);
}

std::string aliasOf(rtnl_link* link) {
    const char* alias = ::rtnl_link_get_ifalias(link);
    return alias != nullptr ? alias : std::string(kAliasBegin);
}

/// As it stands in the alias of a parent.
std::string useOf(const Network& network) {
    return " " + network.id.substr(0, kShortId);
}

Result<void> setAlias(nl_sock* socket, rtnl_link* link, const std::string& alias) {
    const Link change = netlink::newLink();
    ::rtnl_link_set_ifalias(change.get(), alias.c_str());
    if (const int error = ::rtnl_link_change(socket, link, change.get(), 0); error < 0)
        return fail(netlink::netlinkError(error, std::string("cannot mark the interface ") +
                                                     ::rtnl_link_get_name(link)));
    return {};
}

Result<Link> newVlan(nl_sock* socket, const Network& network) {
    const auto vlan = vlanOf(network.parent);
    const std::string& missing = vlan ? vlan->lower : network.parent;
    TRY_ASSIGN(const Link lower, vlan ? netlink::findLink(socket, vlan->lower) : Link());
    if (!lower)
        return fail(ErrorCode::NotFound,
                    "there is no interface " + missing + ", which the network " + network.name +
                        " has as its parent",
                    "Connect it, or make the network anew on another one.");
    TRY(checkFit(lower.get(), network));
    Link link(::rtnl_link_vlan_alloc());
    ::rtnl_link_set_link(link.get(), ::rtnl_link_get_ifindex(lower.get()));
    ::rtnl_link_vlan_set_id(link.get(), vlan->id);
    return link;
}

Making::Details parentDetails(const Network& network) {
    Making::Details details{{"kind", network.parent.empty() ? "dummy" : "vlan"},
                            {"name", parentNameOf(network)}};
    if (const auto vlan = vlanOf(network.parent)) {
        details.emplace_back("parent", vlan->lower);
        details.emplace_back("vlan", std::to_string(vlan->id));
    }
    return details;
}

Result<Link> makeParent(nl_sock* socket, const Network& network, Revert& revert) {
    MadeNow step;
    const std::string& name = parentNameOf(network);
    const std::string kind = network.parent.empty() ? "dummy" : "vlan";
    Link link = netlink::newLink();
    if (kind == "dummy") {
        ::rtnl_link_set_type(link.get(), "dummy");
    } else {
        TRY_ASSIGN(link, newVlan(socket, network));
    }
    ::rtnl_link_set_name(link.get(), name.c_str());
    ::rtnl_link_set_group(link.get(), kOurGroup);
    const int error = ::rtnl_link_add(socket, link.get(), NLM_F_CREATE | NLM_F_EXCL);
    if (error == -NLE_OPNOTSUPP)
        return fail(missingDriver(kind));
    if (error < 0)
        return fail(netlink::netlinkError(error, "cannot make the interface " + name));
    revert.add([socket, name]() -> Result<void> {
        TRY_ASSIGN(const Link made, netlink::findLink(socket, name));
        return made ? netlink::deleteLink(socket, made.get()) : Result<void>();
    });
    step.done("link-create", parentDetails(network));
    TRY(failPoint("parent"));
    return netlink::getLink(socket, name);
}

/// Puts the network into the alias of a parent of ours, and brings it up.
Result<void> noteUse(nl_sock* socket, rtnl_link* parent, const Network& network, Revert& revert) {
    const std::string before = aliasOf(parent);
    if ((before + " ").find(useOf(network) + " ") == std::string::npos) {
        if (before.size() + useOf(network).size() > kLongestAlias)
            return fail(ErrorCode::InUse, "the interface " + parentNameOf(network) +
                                              " is the parent of too many networks already");
        TRY(setAlias(socket, parent, before + useOf(network)));
        revert.add([socket, before, name = parentNameOf(network)]() -> Result<void> {
            TRY_ASSIGN(const Link marked, netlink::findLink(socket, name));
            return marked ? setAlias(socket, marked.get(), before) : Result<void>();
        });
    }
    TRY(failPoint("parent marked"));
    if (auto up = netlink::bringUp(socket, ::rtnl_link_get_ifindex(parent)); !up)
        return fail(std::move(up).error().prefixed("cannot use the interface " + parentNameOf(network)));
    return {};
}

Result<Link> ensureParent(nl_sock* socket, const Network& network, Revert& revert) {
    const std::lock_guard lock(usesMutex());
    TRY_ASSIGN(Link parent, netlink::findLink(socket, parentNameOf(network)));
    if (!parent) {
        TRY_ASSIGN(parent, makeParent(socket, network, revert));
    } else if (network.parent.empty() && !isOurs(parent.get())) {
        return fail(ErrorCode::AlreadyExists,
                    "the interface " + network.interface + " exists and is not Escale's",
                    "Remove that interface, or name the network's parent.");
    } else if (isOurs(parent.get())) {
        Making::reuse("link-create", parentDetails(network));
    }
    TRY(checkFit(parent.get(), network));
    if (isOurs(parent.get()))
        TRY(noteUse(socket, parent.get(), network, revert));
    return parent;
}

Result<void> releaseParent(nl_sock* socket, const Network& network) {
    const std::lock_guard lock(usesMutex());
    TRY_ASSIGN(const Link parent, netlink::findLink(socket, parentNameOf(network)));
    if (!parent || !isOurs(parent.get()))
        return {};
    std::string alias = aliasOf(parent.get()) + " ";
    if (const auto at = alias.find(useOf(network) + " "); at != std::string::npos)
        alias.erase(at, useOf(network).size());
    alias.pop_back();
    return alias == kAliasBegin ? netlink::deleteLink(socket, parent.get())
                                : setAlias(socket, parent.get(), alias);
}

/// ipvlan and a parent that is passed through: the container has its parent's MAC.
bool sharesMac(const Network& network) {
    return network.driver == "ipvlan" || modeOf(network) == "passthru";
}

Link newMacvlan(const std::string& mode) {
    Link link(::rtnl_link_macvlan_alloc());
    ::rtnl_link_macvlan_set_mode(link.get(), mode == "bridge"    ? MACVLAN_MODE_BRIDGE
                                             : mode == "private" ? MACVLAN_MODE_PRIVATE
                                             : mode == "vepa"    ? MACVLAN_MODE_VEPA
                                                                 : MACVLAN_MODE_PASSTHRU);
    return link;
}

Link newIpvlan(const std::string& mode) {
    Link link(::rtnl_link_ipvlan_alloc());
    ::rtnl_link_ipvlan_set_mode(link.get(), mode == "l2"   ? IPVLAN_MODE_L2
                                            : mode == "l3" ? IPVLAN_MODE_L3
                                                           : IPVLAN_MODE_L3S);
    return link;
}

Error subInterfaceError(int error, const Network& network, const Endpoint& endpoint) {
    const std::string& parent = parentNameOf(network);
    const std::string what = "cannot make the container's interface " + endpoint.inside + " on " + parent;
    if (error == -NLE_OPNOTSUPP)
        return missingDriver(network.driver);
    if (error == -NLE_INVAL && network.driver == "macvlan")
        return {ErrorCode::InUse,
                what + ": an interface in the mode passthru has one container and no other network",
                "Disconnect the other container, or use the mode bridge.",
                {}};
    if (error == -NLE_BUSY)
        return {ErrorCode::InUse,
                what + ": it is the parent of a network of another driver, or a port",
                "macvlan and ipvlan exclude each other on one interface.",
                {}};
    return netlink::netlinkError(error, what);
}

/// In one message: born in the container's namespace, on the link of a parent in this one.
Result<void> makeSubInterface(nl_sock* socket, rtnl_link* parent, const Network& network,
                              const Endpoint& endpoint, int netns) {
    if (network.mtu > ::rtnl_link_get_mtu(parent))
        return fail(ErrorCode::InvalidArgument, "the network's MTU of " + std::to_string(network.mtu) +
                                                    " bytes is more than that of " + parentNameOf(network) +
                                                    ", " + std::to_string(::rtnl_link_get_mtu(parent)));
    MadeNow step;
    const Link link = network.driver == "ipvlan" ? newIpvlan(modeOf(network)) : newMacvlan(modeOf(network));
    ::rtnl_link_set_name(link.get(), endpoint.inside.c_str());
    ::rtnl_link_set_link(link.get(), ::rtnl_link_get_ifindex(parent));
    ::rtnl_link_set_ns_fd(link.get(), netns);
    if (network.mtu != 0)
        ::rtnl_link_set_mtu(link.get(), network.mtu);
    if (!sharesMac(network)) {
        TRY_ASSIGN(const MacBytes mac, parseMac(endpoint.mac));
        ::rtnl_link_set_addr(link.get(), netlink::toNetlink(mac).get());
    }
    if (const int error = ::rtnl_link_add(socket, link.get(), NLM_F_CREATE | NLM_F_EXCL); error < 0)
        return fail(subInterfaceError(error, network, endpoint));
    step.done("link-create", {{"kind", network.driver},
                              {"parent", parentNameOf(network)},
                              {"mode", modeOf(network)},
                              {"inside", endpoint.inside},
                              {"mac", sharesMac(network) ? "" : endpoint.mac}});
    return {};
}

/// A kernel without nftables at the egress (CONFIG_NETFILTER_EGRESS, 5.16) does without the guard, as Docker
/// does on all.
Result<void> guard(const Network& network, const Endpoint& endpoint, int netns) {
    const auto install = [&]() -> Result<void> {
        TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
        TRY_ASSIGN(const Link link, netlink::getLink(socket.get(), endpoint.inside));
        const auto mac = netlink::macOf(link.get());
        return mac ? firewall::installInnerGuard(network, endpoint, *mac) : Result<void>();
    };
    auto installed = runInNetworkNamespace(netns, install);
    return !installed && installed.error().code == ErrorCode::Unsupported ? Result<void>() : installed;
}

} // namespace

Result<void> SubInterfaceDriver::ensure(const Network& network) const {
    TRY(validateNetwork(network));
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    Revert revert;
    if (auto parent = ensureParent(socket.get(), network, revert); !parent)
        return fail(revert.undo(std::move(parent).error()));
    revert.commit();
    return {};
}

Result<void> SubInterfaceDriver::remove(const Network& network) const {
    TRY(validateNetwork(network));
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    return releaseParent(socket.get(), network);
}

Result<void> SubInterfaceDriver::attach(const Network& network, const Endpoint& endpoint, int netns) const {
    TRY(validateNetwork(network));
    TRY(validateEndpoint(network, endpoint));
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    Revert revert;
    const auto work = [&]() -> Result<void> {
        TRY_ASSIGN(const Link parent, ensureParent(socket.get(), network, revert));
        TRY(makeSubInterface(socket.get(), parent.get(), network, endpoint, netns));
        revert.add([&] { return detach(network, endpoint, netns); });
        TRY(failPoint("sub-interface"));
        TRY(guard(network, endpoint, netns));
        TRY(failPoint("guard"));
        TRY(configureInside(network, endpoint, netns));
        return failPoint("inside");
    };
    if (auto done = work(); !done)
        return fail(revert.undo(std::move(done).error()));
    revert.commit();
    return {};
}

Result<void> SubInterfaceDriver::detach(const Network& network, const Endpoint& endpoint, int netns) const {
    TRY(netlink::validateInterfaceName(endpoint.inside));
    TRY(firewall::validateTableName(network.table));
    if (netns < 0)
        return {};
    return runInNetworkNamespace(netns, [&]() -> Result<void> {
        TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
        TRY_ASSIGN(const Link link, netlink::findLink(socket.get(), endpoint.inside));
        if (link && netlink::kindOf(link.get()) != network.driver)
            return fail(ErrorCode::WrongState, "the container's interface " + endpoint.inside +
                                                   " is not of " + network.driver + " and was left alone");
        if (link)
            TRY(netlink::deleteLink(socket.get(), link.get()));
        return firewall::removeInnerGuard(network.table, endpoint.inside);
    });
}

Result<void> SubInterfaceDriver::repair(const Network& network, const Endpoint& endpoint) const {
    TRY(validateNetwork(network));
    return validateEndpoint(network, endpoint);
}

} // namespace escale
