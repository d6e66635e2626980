// `escale-runtime monitor`: puts a monitor in the background that creates the container and stays with it.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <string>

namespace escale {

struct MonitorRequest {
    std::string root;
    std::string id;
    std::string bundle;
    std::string logPath;
    std::string exitFile;
};

struct MonitoredContainer {
    int pid = 0;
    int monitorPid = 0;
};

/// Returns in the foreground once the container is created, or with the error when it was not; nothing is
/// left then. The background process never returns from it. One thread only.
Result<MonitoredContainer> launchMonitor(const MonitorRequest& request);

/// The second life of the monitor: after creating the container it executes itself anew with this command, so
/// that the memory that creating took is given back. Descriptors 3, 4 and 5 are the pipes and the log.
constexpr const char* kMonitorLoopCommand = "monitor-loop";
int monitorLoop(int count, char** values);

/// An Error as the JSON object of --log-format json, and back.
Json errorToJson(const Error& error);
Error errorFromJson(const Json& json);

} // namespace escale
