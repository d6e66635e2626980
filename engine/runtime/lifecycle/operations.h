// `start`, `state`, `kill` and `delete`, runtime.md#operations. Each finds the container by the runtime's
// state folder.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/cgroup/cgroup.h"
#include "engine/runtime/lifecycle/found_container.h"

#include <string>

namespace escale {

/// Runs the program of a created container. WrongState when it does not wait for that; NotFound, Unsupported
/// or PermissionDenied when the kernel refuses the program.
Result<void> startContainer(const std::string& root, const std::string& id);
/// runtime.md#state: ociVersion, id, status, pid, bundle, annotations.
Result<Json> containerState(const std::string& root, const std::string& id);
/// WrongState when it does not run; to the first process, or to all of them.
Result<void> killContainer(const std::string& root, const std::string& id, int signal, bool all);
/// Removes what is left of one whose processes this process has made and seen the end of.
Result<void> deleteEnded(const FoundContainer& found, const Cgroup& cgroup);
/// Removes what create made. `force` ends a running one first (SIGKILL), and takes a missing one for deleted.
Result<void> deleteContainer(const std::string& root, const std::string& id, bool force);

} // namespace escale
