// Runs another program: started with posix_spawn-like speed (vfork semantics, so it is safe in a threaded
// process), with exactly the file descriptors given, and ended with the object that owns it.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <chrono>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace escale {

struct ExitStatus {
    int code = 0;   // exit code; 128 + signal when a signal ended it
    int signal = 0; // 0 when it exited by itself
    [[nodiscard]] bool success() const { return code == 0; }
};

class Subprocess {
public:
    struct Options {
        std::vector<std::string> arguments;   // [0] is the program's absolute path
        std::vector<std::string> environment; // "NAME=value"; nothing is inherited
        std::vector<std::pair<int, int>> fds; // {ours, the child's number}; all others are closed on exec
        std::string workingDirectory;         // empty: inherited
        bool newSession = false;              // setsid(2)
    };

    /// 0, 1 and 2 are /dev/null, /dev/null and our standard error unless `fds` says otherwise.
    static Result<Subprocess> start(const Options& options);

    Subprocess(Subprocess&&) noexcept = default;
    Subprocess& operator=(Subprocess&&) noexcept;
    /// Ends (SIGKILL) and reaps a child that still runs and was not detached.
    ~Subprocess();

    [[nodiscard]] pid_t pid() const { return m_pid; }
    /// Readable when the child has ended (pidfd_open(2)).
    [[nodiscard]] int pidFd() const { return m_pidFd.get(); }
    /// Blocks until it ends. Call once.
    Result<ExitStatus> wait();
    /// As wait(), but Timeout when it has not ended by then; it goes on running.
    Result<ExitStatus> waitFor(std::chrono::milliseconds time);
    Result<void> signal(int number) const;

private:
    Subprocess(pid_t pid, UniqueFd pidFd)
        : m_pid(pid)
        , m_pidFd(std::move(pidFd)) {}
    void endNow();
    pid_t m_pid = -1;
    UniqueFd m_pidFd;
};

/// Lets this process open as many files as its hard limit allows. Programs that it runs get the limit that it
/// had before: what uses select(2) must not meet descriptors above 1023. Before any thread is made.
Result<void> allowManyDescriptors();

/// Runs to the end and returns standard output; a non-zero exit is an error holding standard error's text.
Result<std::string> runProgram(std::vector<std::string> arguments);

} // namespace escale
