// `exec`: one more process in a container that lives (runc's and crun's command; runtime.md has no word of
// it).
#pragma once

#include "engine/base/result.h"
#include "engine/runtime/lifecycle/joining_process.h"
#include "engine/runtime/spec/parse_process.h"

#include <array>
#include <string>

namespace escale {

struct ExecRequest {
    std::string root; // the runtime's state folder
    std::string id;
    std::string processFile;           // holds the whole process (config.md#process); or, when empty:
    spec::ProcessChanges changes;      // what differs from the container's own
    std::string pidFile;               // empty: none
    std::string subCgroup;             // below the container's, made when missing; empty: the container's own
    std::string consoleSocket{};       // gets the master of the process's terminal
    bool foreground = false;           // without a console socket the terminal is given back as `master`
    unsigned preserveFds = 0;          // descriptors 3 and on that the program gets as they are
    bool ignorePaused = false;         // wait in the frozen cgroup instead of refusing
    std::array<int, 3> stdio{0, 1, 2}; // borrowed
};

struct JoinedProcess {
    JoiningProcess process;
    UniqueFd master; // of its terminal, when the request was `foreground` and it has one
};

/// Everything up to the program, which JoiningProcess::start() runs. The calling process must have one thread
/// only, and cannot be dumped or traced by its own user from here on. Errors: NotFound (no such container,
/// or no such program in it), WrongState (stopped or paused), InvalidArgument (the process). Nothing is left
/// then, but for a sub-cgroup, which goes with the container.
Result<JoinedProcess> joinContainer(const ExecRequest& request);

} // namespace escale
