// The kernel's switches below /proc/sys/net that routing to containers needs, in the calling thread's network
// namespace. Used inside this module only.
#pragma once

#include "engine/base/revert.h"

#include <string>

namespace escale {

/// Forwarding of one family on the host and on the interface. A host that learns its own IPv6 routes from
/// routers (RFC 4861) goes on to do so.
Result<void> enableForwarding(const std::string& interface, bool isV6, Revert& revert);
/// Tells that it is so already (base/making.h).
void reuseForwarding(const std::string& interface, bool isV6);

/// IPv6 on an interface of ours, also where it is off by default, and no routes or addresses from whoever
/// says to be a router. Unsupported: this kernel was started without IPv6. `where`: whose namespace this
/// thread is in, "host" or "container".
Result<void> allowIpv6(const std::string& interface, const char* where);

} // namespace escale
