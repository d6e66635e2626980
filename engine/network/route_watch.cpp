#include "engine/network/route_watch.h"

#include "engine/base/thread.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

namespace escale {
namespace {

constexpr auto kLongestWait = std::chrono::seconds(1);

/// Addresses, too: with an interface that goes, the kernel takes its IPv4 routes without a word.
constexpr std::array<int, 4> kGroups{RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE, RTNLGRP_IPV4_IFADDR,
                                     RTNLGRP_IPV6_IFADDR};

Result<UniqueFd> subscribe() {
    UniqueFd socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE));
    sockaddr_nl any{.nl_family = AF_NETLINK};
    bool works = socket && ::bind(socket.get(), reinterpret_cast<sockaddr*>(&any), sizeof any) == 0;
    for (const int group : kGroups)
        works = works &&
                ::setsockopt(socket.get(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) == 0;
    if (!works)
        return failErrno("cannot watch the routes");
    return socket;
}

} // namespace

Result<std::unique_ptr<RouteWatch>> RouteWatch::start(Listener changed, std::chrono::milliseconds quiet) {
    std::unique_ptr<RouteWatch> watch(new RouteWatch);
    watch->m_changed = std::move(changed);
    watch->m_quiet = quiet;
    TRY_ASSIGN(watch->m_socket, subscribe());
    watch->m_stop = UniqueFd(::eventfd(0, EFD_CLOEXEC));
    if (!watch->m_stop)
        return failErrno("cannot watch the routes");
    TRY_ASSIGN(watch->m_thread, startThread([self = watch.get()] { self->watch(); }));
    return watch;
}

RouteWatch::~RouteWatch() {
    if (!m_thread.joinable())
        return;
    (void)::eventfd_write(m_stop.get(), 1);
    m_thread.join();
}

int RouteWatch::millisecondsLeft() const {
    if (!m_hasChanged)
        return -1;
    const auto due = std::min(m_last + m_quiet, m_first + kLongestWait);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(due - Clock::now());
    return static_cast<int>(std::max(left, std::chrono::milliseconds(0)).count());
}

void RouteWatch::watch() {
    std::array<pollfd, 2> entries{{{m_socket.get(), POLLIN, 0}, {m_stop.get(), POLLIN, 0}}};
    for (;;) {
        (void)::poll(entries.data(), entries.size(), millisecondsLeft());
        if (entries[1].revents != 0)
            return;
        if (entries[0].revents != 0 && !receive())
            return;
        if (m_hasChanged && millisecondsLeft() == 0) {
            m_hasChanged = false;
            m_changed();
        }
    }
}

/// What it says does not matter. False when the socket is of no use any more.
bool RouteWatch::receive() {
    std::array<char, 16 << 10> buffer;
    ssize_t size = 0;
    do
        size = ::recv(m_socket.get(), buffer.data(), buffer.size(), 0);
    while (size > 0);
    if (size == 0 || (errno != EAGAIN && errno != EINTR && errno != ENOBUFS))
        return false;
    m_last = Clock::now();
    if (!m_hasChanged)
        m_first = m_last;
    m_hasChanged = true;
    return true;
}

} // namespace escale
