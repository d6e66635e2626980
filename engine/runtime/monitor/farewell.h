// The last word to a container's clients, and for those that are slow somebody who waits for them.
#pragma once

#include "engine/runtime/monitor/backlog.h"

#include <cstdint>

namespace escale {

class ContainerInput;

struct Farewell {
    Sessions& sessions;
    Backlog& backlog;
    ContainerInput& input; // closed: what is typed still is thrown away, so that no client waits for that
    std::int64_t patience; // with a client that takes nothing, in milliseconds
};

/// Tells every session how the program ended, behind all that it has not got yet. Returns at once: what is
/// not taken at once is passed on by a child, which the caller leaves behind when it ends. The child has the
/// sessions' sockets and no other descriptor than the standard ones, and ends with the last client. Call
/// when log and exit record are complete, without other threads.
void sayGoodbye(const Farewell& farewell, int exitCode);

} // namespace escale
