#include "engine/container/exit_watch.h"

#include "engine/base/file.h"
#include "engine/base/thread.h"

#include <cerrno>
#include <charconv>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale {

Result<std::unique_ptr<ExitWatch>> ExitWatch::start(std::function<void(const std::string& key)> ended) {
    std::unique_ptr<ExitWatch> self(new ExitWatch);
    self->m_ended = std::move(ended);
    self->m_epoll.reset(::epoll_create1(EPOLL_CLOEXEC));
    self->m_stop.reset(::eventfd(0, EFD_CLOEXEC));
    epoll_event stop{EPOLLIN, {.u64 = 0}};
    if (!self->m_epoll || !self->m_stop ||
        ::epoll_ctl(self->m_epoll.get(), EPOLL_CTL_ADD, self->m_stop.get(), &stop) != 0)
        return failErrno("cannot watch for containers that end");
    TRY_ASSIGN(self->m_thread, startThread([raw = self.get()] { raw->watch(); }));
    return self;
}

ExitWatch::~ExitWatch() {
    stop();
}

void ExitWatch::stop() {
    if (!m_thread.joinable())
        return;
    ::eventfd_write(m_stop.get(), 1);
    m_thread.join();
}

Result<void> ExitWatch::add(const std::string& key, UniqueFd pidFd) {
    const std::lock_guard lock(m_mutex);
    epoll_event event{EPOLLIN | EPOLLONESHOT, {.u64 = ++m_lastNumber}};
    if (::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, pidFd.get(), &event) != 0)
        return failErrno("cannot watch a container's monitor");
    m_watched.emplace(m_lastNumber, std::pair(key, std::move(pidFd)));
    return {};
}

void ExitWatch::remove(const std::string& key) {
    const std::lock_guard lock(m_mutex);
    // Closing the descriptor takes it out of the epoll set.
    std::erase_if(m_watched, [&key](const auto& entry) { return entry.second.first == key; });
}

void ExitWatch::watch() {
    for (;;) {
        epoll_event event{};
        const int count = ::epoll_wait(m_epoll.get(), &event, 1, -1);
        if (count < 0 && errno != EINTR)
            return;
        if (count <= 0)
            continue;
        if (event.data.u64 == 0)
            return;
        std::string key;
        {
            const std::lock_guard lock(m_mutex);
            const auto found = m_watched.find(event.data.u64);
            if (found == m_watched.end())
                continue;
            key = found->second.first;
            m_watched.erase(found);
        }
        m_ended(key);
    }
}

} // namespace escale
