#include "engine/network/netlink_watch.h"

#include "engine/base/thread.h"

#include <linux/netlink.h>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

namespace escale {

static constexpr auto kLongestWait = std::chrono::seconds(1);

Result<UniqueFd> NetlinkWatch::subscribe(int protocol, std::initializer_list<int> groups, const char* what) {
    UniqueFd socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol));
    sockaddr_nl any{.nl_family = AF_NETLINK};
    bool works = socket && ::bind(socket.get(), reinterpret_cast<sockaddr*>(&any), sizeof any) == 0;
    for (const int group : groups)
        works = works &&
                ::setsockopt(socket.get(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) == 0;
    if (!works)
        return failErrno(what);
    return socket;
}

Result<std::unique_ptr<NetlinkWatch>> NetlinkWatch::start(UniqueFd socket, std::chrono::milliseconds quiet,
                                                          Parts parts, const char* what) {
    std::unique_ptr<NetlinkWatch> watch(new NetlinkWatch);
    watch->m_parts = std::move(parts);
    watch->m_quiet = quiet;
    watch->m_socket = std::move(socket);
    watch->m_stop = UniqueFd(::eventfd(0, EFD_CLOEXEC));
    if (!watch->m_stop)
        return failErrno(what);
    TRY_ASSIGN(watch->m_thread, startThread([self = watch.get()] { self->watch(); }));
    return watch;
}

NetlinkWatch::~NetlinkWatch() {
    if (!m_thread.joinable())
        return;
    (void)::eventfd_write(m_stop.get(), 1);
    m_thread.join();
}

int NetlinkWatch::millisecondsLeft() const {
    if (!m_isToTell)
        return -1;
    const auto due = std::min(m_last + m_quiet, m_first + kLongestWait);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(due - Clock::now());
    return static_cast<int>(std::max(left, std::chrono::milliseconds(0)).count());
}

void NetlinkWatch::watch() {
    std::array<pollfd, 2> entries{{{m_socket.get(), POLLIN, 0}, {m_stop.get(), POLLIN, 0}}};
    for (;;) {
        (void)::poll(entries.data(), entries.size(), millisecondsLeft());
        if (entries[1].revents != 0)
            return;
        const Notice notice = entries[0].revents != 0 ? m_parts.read(m_socket.get()) : Notice::None;
        if (notice == Notice::Broken)
            return;
        if (notice == Notice::Told) {
            m_last = Clock::now();
            if (!m_isToTell)
                m_first = m_last;
            m_isToTell = true;
        }
        if (m_isToTell && millisecondsLeft() == 0) {
            m_isToTell = false;
            m_parts.tell();
        }
    }
}

} // namespace escale
