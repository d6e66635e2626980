// The kernel's table of connections (ctnetlink), as far as published ports need it: a connection keeps the
// translation that it began with, so one to a container that went, or one that began before a port was
// published, must be forgotten. TCP begins anew by itself; UDP has no beginning, and clients that go on
// sending would never get the new rules. Works in the calling thread's network namespace.
#pragma once

#include "engine/network/published_port.h"

#include <vector>

namespace escale::conntrack {

/// Forgets connections that were translated to the container by one of these ports.
Result<void> forgetTranslated(const std::vector<PublishedPort>& ports);

/// Forgets connections to one of these ports of this machine that no rule has translated.
Result<void> forgetUntranslated(const std::vector<PublishedPort>& ports);

} // namespace escale::conntrack
