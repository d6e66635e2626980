// What a session needs to know of its container, and whether one can be had with it, in dockerd's words.
#pragma once

#include "engine/base/result.h"
#include "helper/docker-api/sessions/terminal_size.h"

#include <string>

namespace escale::docker_api {

class Bus;
class Exchange;

struct SessionContainer {
    std::string id, name;
    std::string state; // of dbus::Container
    bool hasTerminal = false;
    bool opensInput = false;
    bool endsInput = false; // with its first client's (Docker's StdinOnce)
};

/// By id, unique prefix or name. NotFound: "No such container: X".
Result<SessionContainer> findSessionContainer(const Bus& bus, const std::string& name);
/// WrongState: it does not run, is paused or about to start again. `purpose`: "exec", "attach".
Result<void> checkRuns(const SessionContainer& container, const std::string& purpose);
/// The query's h and w. InvalidArgument.
Result<TerminalSize> askedSize(const Exchange& exchange);

/// POST /containers/{id}/resize
Result<void> resizeContainer(Exchange& exchange, const Bus& bus);

} // namespace escale::docker_api
