// A thread that listens to a netlink(7) multicast socket and tells once of what comes together: when nothing
// more has come for a while, or after a second. Used inside this module, by RulesetWatch and RouteWatch.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <thread>

namespace escale {

class NetlinkWatch {
public:
    enum class Notice {
        None,   // nothing to be told
        Told,   // something is to be told
        Broken, // the socket is of no use any more: the thread ends
    };
    struct Parts { // both called on the watching thread
        /// Reads from the socket, which does not block.
        std::function<Notice(int socket)> read;
        /// May take its time.
        std::function<void()> tell;
    };

    /// A socket of the protocol in the calling thread's network namespace, in these groups. Bound, since the
    /// kernel tells sockets without a number nothing of the changes that nobody asked for. `what` begins the
    /// error.
    static Result<UniqueFd> subscribe(int protocol, std::initializer_list<int> groups, const char* what);
    static Result<std::unique_ptr<NetlinkWatch>> start(UniqueFd socket, std::chrono::milliseconds quiet,
                                                       Parts parts, const char* what);
    NetlinkWatch(const NetlinkWatch&) = delete;
    NetlinkWatch& operator=(const NetlinkWatch&) = delete;
    /// Returns when neither function runs any more.
    ~NetlinkWatch();

private:
    using Clock = std::chrono::steady_clock;
    NetlinkWatch() = default;
    void watch();
    [[nodiscard]] int millisecondsLeft() const;

    Parts m_parts;
    std::chrono::milliseconds m_quiet{};
    UniqueFd m_socket;
    UniqueFd m_stop; // an eventfd
    // The watching thread's
    bool m_isToTell = false;
    Clock::time_point m_first, m_last;
    std::thread m_thread;
};

} // namespace escale
