// Follows what a container changes in its overlay's upper folder, for whoever reads a pipe. The kernel tells
// of most of it (inotify(7)); what it tells nobody (writes through an overlay of Linux 6.1, folders
// beyond its watches) is found by looking again: twice a second, and seldom enough to take a twentieth of a
// processor at most.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <vector>

namespace escale {

/// The calling process's root must be the upper folder, which `upper` is open on. `layers`: open folders, top
/// first. Writes lines of JSON {"time", "path", "change", "kind", "size", "blocks"}
/// (org.escale.Engine1.Inspect.WatchChanges) and returns when nobody reads `output` any longer. NotFound: the
/// upper folder has been removed. Blocks.
Result<void> watchUpper(int upper, const std::vector<UniqueFd>& layers, int output);

} // namespace escale
