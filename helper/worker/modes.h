// What sets the two programs apart that workers are of: their modes.
#pragma once

#include "engine/base/message_channel.h"

#include <string_view>

namespace escale::worker {

/// Whether this program has the mode.
bool isMode(std::string_view mode);
/// One job, in one of them. Confines the process before it reads anything that comes from outside.
Result<void> runMode(std::string_view mode, const MessageChannel& channel);

} // namespace escale::worker
