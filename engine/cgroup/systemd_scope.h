// A container's cgroup as a transient scope of systemd (systemd.scope(5)): systemd makes it, knows it and
// takes it down; inside it is ours (Delegate=, "Control Group APIs and Delegation").
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/cgroup/limits.h"
#include "engine/cgroup/systemd_manager.h"

#include <string>
#include <utility>
#include <vector>

namespace escale {

/// What linux.cgroupsPath names when systemd manages cgroups.
struct SystemdUnit {
    std::string name;  // "escale-web.scope"
    std::string slice; // "system.slice"

    /// Where systemd puts it in each hierarchy: slices nest by their dashes ("/a.slice/a-b.slice/x.scope").
    [[nodiscard]] std::string cgroupPath() const;
};

/// "slice:prefix:name"; an empty path or an empty slice means system.slice. InvalidArgument otherwise.
Result<SystemdUnit> parseSystemdPath(const std::string& cgroupsPath, const std::string& id);

/// The limits that systemd has a property for: without them it would overwrite the files when its units are
/// loaded anew. `version` of the hierarchy that systemd has its controllers in; quota and period, memory and
/// swap are given both or not at all (Cgroup::completed).
UnitProperties limitProperties(const CgroupLimits& limits, int version);

/// Annotations "org.systemd.property.NAME" (as of runc and crun): 'text', true, uint64 5, int32 -1, ['a',
/// 'b']. NAME may end in Sec, in seconds. InvalidArgument for another form.
Result<UnitProperties>
annotatedProperties(const std::vector<std::pair<std::string, std::string>>& annotations);

/// A scope begins with a process in it. Ours does nothing, and ends with this object: by then the container's
/// first process must be there.
class SystemdScope {
public:
    static Result<SystemdScope> start(SystemdManager& manager, const SystemdUnit& unit,
                                      const std::string& description, UnitProperties properties);
    SystemdScope(SystemdScope&&) noexcept = default;
    SystemdScope& operator=(SystemdScope&&) = delete;
    ~SystemdScope();

    /// As the kernel says; the same in every hierarchy.
    [[nodiscard]] const std::string& cgroupPath() const { return m_cgroupPath; }

private:
    explicit SystemdScope(UniqueFd placeholder)
        : m_placeholder(std::move(placeholder)) {}
    UniqueFd m_placeholder; // a pidfd
    std::string m_cgroupPath;
};

} // namespace escale
