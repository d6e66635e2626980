// Executes this program anew so that nobody can write to what is executed, before a container can see it. A
// process in the container may reach the runtime's file through /proc/<pid>/exe (CVE-2019-5736): it finds the
// file on a read-only mount that stands in no mount namespace. Nobody can make that writable: the kernel
// changes only mounts that a process's own namespace holds. The pages are the file's own, shared with all.
// Where the kernel refuses such a mount (before Linux 5.12, or no mount rights), a sealed copy in memory
// serves.
#pragma once

#include "engine/base/result.h"

namespace escale {

/// Returns at once in the sealed program; in the original it does not return unless it fails.
Result<void> runFromSealedCopy(char** arguments);

} // namespace escale
