#include "engine/network/host_routes.h"

#include "engine/network/netlink.h"

#include <netlink/cache.h>
#include <netlink/route/link.h>
#include <netlink/route/nexthop.h>
#include <netlink/route/route.h>

#include <linux/rtnetlink.h>

#include <arpa/inet.h>
#include <net/if.h>

#include <algorithm>

namespace escale {
namespace {

constexpr unsigned kEthernetMtu = 1500;
/// IPv4 asks for 68 (RFC 791); below 576 hosts may break.
constexpr unsigned kSmallestMtu = 576;
/// A gateway route shorter than this is a default route in disguise: VPNs route 0.0.0.0/1 and 128.0.0.0/1.
constexpr unsigned kShortestGatewayPrefix = 8;

using RouteCache = netlink::Owned<nl_cache>;

Result<RouteCache> readRoutes(nl_sock* socket, int family) {
    nl_cache* cache = nullptr;
    if (const int error = ::rtnl_route_alloc_cache(socket, family, 0, &cache); error < 0)
        return fail(netlink::netlinkError(error, "cannot read the routing tables"));
    return RouteCache(cache);
}

template <class Visit>
void forEachRoute(nl_cache* cache, Visit visit) {
    for (nl_object* object = ::nl_cache_get_first(cache); object != nullptr;
         object = ::nl_cache_get_next(object))
        visit(reinterpret_cast<rtnl_route*>(object)); // libnl's own way: a route is an nl_object first
}

IpSubnet destinationOf(rtnl_route* route) {
    nl_addr* address = ::rtnl_route_get_dst(route);
    const bool isV6 = ::rtnl_route_get_family(route) == AF_INET6;
    return subnetAround(netlink::fromNetlink(address, isV6), ::nl_addr_get_prefixlen(address));
}

bool hasGateway(rtnl_route* route) {
    for (int i = 0; i < ::rtnl_route_get_nnexthops(route); ++i) {
        if (::rtnl_route_nh_get_gateway(::rtnl_route_nexthop_n(route, i)) != nullptr)
            return true;
    }
    return false;
}

bool isOfEveryLink(const IpSubnet& subnet) {
    static const IpSubnet linkLocal{*IpAddress::parse("fe80::"), 10};
    static const IpSubnet multicast{*IpAddress::parse("ff00::"), 8};
    return linkLocal.contains(subnet) || multicast.contains(subnet);
}

std::string interfaceOf(rtnl_route* route) {
    std::array<char, IF_NAMESIZE> name{};
    if (::rtnl_route_get_nnexthops(route) != 1)
        return {};
    const int index = ::rtnl_route_nh_get_ifindex(::rtnl_route_nexthop_n(route, 0));
    return ::if_indextoname(static_cast<unsigned>(index), name.data()) != nullptr ? name.data() : "";
}

Result<void> addRoutes(nl_sock* socket, int family, std::vector<HostRoute>& routes) {
    TRY_ASSIGN(const RouteCache cache, readRoutes(socket, family));
    forEachRoute(cache.get(), [&](rtnl_route* route) {
        const IpSubnet subnet = destinationOf(route);
        const int type = ::rtnl_route_get_type(route);
        // RTN_LOCAL: this host's own addresses, also those that are in no subnet.
        if ((type != RTN_UNICAST && type != RTN_LOCAL) || subnet.prefix == 0 || isOfEveryLink(subnet))
            return;
        if (subnet.prefix < kShortestGatewayPrefix && hasGateway(route))
            return;
        routes.push_back({subnet, interfaceOf(route)});
    });
    return {};
}

} // namespace

Result<std::vector<HostRoute>> hostRoutes() {
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    std::vector<HostRoute> routes;
    TRY(addRoutes(socket.get(), AF_INET, routes));
    TRY(addRoutes(socket.get(), AF_INET6, routes));
    std::sort(routes.begin(), routes.end());
    routes.erase(std::unique(routes.begin(), routes.end()), routes.end());
    return routes;
}

Result<std::vector<IpSubnet>> hostSubnets() {
    TRY_ASSIGN(const auto routes, hostRoutes());
    std::vector<IpSubnet> subnets;
    for (const auto& route : routes)
        subnets.push_back(route.subnet);
    subnets.erase(std::unique(subnets.begin(), subnets.end()), subnets.end());
    return subnets;
}

Result<unsigned> endpointMtu(nl_sock* socket) {
    TRY_ASSIGN(const RouteCache cache, readRoutes(socket, AF_INET));
    int interface = 0;
    std::uint32_t best = ~std::uint32_t{0};
    forEachRoute(cache.get(), [&](rtnl_route* route) {
        const std::uint32_t metric = ::rtnl_route_get_priority(route);
        if (::rtnl_route_get_type(route) != RTN_UNICAST || ::rtnl_route_get_table(route) != RT_TABLE_MAIN ||
            destinationOf(route).prefix != 0 || ::rtnl_route_get_nnexthops(route) == 0 ||
            (interface != 0 && metric >= best))
            return;
        interface = ::rtnl_route_nh_get_ifindex(::rtnl_route_nexthop_n(route, 0));
        best = metric;
    });
    rtnl_link* link = nullptr;
    if (interface == 0 || ::rtnl_link_get_kernel(socket, interface, nullptr, &link) < 0)
        return kEthernetMtu;
    const netlink::Link owned(link);
    return std::clamp(::rtnl_link_get_mtu(link), kSmallestMtu, kEthernetMtu);
}

} // namespace escale
