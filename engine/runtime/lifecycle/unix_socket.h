// Sockets that whoever calls the runtime listens on: a terminal's or a seccomp filter's other end goes there.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <string>

namespace escale {

/// A stream to the socket at `path`, which may be longer than sockaddr_un takes. `what` completes "cannot
/// connect to the …".
Result<UniqueFd> connectUnix(const std::string& path, const std::string& what);

} // namespace escale
