// What a port of a bridge does, beyond being one.
#pragma once

#include "engine/base/result.h"

#include <string>

namespace escale {

/// Lets a container, and its neighbours, reach the container by its own published port. Where br_netfilter is
/// loaded (Docker, Kubernetes) the bridge, not the host's routing, carries the translated packet: then it
/// must send a frame back to the port that it came from, and without ICC this one port is not isolated. (What
/// neighbours send without the host's translation their own guards stop, see firewall.h.) No error when it is
/// off already and the interface is gone.
Result<void> letReachItself(const std::string& interface, bool on, bool icc);

} // namespace escale
