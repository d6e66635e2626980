// What of a log a client asks for: the query of GET /containers/{id}/logs. Pure.
#pragma once

#include "engine/base/result.h"
#include "helper/docker-api/containers/log_blocks.h"
#include "helper/docker-api/containers/log_decoder.h"
#include "helper/docker-api/http/query.h"

namespace escale::docker_api {

struct LogRequest {
    LogForm form; // framed where there is no terminal: the caller's affair
    LogBegin begin;
    bool follow = false;

    /// InvalidArgument: neither stream, or a time that is none. A tail that is no number is all of it, as for
    /// dockerd.
    static Result<LogRequest> parse(const Query& query);
};

} // namespace escale::docker_api
