// `pause` and `resume`: the container's processes stop where they are, and go on (runc's and crun's commands;
// runtime.md has no word of them).
#pragma once

#include "engine/base/result.h"

#include <string>

namespace escale {

/// Returns when all of them stand still. WrongState when the container does not run, or is paused already;
/// Timeout when one does not stop: then all go on.
Result<void> pauseContainer(const std::string& root, const std::string& id);
/// WrongState when it is not paused.
Result<void> resumeContainer(const std::string& root, const std::string& id);

} // namespace escale
