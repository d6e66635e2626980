// The drivers of the Container Network Model. Each works in the calling thread's network namespace, the
// host's; blocking, some milliseconds; from any thread. ensure, remove, attach and detach are transactions:
// what fails leaves nothing behind. (none and host are no drivers: there is nothing to do.)
#pragma once

#include "engine/network/network.h"

#include <sys/types.h>

namespace escale {

class NetworkDriver {
public:
    virtual ~NetworkDriver() = default;

    /// Makes what the host needs for the network, and puts back what was taken away since. Harmless again.
    [[nodiscard]] virtual Result<void> ensure(const Network& network) const = 0;
    /// Tells of what ensure() has made before, for a start that finds it (base/making.h).
    virtual void reuse(const Network& network) const = 0;
    /// No error when it is gone already. WrongState: somebody else's, left alone.
    [[nodiscard]] virtual Result<void> remove(const Network& network) const = 0;
    /// Makes `endpoint.inside` in the network namespace `netns`, ready for packets when it returns.
    [[nodiscard]] virtual Result<void> attach(const Network& network, const Endpoint& endpoint,
                                              int netns) const = 0;
    /// No error when it is gone already. `netns`: -1 when that namespace is no more, and with it its
    /// interfaces.
    [[nodiscard]] virtual Result<void> detach(const Network& network, const Endpoint& endpoint,
                                              int netns) const = 0;
    /// Puts back the host's part of an endpoint that is attached: after ensure(), for each, when a foreign
    /// tool has flushed the rules.
    [[nodiscard]] virtual Result<void> repair(const Network& network, const Endpoint& endpoint) const = 0;
};

/// The driver "bridge", "macvlan" or "ipvlan"; it lives as long as the program. InvalidArgument for others.
Result<const NetworkDriver*> driverNamed(const std::string& name);

/// attach() into the namespace of a process. WrongState: it is the host's.
Result<void> attachEndpoint(const Network& network, const Endpoint& endpoint, pid_t pid);
/// detach() from the namespace of a process; 0: it has ended.
Result<void> detachEndpoint(const Network& network, const Endpoint& endpoint, pid_t pid = 0);

/// Makes this endpoint the one with the default route, in place of whichever has it; for a container that
/// has left the network that had it.
Result<void> moveDefaultRoute(const Network& network, const Endpoint& endpoint, int netns);

} // namespace escale
