// Executes this program anew from a sealed copy in memory, before a container can see it. A process in the
// container may reach the runtime's file through /proc/<pid>/exe (CVE-2019-5736): it finds a copy that nobody
// can write.
#pragma once

#include "engine/base/result.h"

namespace escale {

/// Returns at once in the copy; in the original it does not return unless it fails.
Result<void> runFromSealedCopy(char** arguments);

} // namespace escale
