// Where the container's command is looked for, and what its absence is called.
#pragma once

#include "engine/base/error.h"
#include "engine/runtime/spec/spec.h"

#include <string>
#include <vector>

namespace escale {

/// The command itself when it holds a slash; otherwise once for each folder of the environment's PATH
/// (Docker's default when there is none).
std::vector<std::string> programCandidates(const spec::Process& process);

/// The person's words for a failed look-up (FindProgram) or a refused execve, from its errno.
Error programNotFound(const spec::Process& process, int number);
Error programNotExecuted(const std::string& program, int number);

} // namespace escale
