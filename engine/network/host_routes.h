// What this host already routes. Used inside this module; hostSubnets() is declared in bridge_network.h.
#pragma once

#include "engine/base/result.h"

struct nl_sock;

namespace escale {

/// The MTU in bytes for a bridge and its endpoints: that of the default route's interface, at most 1500; 1500
/// without one.
Result<unsigned> endpointMtu(nl_sock* socket);

} // namespace escale
