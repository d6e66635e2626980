// Who has a port of this machine: a process with a socket, or a rule that leads its packets elsewhere. For
// the message of a port that is taken; slow (it looks at the descriptors of every process), so asked only
// then.
#pragma once

#include "engine/base/json.h"
#include "engine/network/published_port.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

struct PortHolder {
    IpAddress address;   // which the socket is bound to
    pid_t pid = 0;       // 0: no process of this machine has it open (the kernel itself, or it is on its way)
    std::string process; // its name, as in ps -o comm
    std::string user;    // a name, or the number when it has none
    /// "nginx (process 812 of www-data, on 127.0.0.1)"
    [[nodiscard]] std::string toString() const;
};

/// Sockets in the calling thread's network namespace that keep others from binding this port; a process that
/// only has connections left of a server that ended is none. Sorted by pid. Of SCTP: nothing.
Result<std::vector<PortHolder>> findPortHolders(const PublishedPort& port);

/// "the chain DOCKER of table ip nat": a rule outside of our table that takes the port's packets from other
/// machines elsewhere. Pure; `ruleset` is libnftables' JSON of it. Empty when there is none, or when it says
/// so in a way that JSON does not tell (matches of iptables' extensions).
std::string translatingRule(const Json& ruleset, std::string_view ownTable, const PublishedPort& port);

} // namespace escale
