// SCMP_ACT_NOTIFY: an agent outside answers system calls of the container. It listens on
// linux.seccomp.listenerPath and gets the filter's descriptor with the container process's state
// (config-linux.md#containerprocessstate).
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/runtime/lifecycle/state_folder.h"
#include "engine/runtime/spec/spec.h"

#include <string>

namespace escale {

struct SeccompListener {
    UniqueFd socket{};   // invalid: the filter notifies nobody
    std::string state{}; // JSON, with kPidPlaceholder where the process's pid belongs
};

/// InvalidArgument when the filter notifies but names no listener; NotFound or Unreachable when nobody
/// listens.
Result<SeccompListener> connectListener(const spec::Spec& spec, const SavedState& container,
                                        ContainerStatus status);

} // namespace escale
