// A process on its own: the "process" of config.json, and what `exec` is given.
#pragma once

#include "engine/base/json.h"
#include "engine/runtime/spec/spec.h"

namespace escale::spec {

/// Reads the object (config.md#process). Nothing is validated yet: see validateProcess and validateUser.
/// Errors: InvalidArgument (which member is wrong), Unsupported.
Result<Process> parseProcess(const Json& json);
/// The same from a file that holds the object alone (`exec --process FILE`). NotFound when there is no such
/// file.
Result<Process> loadProcess(const std::string& file);

/// What a process must be whatever container it runs in: arguments, environment, working directory, limits.
Result<void> validateProcess(const Process& process);
/// Its user and groups exist in the container's user namespace.
Result<void> validateUser(const Process& process, const Spec& spec);

} // namespace escale::spec
