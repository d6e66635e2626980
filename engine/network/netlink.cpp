#include "engine/network/netlink.h"

#include <netlink/errno.h>
#include <netlink/netlink.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>
#include <netlink/route/link/inet6.h>
#include <netlink/route/route.h>

#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include <arpa/inet.h>
#include <net/if.h>
#include <net/if_arp.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

namespace escale::netlink {
namespace {

ErrorCode codeFor(int error) {
    switch (-error) {
    case NLE_EXIST:
        return ErrorCode::AlreadyExists;
    case NLE_OBJ_NOTFOUND:
    case NLE_NODEV:
    case NLE_NOADDR:
        return ErrorCode::NotFound;
    case NLE_PERM:
    case NLE_NOACCESS:
        return ErrorCode::PermissionDenied;
    case NLE_OPNOTSUPP:
    case NLE_AF_NOSUPPORT:
    case NLE_PROTO_MISMATCH:
        return ErrorCode::Unsupported;
    case NLE_BUSY:
        return ErrorCode::InUse;
    case NLE_NOMEM:
        return ErrorCode::NoSpace;
    default:
        return ErrorCode::SystemFailure;
    }
}

/// libnl's constructors return null only when memory has run out.
template <class T>
Owned<T> owned(T* object) {
    if (object == nullptr)
        throw std::bad_alloc();
    return Owned<T>(object);
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

void Free::operator()(nl_addr* address) const {
    ::nl_addr_put(address);
}
void Free::operator()(nl_cache* cache) const {
    ::nl_cache_free(cache);
}
void Free::operator()(nl_sock* socket) const {
    ::nl_socket_free(socket);
}
void Free::operator()(rtnl_addr* address) const {
    ::rtnl_addr_put(address);
}
void Free::operator()(rtnl_link* link) const {
    ::rtnl_link_put(link);
}
void Free::operator()(rtnl_route* route) const {
    ::rtnl_route_put(route);
}

Result<void> validateInterfaceName(std::string_view name) {
    const bool good = !name.empty() && name.size() <= kLongestInterfaceName && isLetter(name.front()) &&
                      std::all_of(name.begin(), name.end(), [](char c) {
                          return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '.';
                      });
    if (!good)
        return fail(ErrorCode::InvalidArgument,
                    "\"" + std::string(name) + "\" is not a usable interface name",
                    "Use at most 15 letters, digits, \"_\", \"-\" and \".\", a letter first.");
    return {};
}

Result<Socket> connect() {
    Socket socket = owned(::nl_socket_alloc());
    // NETLINK_ROUTE; libnl opens it with SOCK_CLOEXEC.
    if (const int error = ::nl_connect(socket.get(), NETLINK_ROUTE); error < 0)
        return fail(netlinkError(error, "cannot open a route netlink socket"));
    return socket;
}

Error netlinkError(int error, std::string_view what) {
    return Error{codeFor(error), std::string(what) + ": " + ::nl_geterror(error), {}, {}};
}

Link newLink() {
    return owned(::rtnl_link_alloc());
}

Owned<nl_addr> toNetlink(const IpAddress& address, unsigned prefix) {
    const auto bytes = address.bytes();
    Owned<nl_addr> result =
        owned(::nl_addr_build(address.isV6 ? AF_INET6 : AF_INET, bytes.data(), address.width() / 8));
    ::nl_addr_set_prefixlen(result.get(), static_cast<int>(prefix));
    return result;
}

Owned<nl_addr> toNetlink(const MacBytes& mac) {
    return owned(::nl_addr_build(AF_LLC, mac.data(), mac.size()));
}

IpAddress fromNetlink(const nl_addr* address, bool isV6) {
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), ::nl_addr_get_binary_addr(address),
                std::min<std::size_t>(bytes.size(), ::nl_addr_get_len(address)));
    return IpAddress::fromBytes(isV6, bytes.data());
}

Result<Link> findLink(nl_sock* socket, const std::string& name) {
    rtnl_link* link = nullptr;
    const int error = ::rtnl_link_get_kernel(socket, 0, name.c_str(), &link);
    if (error == -NLE_NODEV || error == -NLE_OBJ_NOTFOUND)
        return Link();
    if (error < 0)
        return fail(netlinkError(error, "cannot look up the interface " + name));
    return Link(link);
}

Result<Link> getLink(nl_sock* socket, const std::string& name) {
    TRY_ASSIGN(Link link, findLink(socket, name));
    if (!link)
        return fail(ErrorCode::NotFound, "there is no interface " + name);
    return link;
}

Result<void> deleteLink(nl_sock* socket, rtnl_link* link) {
    const int error = ::rtnl_link_delete(socket, link);
    // Gone in the meantime, for example with the namespace of its other end: what was wanted.
    if (error < 0 && error != -NLE_NODEV && error != -NLE_OBJ_NOTFOUND)
        return fail(
            netlinkError(error, std::string("cannot remove the interface ") + ::rtnl_link_get_name(link)));
    return {};
}

std::string kindOf(rtnl_link* link) {
    const char* kind = ::rtnl_link_get_type(link);
    return kind != nullptr ? kind : "";
}

std::optional<MacBytes> macOf(rtnl_link* link) {
    MacBytes mac{};
    const nl_addr* address = ::rtnl_link_get_addr(link);
    if (address == nullptr || ::nl_addr_get_len(address) != mac.size())
        return std::nullopt;
    std::memcpy(mac.data(), ::nl_addr_get_binary_addr(address), mac.size());
    return mac;
}

Result<void> ensureAddress(nl_sock* socket, int interface, const IpAddress& address, unsigned prefix) {
    Owned<rtnl_addr> entry = owned(::rtnl_addr_alloc());
    ::rtnl_addr_set_ifindex(entry.get(), interface);
    ::rtnl_addr_set_local(entry.get(), toNetlink(address, prefix).get());
    if (address.isV6)
        ::rtnl_addr_set_flags(entry.get(), IFA_F_NODAD);
    else
        ::rtnl_addr_set_broadcast(entry.get(), toNetlink(subnetAround(address, prefix).last(), 32).get());
    const int error = ::rtnl_addr_add(socket, entry.get(), NLM_F_EXCL);
    if (error < 0 && error != -NLE_EXIST)
        return fail(netlinkError(error, "cannot add the address " + address.toString() + "/" +
                                            std::to_string(prefix)));
    return {};
}

void withoutLinkLocal(nl_sock* socket, int interface) {
    const Link which = newLink();
    ::rtnl_link_set_ifindex(which.get(), interface);
    const Link change = newLink();
    if (::rtnl_link_inet6_set_addr_gen_mode(change.get(), IN6_ADDR_GEN_MODE_NONE) == 0)
        (void)::rtnl_link_change(socket, which.get(), change.get(), 0);
}

Result<void> bringUp(nl_sock* socket, int interface) {
    const Link which = newLink();
    ::rtnl_link_set_ifindex(which.get(), interface);
    const Link change = newLink();
    ::rtnl_link_set_flags(change.get(), IFF_UP);
    if (const int error = ::rtnl_link_change(socket, which.get(), change.get(), 0); error < 0)
        return fail(netlinkError(error, "cannot bring up an interface"));
    return {};
}

Result<void> addDefaultRoute(nl_sock* socket, int interface, bool isV6,
                             const std::optional<IpAddress>& gateway, bool replace) {
    IpAddress everywhere;
    everywhere.isV6 = isV6;
    const Owned<rtnl_route> route = owned(::rtnl_route_alloc());
    ::rtnl_route_set_family(route.get(), isV6 ? AF_INET6 : AF_INET);
    ::rtnl_route_set_table(route.get(), RT_TABLE_MAIN);
    ::rtnl_route_set_scope(route.get(), gateway || isV6 ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK);
    ::rtnl_route_set_dst(route.get(), toNetlink(everywhere, 0).get());
    rtnl_nexthop* hop = ::rtnl_route_nh_alloc();
    ::rtnl_route_nh_set_ifindex(hop, interface);
    if (gateway)
        ::rtnl_route_nh_set_gateway(hop, toNetlink(*gateway, gateway->width()).get());
    ::rtnl_route_add_nexthop(route.get(), hop); // takes it over
    if (const int error = ::rtnl_route_add(socket, route.get(), replace ? NLM_F_REPLACE : NLM_F_EXCL);
        error < 0)
        return fail(netlinkError(error, "cannot add the container's default route by " +
                                            (gateway ? gateway->toString() : "its interface")));
    return {};
}

} // namespace escale::netlink
