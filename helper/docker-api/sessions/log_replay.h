// What a container has written until now, as an attached client gets it (attach's "logs").
#pragma once

#include "engine/base/result.h"
#include "engine/log/log_reader.h"
#include "helper/docker-api/sessions/session_frames.h"

#include <string>

namespace escale::docker_api {

class Bus;
class Exchange;

/// The log up to this moment; what comes later is the session's.
Result<LogReader> openLogUntilNow(const Bus& bus, const std::string& container, SessionFrames::Wanted wanted);
/// All of it to a hijacked client.
Result<void> replayLog(Exchange& exchange, LogReader& log, bool isFramed);

} // namespace escale::docker_api
