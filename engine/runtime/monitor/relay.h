// The monitor's loop: carries bytes between the container, its log and the sessions that are attached, reaps
// the container, writes how it ended.
//
//   container ──stdout──▶ ┐                        ┌──▶ log file (LogWriter)
//             ──stderr──▶ ┤                        ├──▶ sessions (Session), each with a buffer of its own
//      or the terminal ─▶ ┤ poll(2): one process,  ┤
//             ──SIGCHLD─▶ ┘ no thread, no heap     └──▶ exit file, then the process ends (*)
//   container ◀──stdin or the terminal── ContainerInput ◀── sessions
//
// A session that takes nothing while the container writes holds the container back, as a slow pipe would, so
// that nothing is lost; one that takes nothing for ten seconds is closed. The log alone never holds anybody
// back.
//
// (*) What was written before the end reaches every client that takes it, however slowly: the rest of it is
// read into memory (Backlog) and logged, and a child of ours that has the sessions' sockets and nothing else
// passes it on, while whoever watches our end goes on.
#pragma once

#include "engine/base/result.h"
#include "engine/base/session_frame.h"
#include "engine/base/unique_fd.h"
#include "engine/runtime/monitor/log_files.h"

#include <array>
#include <cstdint>
#include <string>
#include <sys/types.h>

namespace escale {

struct RelayRequest {
    UniqueFd output; // the pipes' reading ends; none with a terminal
    UniqueFd error;
    UniqueFd log;                                     // none: nothing is logged
    UniqueFd input = {};                              // the writing end of standard input's pipe
    UniqueFd terminal = {};                           // the master
    UniqueFd listener = {};                           // where sessions connect
    UniqueFd session = {};                            // of exec: its only one
    std::array<UniqueFd, kMostSessions> clients = {}; // that are there from the beginning, Hello said
    bool inputOnce = false;                           // it ends with the first session that attaches
    bool awaitsClient = false;                        // whose input that is, and output waits for it
    UniqueFd logFolder = {}; // where the log's files lie; none: the log grows without end
    std::string logName = {};
    RotationLimits logLimits = {};
    std::int64_t patience = 600'000; // with a client that takes nothing after the end, in milliseconds
    pid_t pid = 0;                   // of the container's first process, our child
    std::string cgroupPath;          // empty: nobody asks whether memory ran out
    std::string exitFile;
};

/// Returns when the container has ended, its output is drained (for two seconds at most, should a left-over
/// process hold a pipe) and the exit file is written. Other children that fall to us (we are a subreaper) are
/// reaped as they end.
Result<void> relay(RelayRequest request);

} // namespace escale
