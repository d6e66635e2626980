// Faults at the named steps of a change (engine/base/fail_point.h).
#pragma once

#include "engine/base/fail_point.h"

#include <atomic>
#include <csignal>
#include <functional>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace escale::test {

/// Lets one step fail while it lives.
class FailingStep {
public:
    explicit FailingStep(std::string name,
                         Error error = {ErrorCode::Internal, "a failure for the test", {}, {}}) {
        onFailPoint = [name = std::move(name), error = std::move(error),
                       this](const char* step) -> Result<void> {
            if (name != step)
                return {};
            m_reached = true;
            return fail(error);
        };
    }
    ~FailingStep() { onFailPoint = nullptr; }
    FailingStep(const FailingStep&) = delete;
    FailingStep& operator=(const FailingStep&) = delete;
    [[nodiscard]] bool reached() const { return m_reached; }

private:
    std::atomic<bool> m_reached = false; // steps of other threads count, too
};

/// Does the work in a process that is killed when it comes to a step; whether it was.
inline bool isKilledAt(const std::string& step, const std::function<void()>& work) {
    const pid_t process = ::fork();
    if (process == 0) {
        onFailPoint = [&](const char* reached) -> Result<void> {
            if (step == reached)
                ::raise(SIGKILL);
            return {};
        };
        work();
        ::_exit(0);
    }
    int status = 0;
    return ::waitpid(process, &status, 0) == process && WIFSIGNALED(status);
}

} // namespace escale::test
