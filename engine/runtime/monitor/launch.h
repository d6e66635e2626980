// `escale-runtime monitor` and `exec-monitor`: put a monitor in the background that creates the container, or
// a process in one, and stays with it.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/runtime/monitor/log_files.h"

#include <string>

namespace escale {

struct MonitorRequest {
    std::string root;
    std::string id;
    std::string bundle;
    std::string logPath; // empty: nothing is logged
    std::string exitFile;
    std::string attachSocket;  // where sessions connect (engine/base/session_frame.h); empty: none
    bool openInput = false;    // standard input stays open for them, else it is empty
    bool inputOnce = false;    // it ends with its first client
    bool awaitsClient = false; // for whom the output waits
    RotationLimits logLimits = {};
    std::string making{}; // the file that a record of what is done goes to; empty: none
    unsigned sessions =
        0;           // of clients that are there from the beginning: sockets from descriptor 3 on, taken over
    int output = -1; // both streams of the program, taken over: no copy of them is made; -1: pipes of ours
};

struct ExecMonitorRequest {
    std::string root;
    std::string id;
    std::string processFile; // config.json's "process"
    std::string exitFile;
    bool openInput = false;
    int session = -1; // the connected socket, taken over; -1: nobody sees what it writes
};

struct MonitoredContainer {
    int pid = 0;
    int monitorPid = 0;
};

/// Returns in the foreground once the container is created, or with the error when it was not; nothing is
/// left then. The background process never returns from it. One thread only.
Result<MonitoredContainer> launchMonitor(const MonitorRequest& request);
/// The same for one more process: returns when its program runs.
Result<MonitoredContainer> launchExecMonitor(const ExecMonitorRequest& request);

/// The second life of the monitor: after creating the container it executes itself anew with this command, so
/// that the memory that creating took is given back. Descriptors from 3 on are what it carries between.
constexpr const char* kMonitorLoopCommand = "monitor-loop";
int monitorLoop(int count, char** values);

/// An Error as the JSON object of --log-format json, and back.
Json errorToJson(const Error& error);
Error errorFromJson(const Json& json);

} // namespace escale
