#include "engine/network/host_interfaces.h"

#include "engine/network/netlink.h"

#include <netlink/addr.h>
#include <netlink/cache.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>

#include <array>
#include <map>
#include <net/if.h>
#include <net/if_arp.h>

namespace escale {
namespace {

std::string textOf(nl_addr* address) {
    std::array<char, 128> text{};
    return address != nullptr ? ::nl_addr2str(address, text.data(), text.size()) : "";
}

template <class T, class Visit>
void forEach(nl_cache* cache, Visit visit) {
    for (nl_object* object = ::nl_cache_get_first(cache); object != nullptr;
         object = ::nl_cache_get_next(object))
        visit(reinterpret_cast<T*>(object)); // libnl's own way: each is an nl_object first
}

/// What a person would not want to share, either.
std::string whyUnfit(rtnl_link* link, const std::string& kind) {
    if (auto why = whyNoParent(link); !why.empty())
        return why;
    if (kind == "veth")
        return "it is the end of a container's or a virtual machine's cable";
    if (kind == "macvlan" || kind == "ipvlan")
        return "it is a shared interface itself";
    return {};
}

HostInterface read(rtnl_link* link) {
    HostInterface interface;
    interface.name = ::rtnl_link_get_name(link);
    const unsigned flags = ::rtnl_link_get_flags(link);
    interface.kind = (flags & IFF_LOOPBACK) != 0 ? "loopback" : netlink::kindOf(link);
    interface.isUp = (flags & IFF_UP) != 0;
    if ((flags & IFF_LOOPBACK) == 0)
        interface.mac = textOf(::rtnl_link_get_addr(link));
    const auto stat = [link](rtnl_link_stat_id_t id) { return ::rtnl_link_get_stat(link, id); };
    interface.counters = {stat(RTNL_LINK_RX_BYTES),   stat(RTNL_LINK_RX_PACKETS), stat(RTNL_LINK_RX_ERRORS),
                          stat(RTNL_LINK_RX_DROPPED), stat(RTNL_LINK_TX_BYTES),   stat(RTNL_LINK_TX_PACKETS),
                          stat(RTNL_LINK_TX_ERRORS),  stat(RTNL_LINK_TX_DROPPED)};
    interface.unfit = whyUnfit(link, interface.kind);
    return interface;
}

} // namespace

std::string whyNoParent(rtnl_link* link) {
    if ((::rtnl_link_get_flags(link) & IFF_LOOPBACK) != 0)
        return "it is the loopback interface";
    if (::rtnl_link_get_arptype(link) != ARPHRD_ETHER)
        return "it is no Ethernet interface";
    if (::rtnl_link_get_master(link) != 0)
        return "it is a port of a bridge or a bond";
    return {};
}

Result<std::vector<HostInterface>> hostInterfaces() {
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    nl_cache* raw = nullptr;
    if (const int error = ::rtnl_link_alloc_cache(socket.get(), AF_UNSPEC, &raw); error < 0)
        return fail(netlink::netlinkError(error, "cannot list the interfaces"));
    const netlink::Owned<nl_cache> links(raw);
    if (const int error = ::rtnl_addr_alloc_cache(socket.get(), &raw); error < 0)
        return fail(netlink::netlinkError(error, "cannot list the addresses"));
    const netlink::Owned<nl_cache> addresses(raw);

    std::map<int, std::string> names;
    forEach<rtnl_link>(links.get(), [&](rtnl_link* link) {
        names[::rtnl_link_get_ifindex(link)] = ::rtnl_link_get_name(link);
    });
    std::map<int, HostInterface> found;
    forEach<rtnl_link>(links.get(), [&](rtnl_link* link) {
        HostInterface interface = read(link);
        if (const auto master = names.find(::rtnl_link_get_master(link)); master != names.end())
            interface.bridge = master->second;
        // A veth's other end is elsewhere, and its number means something else there.
        if (const auto parent = names.find(::rtnl_link_get_link(link));
            parent != names.end() && interface.kind != "veth" && parent->second != interface.name)
            interface.parent = parent->second;
        found[::rtnl_link_get_ifindex(link)] = std::move(interface);
    });
    forEach<rtnl_addr>(addresses.get(), [&](rtnl_addr* address) {
        if (const auto interface = found.find(::rtnl_addr_get_ifindex(address)); interface != found.end())
            interface->second.addresses.push_back(textOf(::rtnl_addr_get_local(address)));
    });
    std::vector<HostInterface> result;
    for (auto& [index, interface] : found)
        result.push_back(std::move(interface));
    return result;
}

} // namespace escale
