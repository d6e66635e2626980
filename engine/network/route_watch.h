// Tells that routes of this machine have come or gone: a VPN is up, a cable is in another network.
// rtnetlink(7) notes each; who listens looks at all of them (host_routes.h).
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

namespace escale {

class RouteWatch {
public:
    /// Called on the watching thread, once for all that changed until nothing more did for `quiet` (a second
    /// at most); it may take its time.
    using Listener = std::function<void()>;

    /// In the calling thread's network namespace.
    static Result<std::unique_ptr<RouteWatch>>
    start(Listener changed, std::chrono::milliseconds quiet = std::chrono::milliseconds(300));
    RouteWatch(const RouteWatch&) = delete;
    RouteWatch& operator=(const RouteWatch&) = delete;
    /// Returns when no call of the listener runs any more.
    ~RouteWatch();

private:
    using Clock = std::chrono::steady_clock;
    RouteWatch() = default;
    void watch();
    bool receive();
    [[nodiscard]] int millisecondsLeft() const;

    Listener m_changed;
    std::chrono::milliseconds m_quiet{};
    UniqueFd m_socket;
    UniqueFd m_stop; // an eventfd
    // The watching thread's
    bool m_hasChanged = false;
    Clock::time_point m_first, m_last;
    std::thread m_thread;
};

} // namespace escale
