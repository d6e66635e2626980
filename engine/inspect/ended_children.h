// Zombies: processes that have ended and wait until their parent asks how (wait(2)). No cgroup lists them.
#pragma once

#include "engine/inspect/process_facts.h"

#include <span>
#include <vector>

namespace escale {

/// Those whose parents are among `parents`, by proc_pid_task(5) "children"; of the first 2000
/// children alone. None of `parents` is among them.
std::vector<ProcessFacts> readEndedChildren(std::span<const ProcessFacts> parents);

} // namespace escale
