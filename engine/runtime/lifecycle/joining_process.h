// The parent's side of `exec` in child/protocol.h: clones the joiner and leads the member to its program.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/cgroup/cgroup.h"
#include "engine/runtime/plan/plan.h"
#include "engine/runtime/spec/spec.h"

#include <sys/types.h>

namespace escale {

/// A process in the container that waits for start(), a child of the calling process. Ended (SIGKILL) and
/// reaped with the object unless it was detached.
class JoiningProcess {
public:
    /// `home` is the folder of the cgroup in the v2 hierarchy; invalid on a machine without. The calling
    /// process must have one thread only.
    static Result<JoiningProcess> create(Plan plan, spec::Process process, const UniqueFd& home);
    JoiningProcess(JoiningProcess&&) noexcept = default;
    JoiningProcess& operator=(JoiningProcess&&) = delete;
    ~JoiningProcess();

    [[nodiscard]] pid_t pid() const { return m_pid; }
    /// Returns when the program runs; NotFound, PermissionDenied, Unsupported when the kernel refuses it.
    Result<void> start();
    /// It lives on; the caller reaps it.
    UniqueFd detach() {
        m_channel.reset();
        return std::move(m_pidFd);
    }

private:
    JoiningProcess(Plan plan, spec::Process process, UniqueFd channel)
        : m_plan(std::move(plan))
        , m_process(std::move(process))
        , m_channel(std::move(channel)) {}
    Result<void> takeMember(pid_t joiner);

    Plan m_plan;
    spec::Process m_process;
    UniqueFd m_channel;
    pid_t m_pid = 0;
    UniqueFd m_pidFd;
};

} // namespace escale
