#pragma once

#include "engine/base/result.h"

#include <vector>

namespace escale::worker {

/// From now on this process and its threads may open files below `paths` for reading and nothing else
/// (landlock(7)). Paths that do not exist are skipped. A kernel without Landlock is no error: then only the
/// user's permissions hold. Needs no_new_privs; call it before threads are started.
Result<void> allowOnlyReading(const std::vector<const char*>& paths);

} // namespace escale::worker
