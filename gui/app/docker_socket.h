// The socket of escale-docker-api, as Settings see to it. Everything here waits: not on the GUI thread.
#pragma once

#include "engine/base/result.h"

#include <string>

namespace escale::gui {

/// Whether the Docker Engine API is answered at that socket; five seconds at most.
bool dockerSocketAnswers(const std::string& path);
/// Whether systemd looks after this user's session, and so can hold the socket for them.
bool hasServiceManager();
/// Now, and with each session from now on: `systemctl --user enable --now escale-docker-api.socket`.
/// SystemFailure: what systemctl says.
Result<void> startDockerSocket();

} // namespace escale::gui
