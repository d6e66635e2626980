// The engine's side of a session's beginning: the first word is its own (session_frame.h, Hello), then the
// socket is the client's.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <string>
#include <utility>

namespace escale {

/// Connected to a monitor's socket; InUse when it takes nobody more, WrongState when nobody is there.
Result<UniqueFd> connectSession(const std::string& path, std::uint8_t flags, const std::string& keys);

/// A socket pair: the client's end, with Hello said already, and the one for the monitor.
Result<std::pair<UniqueFd, UniqueFd>> makeSession(std::uint8_t flags, const std::string& keys);
/// Closes the monitor's end of one that no monitor has taken: its client reads an end, not an error.
void endSession(UniqueFd socket);
/// The monitor's answer to Hello.
Result<void> awaitSession(int socket);

} // namespace escale
