// epoll(7), with a function for each descriptor. One thread.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

namespace escale::dns {

class Poller {
public:
    using Ready = std::function<void(std::uint32_t events)>;

    static Result<std::unique_ptr<Poller>> create();
    /// `ready` is called in wait(); it may watch and forget whatever it likes, itself included.
    void watch(int fd, std::uint32_t events, Ready ready);
    void change(int fd, std::uint32_t events);
    void forget(int fd);
    /// -1: without end.
    void wait(int milliseconds);

private:
    struct Watch {
        std::uint32_t serial = 0; // so that an event of a closed descriptor is not taken for its successor's
        std::shared_ptr<Ready> ready;
    };
    UniqueFd m_epoll;
    std::uint32_t m_serial = 0;
    std::unordered_map<int, Watch> m_watches;
};

/// A descriptor that is watched as long as it is open.
class WatchedFd {
public:
    WatchedFd() = default;
    WatchedFd(Poller& poller, UniqueFd fd, std::uint32_t events, Poller::Ready ready);
    WatchedFd(WatchedFd&&) noexcept = default;
    WatchedFd& operator=(WatchedFd&& other) noexcept;
    ~WatchedFd() { reset(); }
    void reset();
    [[nodiscard]] int get() const { return m_fd.get(); }
    explicit operator bool() const { return m_fd.valid(); }

private:
    Poller* m_poller = nullptr;
    UniqueFd m_fd;
};

} // namespace escale::dns
