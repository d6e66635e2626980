// Ports of this machine, kept by bound sockets that nobody listens on: no other program can take them, `ss`
// shows them as this process's, and without a rule a connection is refused rather than left hanging. The
// sockets end with the process: a helper that starts again reserves anew what its containers have (their
// ports are known then, so nothing is chosen again).
#pragma once

#include "engine/base/unique_fd.h"
#include "engine/network/published_port.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace escale {

/// Thread-safe. One descriptor a port: the process needs a limit (RLIMIT_NOFILE) to match.
class PortReservations {
public:
    /// Makes these the owner's ports, all or none; what it has already and keeps is not let go meanwhile. A
    /// host port of 0 is chosen from ip_local_port_range; entries that follow each other and differ in
    /// nothing but the address get the same, unless one of them is every address of the other's family.
    /// Returns them with their ports. InUse: the message names who has it. InvalidArgument: this machine
    /// lacks the address. In the calling thread's network namespace.
    Result<std::vector<PublishedPort>> reserve(const std::string& owner, std::vector<PublishedPort> ports);

    void release(const std::string& owner);

    /// How many ports are reserved, for a look whether all is let go.
    [[nodiscard]] std::size_t count() const;

private:
    struct Reserved {
        PublishedPort port;
        UniqueFd socket; // none where the kernel has no such sockets (SCTP)
    };
    using Held = std::vector<Reserved>;

    Result<void> checkOwnTable(const std::string& owner, const PublishedPort& port) const;
    Result<void> take(const std::string& owner, const PublishedPort& port, const Held& kept, Held& taken,
                      bool isChosen) const;
    Result<void> takeAny(const std::string& owner, std::vector<PublishedPort*> group, const Held& kept,
                         Held& taken) const;

    mutable std::mutex m_mutex;
    std::map<std::string, Held> m_held;
};

} // namespace escale
