// The way into a user namespace that exists already.
//
//   runtime ──clone──▶ entry: pid namespace, user namespace ──clone (CLONE_PARENT)──▶ first process
//           ◀── pid, or errno ──┘ ends                         its other namespaces belong to the user
//           namespace
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/runtime/child/step.h"
#include "engine/runtime/spec/spec.h"

#include <cstdint>
#include <sys/types.h>

namespace escale {

struct UserEntry {
    int userNamespace = -1;
    int pidNamespace = -1;   // -1: a new one, or the host's
    std::uint64_t flags = 0; // CLONE_NEW…: made for the first process
    int cgroup = -1;         // v2 folder, or -1
    int parentEnd = -1;      // closed in the first process
};

struct EnteredProcess {
    pid_t pid = 0;
    UniqueFd pidFd;
};

/// The process that walks `walk` is a child of ours.
Result<EnteredProcess> cloneInto(const UserEntry& entry, const child::Walk& walk);

/// uid_map and gid_map of the namespace, as we see the ids.
Result<void> readMappings(int userNamespace, spec::Spec& spec);
/// Of the one that a process is in.
Result<void> readMappingsOf(pid_t pid, spec::Spec& spec);

} // namespace escale
