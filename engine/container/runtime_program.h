// The runtime as the engine uses it. What clones a process runs in the program escale-runtime, which has one
// thread (about a millisecond a call), its error object read back as an Error; the rest are the same
// functions that its commands call, here in this process (the engine's containers have no hooks, which would
// clone). Thread-safe: no state but the paths.
#pragma once

#include "engine/base/json.h"
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
        std::string logPath; // empty: nothing is logged
        std::string exitFile;
        std::string id;
        std::string attachSocket;
        bool openInput = false;
        bool inputOnce = false;                   // ends with its first client
        bool awaitsClient = false;                // for whom the output waits
        std::vector<std::string> logOptions = {}; // of the monitor's command line
        std::vector<int> sessions = {}; // of clients that are there from the beginning, borrowed; 16 at most
        int output = -1;                // both streams of the program, borrowed; -1: the monitor reads them
        std::string making = {};        // the file for the record of how it was made; empty: none is kept
    };
    /// Creates the container under a monitor of its own. On failure nothing is left.
    Result<Started> monitor(const Monitored& what) const;
    struct Executed {
        std::string processFile; // config.json's "process"
        std::string exitFile;
        std::string id;
        int session = -1; // borrowed; -1: nobody sees what it writes
        bool openInput = false;
    };
    /// Runs one more process in the container under a monitor of its own. NotFound when there is no such
    /// program, WrongState when the container is paused or has ended.
    Result<Started> exec(const Executed& what) const;
    Result<void> pause(const std::string& id) const;
    Result<void> resume(const std::string& id) const;
    /// `resources` is a linux.resources object. What is refused changes nothing.
    Result<void> update(const std::string& id, const Json& resources) const;
    [[nodiscard]] const std::string& program() const { return m_program; }
    [[nodiscard]] const std::string& root() const { return m_root; }
    /// Lets the created container execute its program.
    Result<void> start(const std::string& id) const;
    /// NotFound or WrongState when it has ended already.
    Result<void> kill(const std::string& id, int signal) const;
    /// Kills what still runs and removes the runtime's record and cgroup. No error when there is nothing.
    Result<void> removeForced(const std::string& id) const;

private:
    Result<std::string> run(std::vector<std::string> arguments, const std::vector<int>& passed = {}) const;
    std::string m_program;
    std::string m_root;
};

} // namespace escale
