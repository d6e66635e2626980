#include "engine/network/route_watch.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace escale {
namespace {

constexpr const char* kWhat = "cannot watch the routes";

/// What it says does not matter.
NetlinkWatch::Notice readAll(int socket) {
    std::array<char, 16 << 10> buffer;
    ssize_t size = 0;
    do
        size = ::recv(socket, buffer.data(), buffer.size(), 0);
    while (size > 0);
    const bool isSound = size < 0 && (errno == EAGAIN || errno == EINTR || errno == ENOBUFS);
    return isSound ? NetlinkWatch::Notice::Told : NetlinkWatch::Notice::Broken;
}

} // namespace

Result<std::unique_ptr<RouteWatch>> RouteWatch::start(Listener changed, std::chrono::milliseconds quiet) {
    // Addresses, too: with an interface that goes, the kernel takes its IPv4 routes without a word.
    TRY_ASSIGN(UniqueFd socket, NetlinkWatch::subscribe(NETLINK_ROUTE,
                                                        {RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE,
                                                         RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR},
                                                        kWhat));
    TRY_ASSIGN(auto watch,
               NetlinkWatch::start(std::move(socket), quiet, {readAll, std::move(changed)}, kWhat));
    return std::unique_ptr<RouteWatch>(new RouteWatch(std::move(watch)));
}

} // namespace escale
