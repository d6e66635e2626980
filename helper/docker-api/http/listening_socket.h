// The socket that clients connect to: made here, or passed by systemd.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <optional>
#include <string>

namespace escale::docker_api {

/// A listening stream socket at `path` (absolute), whose folder is made (0700) when it is missing. InUse when
/// somebody answers there; a socket that nobody answers at any more is replaced, a file of another kind is
/// not (AlreadyExists). Everybody who can reach the folder may connect when that is this user alone (and
/// containers that the socket is given to), else nobody but this user.
Result<UniqueFd> listenAt(const std::string& path);

/// The one that systemd's socket unit has made for us (sd_listen_fds(3)); nothing when we were not started
/// so. Call once, and before any thread. InvalidArgument: it is no listening Unix socket, or not the only
/// one.
Result<std::optional<UniqueFd>> passedSocket();

} // namespace escale::docker_api
