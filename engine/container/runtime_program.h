// escale-runtime as the engine uses it: one short process a call (about a millisecond), its error object read
// back as an Error. Thread-safe: no state but the paths.
#pragma once

#include "engine/base/result.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

class RuntimeProgram {
public:
    /// `root` is the runtime's --root folder.
    RuntimeProgram(std::string program, std::string root)
        : m_program(std::move(program))
        , m_root(std::move(root)) {}

    struct Started {
        pid_t pid = 0;        // the container's init
        pid_t monitorPid = 0; // reparented; it ends after the container, with the exit record written
    };
    struct Monitored {
        std::string bundle;
        std::string logPath;
        std::string exitFile;
        std::string id;
    };
    /// Creates the container under a monitor of its own. On failure nothing is left.
    Result<Started> monitor(const Monitored& what) const;
    /// Lets the created container execute its program.
    Result<void> start(const std::string& id) const;
    /// NotFound or WrongState when it has ended already.
    Result<void> kill(const std::string& id, int signal) const;
    /// Kills what still runs and removes the runtime's record and cgroup. No error when there is nothing.
    Result<void> removeForced(const std::string& id) const;
    /// OCI status: "created", "running", "stopped". NotFound.
    Result<std::string> status(const std::string& id) const;

private:
    Result<std::string> run(std::vector<std::string> arguments) const;
    std::string m_program;
    std::string m_root;
};

} // namespace escale
