// rtnetlink(7) through libnl-route-3: owned handles, and errors as values. Used inside this module only.
#pragma once

#include "engine/base/result.h"
#include "engine/network/network.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct nl_addr;
struct nl_cache;
struct nl_sock;
struct rtnl_addr;
struct rtnl_link;
struct rtnl_nexthop;
struct rtnl_route;

namespace escale::netlink {

struct Free {
    void operator()(nl_addr* address) const;
    void operator()(nl_cache* cache) const;
    void operator()(nl_sock* socket) const;
    void operator()(rtnl_addr* address) const;
    void operator()(rtnl_link* link) const;
    void operator()(rtnl_route* route) const;
};
template <class T>
using Owned = std::unique_ptr<T, Free>;
using Socket = Owned<nl_sock>;
using Link = Owned<rtnl_link>;

/// The longest name of an interface: IFNAMSIZ without the final zero byte.
constexpr std::size_t kLongestInterfaceName = 15;

/// Names of our interfaces: a letter, then [a-zA-Z0-9_.-], at most 15 characters in all. Narrower than the
/// kernel's rule, because the name is also written into nftables commands and paths below /proc/sys.
Result<void> validateInterfaceName(std::string_view name);

/// A route socket of the calling thread's network namespace; it stays in that one.
Result<Socket> connect();

/// "<what>: <libnl's text>" with the code that fits; `error` is a negative libnl error.
Error netlinkError(int error, std::string_view what);

Link newLink();
/// The address with the prefix of its subnet, as an interface carries it.
Owned<nl_addr> toNetlink(const IpAddress& address, unsigned prefix);
Owned<nl_addr> toNetlink(const MacBytes& mac);
/// Zero where the address is empty, as a default route's is.
IpAddress fromNetlink(const nl_addr* address, bool isV6);

/// Null when there is no such interface.
Result<Link> findLink(nl_sock* socket, const std::string& name);
/// Fails with NotFound when there is no such interface.
Result<Link> getLink(nl_sock* socket, const std::string& name);
Result<void> deleteLink(nl_sock* socket, rtnl_link* link);
/// "bridge", "veth", …; empty for hardware.
std::string kindOf(rtnl_link* link);
/// None for what is not Ethernet.
std::optional<MacBytes> macOf(rtnl_link* link);

/// Adds the address to an interface; one that is there already is kept. An IPv6 address can be used at once:
/// nobody is asked whether they have it (DAD, a second or two).
Result<void> ensureAddress(nl_sock* socket, int interface, const IpAddress& address, unsigned prefix);
/// Keeps the kernel from giving the interface an IPv6 link-local address of its own: ours have one that is
/// ready at once, or none. Without effect on a kernel without IPv6.
void withoutLinkLocal(nl_sock* socket, int interface);
Result<void> bringUp(nl_sock* socket, int interface);
/// A default route; `gateway` none: everything is on the link. Unless `replace`, AlreadyExists when there is
/// one.
Result<void> addDefaultRoute(nl_sock* socket, int interface, bool isV6,
                             const std::optional<IpAddress>& gateway, bool replace = false);

} // namespace escale::netlink
