// Tells that routes of this machine have come or gone: a VPN is up, a cable is in another network.
// rtnetlink(7) notes each; who listens looks at all of them (host_routes.h).
#pragma once

#include "engine/network/netlink_watch.h"

namespace escale {

class RouteWatch {
public:
    /// Called on the watching thread, once for all that changed until nothing more did for `quiet` (a second
    /// at most); it may take its time.
    using Listener = std::function<void()>;

    /// In the calling thread's network namespace. Its end returns when no call of the listener runs any more.
    static Result<std::unique_ptr<RouteWatch>>
    start(Listener changed, std::chrono::milliseconds quiet = std::chrono::milliseconds(300));

private:
    explicit RouteWatch(std::unique_ptr<NetlinkWatch> watch)
        : m_watch(std::move(watch)) {}
    std::unique_ptr<NetlinkWatch> m_watch;
};

} // namespace escale
