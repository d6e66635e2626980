// An endpoint's interface inside the container's network namespace, whichever driver has made it. Used inside
// this module only.
#pragma once

#include "engine/network/network.h"

namespace escale {

/// Addresses, up, the default routes when this endpoint has them, and loopback. The interface
/// `endpoint.inside` is there already, and down.
Result<void> configureInside(const Network& network, const Endpoint& endpoint, int netns);

} // namespace escale
