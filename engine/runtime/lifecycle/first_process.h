// The parent's side of child/protocol.h: clones the container's first process and leads it to the start.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/cgroup/cgroup.h"
#include "engine/runtime/child/protocol.h"
#include "engine/runtime/lifecycle/joined_namespaces.h"
#include "engine/runtime/plan/plan.h"
#include "engine/runtime/spec/spec.h"

#include <sys/types.h>

namespace escale {

/// Resource limits and the OOM score, set from outside while the process has the host's ids.
Result<void> setLimits(const spec::Process& process, pid_t pid);
/// The failed step's error in a person's words.
Error stepError(const Plan& plan, const spec::Process& process, const child::Report& report);

class FirstProcess {
public:
    /// What it finds ready; borrowed.
    struct Ready {
        const JoinedNamespaces& joined;
        int startSocket = -1;      // listening for `start`; -1: start() is called instead
        int networkNamespace = -1; // see child::Walk
        child::Trace trace{};
    };

    static Result<FirstProcess> clone(const spec::Spec& spec, Plan& plan, const Cgroup& cgroup, Ready ready);
    FirstProcess(FirstProcess&&) noexcept = default;
    FirstProcess& operator=(FirstProcess&&) = delete;
    /// Ends (SIGKILL) and reaps it unless it was detached.
    ~FirstProcess();

    [[nodiscard]] pid_t pid() const { return m_pid; }
    /// Does what needs the host's privileges (id maps, limits, idmapped mounts) and says Go. Returns when the
    /// process was started (proc(5), "starttime"): once it goes on it may fail and be gone at any moment.
    Result<std::uint64_t> release(const spec::Spec& spec, const Plan& plan) const;
    /// After the hooks of the runtime (StepKind::WaitForHooks).
    [[nodiscard]] Result<void> goOn() const;
    /// The failed step's error in a person's words, or nothing when the program could be run now.
    Result<void> waitUntilReady(const spec::Spec& spec, const Plan& plan) const;
    /// For one that was cloned without a start socket and is ready: lets it run its program. The error of its
    /// hooks (startContainer) or of execve(2), or nothing when the program runs.
    [[nodiscard]] Result<void> start(const spec::Spec& spec, const Plan& plan) const;
    /// It lives on; the caller reaps it.
    UniqueFd detach() {
        m_channel.reset();
        return std::move(m_pidFd);
    }

private:
    FirstProcess(pid_t pid, UniqueFd pidFd, UniqueFd channel)
        : m_pid(pid)
        , m_pidFd(std::move(pidFd))
        , m_channel(std::move(channel)) {}
    [[nodiscard]] ssize_t receive(child::Report& report) const;
    [[nodiscard]] Result<void> writeMap(const std::string& kind,
                                        const std::vector<spec::IdMapping>& mappings) const;
    [[nodiscard]] Result<void> prepare(const spec::Spec& spec, const Plan& plan) const;
    pid_t m_pid;
    UniqueFd m_pidFd;
    UniqueFd m_channel;
};

} // namespace escale
