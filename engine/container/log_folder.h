// The files of a container's log as its monitor leaves them (engine/runtime/monitor/log_files.h).
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <string>
#include <vector>

namespace escale {

/// What one message on a bus may carry (dbus-daemon's max_message_unix_fds); older files are left out.
inline constexpr std::size_t kMostLogFiles = 16;

/// `path` and those of `maxFile` that were put aside, for reading: the oldest first, compressed ones as they
/// are, the one that is written to last. None is left out when the monitor puts one aside meanwhile. NotFound
/// when there is none yet.
Result<std::vector<UniqueFd>> openLogFiles(const std::string& path, unsigned maxFile);

} // namespace escale
