// A process that stays as it is until the test has looked at it, and programs that look at it another way.
#pragma once

#include "engine/base/subprocess.h"

#include <functional>
#include <string>
#include <vector>

namespace escale::test {

class HeldProcess {
public:
    /// A program that says "ready" on its standard output when it is as the test wants it, and then goes on;
    /// `read` from its standard input waits for ever. pid() is the one that is deepest in: unshare's child,
    /// not unshare.
    static Result<HeldProcess> start(std::vector<std::string> command);
    /// A copy of this process that has done `prepare` (system calls alone: others' locks may be held) and
    /// then waits, or does `task`. When `prepare` forks, it is the child that returns. An error when that
    /// returned false.
    static Result<HeldProcess> copy(const std::function<bool()>& prepare,
                                    const std::function<void()>& task = {});

    HeldProcess(HeldProcess&& other) noexcept;
    HeldProcess& operator=(HeldProcess&&) = delete;
    ~HeldProcess();
    [[nodiscard]] pid_t pid() const { return m_pid; }
    /// Ends it and waits for its end.
    void end();

private:
    HeldProcess() = default;
    std::vector<Subprocess> m_program; // none or one
    UniqueFd m_input;                  // what the program reads from
    pid_t m_copy = -1;                 // a child of ours
    pid_t m_pid = -1;
};

/// What a program prints, without the last line break; what is wrong when it fails.
std::string told(const std::vector<std::string>& command);
/// `command` run by nsenter in namespaces of a process: {"-u"}, {"-n"}.
std::string toldInside(pid_t pid, const std::vector<std::string>& spaces,
                       const std::vector<std::string>& command);
/// "uts:[4026531838]" → 4026531838, by readlink(1); 0 when there is none.
std::uint64_t namespaceByLink(pid_t pid, const std::string& type);
/// A column of lsns(8) of one namespace of a process: "PNS", "ONS".
std::uint64_t namespaceByList(pid_t pid, const std::string& type, const std::string& column);

} // namespace escale::test
