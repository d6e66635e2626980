// One container's cgroup: the same path in every hierarchy of the machine. Escale marks each folder it makes
// with an extended attribute (trusted.escale) and touches no other: a folder without the mark is never
// written to or removed.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/cgroup/layout.h"
#include "engine/cgroup/limits.h"

#include <chrono>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

class Cgroup {
public:
    /// Makes the cgroup, and its parents where they are missing, in every hierarchy. `path` is absolute,
    /// below the mount points, two levels at least or one ("/escale/<id>"). AlreadyExists when it is there:
    /// it is not ours then.
    static Result<Cgroup> create(const CgroupLayout& layout, const std::string& path);
    /// One that systemd has made (a scope), and what it has left out: its processes and limits are ours.
    static Result<Cgroup> adopt(const CgroupLayout& layout, const std::string& path);
    /// One that create() made before, maybe in another process; nothing is checked until it is used.
    static Cgroup open(const CgroupLayout& layout, const std::string& path) { return Cgroup(layout, path); }

    /// A cgroup below this one, made where it is missing; `path` is relative ("jobs/one"). Goes with this
    /// one.
    [[nodiscard]] Result<Cgroup> makeBelow(const std::string& path) const;

    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] const CgroupLayout& layout() const { return m_layout; }
    [[nodiscard]] std::string directory(const CgroupHierarchy& hierarchy) const {
        return hierarchy.mountPoint + m_path;
    }

    /// Unsupported when a limit is asked for whose controller the machine lacks.
    Result<void> apply(const CgroupLimits& limits) const;
    /// The same for a cgroup in use: the values that stand complete what is asked for, and when one is
    /// refused those before it are put back.
    Result<void> update(const CgroupLimits& limits) const;
    /// With what stands in place of what is left out, where one value says nothing without the other: quota
    /// and period, memory and swap.
    [[nodiscard]] Result<CgroupLimits> completed(CgroupLimits limits) const;

    /// For clone3(CLONE_INTO_CGROUP): the folder in the v2 hierarchy; invalid on a machine without v2.
    Result<UniqueFd> openUnified() const;
    /// Gives the folder of the v2 hierarchy, and the files in it that may be given (cgroups(7), "Delegation
    /// of a hierarchy"), to a user: who is root of the container divides it among its own.
    Result<void> delegate(uid_t uid, gid_t gid) const;
    /// The `tasks` files of the v1 hierarchies, for one that systemd has made of its own as well. A
    /// single-threaded process enters by writing "0" to each itself: that spares the kernel's global lock (an
    /// RCU grace period a write) that moving another process takes.
    Result<std::vector<UniqueFd>> openTaskFiles() const;

    /// Stops every process, or lets all go on; returns when it is so. Timeout when one does not stop: then
    /// none is stopped.
    Result<void> freeze(bool frozen) const;
    /// Stopped, or about to be.
    [[nodiscard]] Result<bool> frozen() const;

    /// Number of processes the kernel's OOM killer has ended here.
    [[nodiscard]] Result<std::uint64_t> oomKills() const;
    /// Becomes readable when the OOM killer may have been here; oomKills() tells, a moment later in v1. What
    /// is read from it means nothing. Invalid on a machine without the memory controller.
    [[nodiscard]] Result<UniqueFd> watchOom() const;
    /// Here and in the cgroups below.
    [[nodiscard]] Result<std::vector<pid_t>> processes() const;
    /// To each process that is here now; never to another one that got the number of a process that has
    /// ended.
    [[nodiscard]] Result<void> signalAll(int signal) const;
    /// SIGKILL to all, with their children to come; waits until it is empty (Timeout otherwise).
    Result<void> killAll(std::chrono::milliseconds time = std::chrono::seconds(10)) const;
    /// Removes it, cgroups the container made inside, and parents that Escale made and nobody uses. It must
    /// hold no process. No error when it is gone.
    Result<void> remove() const;

private:
    Cgroup(CgroupLayout layout, std::string path)
        : m_layout(std::move(layout))
        , m_path(std::move(path)) {}
    Result<void> applyDevices(const std::vector<CgroupDeviceRule>& rules) const;

    CgroupLayout m_layout;
    std::string m_path;
};

/// Absolute, no empty, "." or ".." parts.
Result<void> validateCgroupPath(const std::string& path);

} // namespace escale
