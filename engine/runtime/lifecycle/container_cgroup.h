// Where a container's cgroup is to be, and its making and taking down: by ourselves (cgroupfs), or by
// systemd.
#pragma once

#include "engine/base/result.h"
#include "engine/cgroup/cgroup.h"
#include "engine/cgroup/systemd_scope.h"
#include "engine/runtime/lifecycle/create.h"
#include "engine/runtime/spec/spec.h"

#include <optional>
#include <string>

namespace escale {

struct CgroupPlace {
    std::string path;   // by rule; systemd has the last word
    SystemdUnit unit{}; // without a name: the cgroup is ours alone
};

struct MadeCgroup {
    Cgroup cgroup;
    std::optional<SystemdManager> manager; // these two with systemd only
    std::optional<SystemdScope> scope;     // holds the scope until the container's first process is in it
};

/// InvalidArgument when linux.cgroupsPath has not the form that the cgroup manager takes.
Result<CgroupPlace> planCgroup(const CreateRequest& request, const spec::Spec& spec);
/// AlreadyExists when it is there. Delegated when the container has its own cgroup namespace and may write.
Result<MadeCgroup> makeCgroup(const CgroupLayout& layout, const CgroupPlace& place, const spec::Spec& spec,
                              const std::string& id);
/// linux.resources; once the first process is there, so that no limit of processes is in its way.
Result<void> limitCgroup(MadeCgroup& made, const CgroupPlace& place, const spec::Spec& spec);
/// Other limits for a container in use; what is not named stays (Cgroup::update). `unit` may be empty.
Result<void> updateCgroup(const Cgroup& cgroup, const std::string& unit, const CgroupLimits& limits);
/// It holds no process any more. `unit` may be empty. No error when it is gone.
Result<void> removeCgroup(const Cgroup& cgroup, const std::string& unit);

} // namespace escale
