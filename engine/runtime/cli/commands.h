// One function a command; each returns the process's exit status or the error to tell.
#pragma once

#include "engine/base/result.h"
#include "engine/runtime/cli/arguments.h"
#include "engine/runtime/lifecycle/create.h"

namespace escale {

/// What the options of `create` and `run` ask for.
Result<CreateRequest> createRequest(const Arguments& arguments, const std::string& id);
/// --preserve-fds, and those that systemd's socket activation passes (sd_listen_fds(3)). Of the numbers named
/// only those that are open reach the container; the others are taken, so that no file of ours gets them.
Result<unsigned> preservedFds(const Arguments& arguments);

Result<int> createCommand(const Arguments& arguments);
Result<int> startCommand(const Arguments& arguments);
Result<int> stateCommand(const Arguments& arguments);
Result<int> killCommand(const Arguments& arguments);
Result<int> deleteCommand(const Arguments& arguments);
Result<int> runCommand(const Arguments& arguments);
Result<int> execCommand(const Arguments& arguments);
Result<int> updateCommand(const Arguments& arguments);
Result<int> eventsCommand(const Arguments& arguments);
Result<int> pauseCommand(const Arguments& arguments);
Result<int> resumeCommand(const Arguments& arguments);
Result<int> listCommand(const Arguments& arguments);
Result<int> psCommand(const Arguments& arguments);
Result<int> specCommand(const Arguments& arguments);
Result<int> featuresCommand(const Arguments& arguments);
Result<int> monitorCommand(const Arguments& arguments);
Result<int> execMonitorCommand(const Arguments& arguments);

} // namespace escale
