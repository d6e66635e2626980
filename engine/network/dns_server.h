// The name server of the user-defined networks (the program escale-dns, engine/network/dns): one process for
// all of them, which lives as long as one of them has a container, over restarts of whoever drives it.
//
// The default network `bridge` is not among them: as with Docker, its containers have no names.
#pragma once

#include "engine/network/dns_names.h"
#include "engine/network/dns_process.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace escale {

/// Works in the network namespace of the calling thread, the host's. Callable from any thread of that
/// namespace.
class DnsServer {
public:
    struct Settings {
        std::string folder;  // of its own, in the engine's run folder; made when missing, 0700
        std::string program; // absolute path of escale-dns; empty: beside the calling program
        /// What a person should know: that it died and was started anew, or cannot be. Called in a thread of
        /// the server's.
        std::function<void(const std::string&)> tell = [](const std::string&) {};
    };

    static Result<std::unique_ptr<DnsServer>> open(Settings settings);
    DnsServer(const DnsServer&) = delete;
    DnsServer& operator=(const DnsServer&) = delete;
    /// Leaves the server running.
    ~DnsServer();

    /// These networks and containers from now on: starts the server, tells it, or ends it when none is left.
    /// Every look-up that begins after the return is answered from them; none is lost meanwhile. Blocks for a
    /// millisecond. InvalidArgument: nothing has changed. InUse: another server has port 53 at some gateway;
    /// all the others are served, and so is this one with the next call, when the port is free by then.
    Result<void> serve(const std::vector<DnsNetwork>& networks);

    /// Reads the host's resolv.conf anew; it is watched, too.
    Result<void> reload();

    /// The process, or -1.
    [[nodiscard]] pid_t pid() const;

private:
    class State;
    explicit DnsServer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace escale
