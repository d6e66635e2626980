// One function a command; each returns the process's exit status or the error to tell.
#pragma once

#include "engine/base/result.h"
#include "engine/runtime/cli/arguments.h"

namespace escale {

Result<int> createCommand(const Arguments& arguments);
Result<int> startCommand(const Arguments& arguments);
Result<int> stateCommand(const Arguments& arguments);
Result<int> killCommand(const Arguments& arguments);
Result<int> deleteCommand(const Arguments& arguments);
Result<int> runCommand(const Arguments& arguments);
Result<int> execCommand(const Arguments& arguments);
Result<int> monitorCommand(const Arguments& arguments);

} // namespace escale
