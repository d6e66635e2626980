// When and where a process runs: set from outside, while we have the host's privileges (a capability in the
// container's user namespace counts for nothing here).
#pragma once

#include "engine/base/result.h"
#include "engine/runtime/spec/spec.h"

#include <string>
#include <sys/types.h>

namespace escale {

/// The scheduler and the I/O priority; both are inherited by what the process clones. PermissionDenied or
/// InvalidArgument as the kernel says.
Result<void> setScheduling(const spec::Process& process, pid_t pid);
/// sched_setaffinity(2) to a list like "0-3,7". Nothing for an empty one.
Result<void> setAffinity(const std::string& processors, pid_t pid);

} // namespace escale
