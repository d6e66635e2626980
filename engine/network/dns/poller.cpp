#include "engine/network/dns/poller.h"

#include <array>
#include <sys/epoll.h>

namespace escale::dns {

Result<std::unique_ptr<Poller>> Poller::create() {
    auto poller = std::make_unique<Poller>();
    poller->m_epoll = UniqueFd(::epoll_create1(EPOLL_CLOEXEC));
    if (!poller->m_epoll)
        return failErrno("cannot make an epoll");
    return poller;
}

void Poller::watch(int fd, std::uint32_t events, Ready ready) {
    Watch& watch = m_watches[fd];
    watch = {++m_serial, std::make_shared<Ready>(std::move(ready))};
    epoll_event event{events, {}};
    event.data.u64 = static_cast<std::uint64_t>(watch.serial) << 32 | static_cast<std::uint32_t>(fd);
    ::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event);
}

void Poller::change(int fd, std::uint32_t events) {
    epoll_event event{events, {}};
    event.data.u64 = static_cast<std::uint64_t>(m_watches[fd].serial) << 32 | static_cast<std::uint32_t>(fd);
    ::epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, fd, &event);
}

void Poller::forget(int fd) {
    if (m_watches.erase(fd) != 0)
        ::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
}

void Poller::wait(int milliseconds) {
    std::array<epoll_event, 64> events{};
    const int count = ::epoll_wait(m_epoll.get(), events.data(), events.size(), milliseconds);
    for (int i = 0; i < count; ++i) {
        const auto& event = events[static_cast<std::size_t>(i)];
        const auto watch = m_watches.find(static_cast<int>(event.data.u64 & 0xffffffff));
        if (watch == m_watches.end() || watch->second.serial != event.data.u64 >> 32)
            continue;
        const auto ready = watch->second.ready; // lives on when it is forgotten in its own call
        (*ready)(event.events);
    }
}

WatchedFd::WatchedFd(Poller& poller, UniqueFd fd, std::uint32_t events, Poller::Ready ready)
    : m_poller(&poller)
    , m_fd(std::move(fd)) {
    poller.watch(m_fd.get(), events, std::move(ready));
}

WatchedFd& WatchedFd::operator=(WatchedFd&& other) noexcept {
    if (this != &other) {
        reset();
        m_poller = other.m_poller;
        m_fd = std::move(other.m_fd);
    }
    return *this;
}

void WatchedFd::reset() {
    if (m_fd)
        m_poller->forget(m_fd.get());
    m_fd.reset();
}

} // namespace escale::dns
