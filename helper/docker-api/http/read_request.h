// The head of a request, from bytes that nobody vouches for to what handlers see.
#pragma once

#include "helper/docker-api/http/connection.h"
#include "helper/docker-api/http/request.h"

#include <string>
#include <tl/expected.hpp>

namespace escale::docker_api {

/// What is answered before the connection closes; status 0: nobody is there to hear it.
struct Refusal {
    int status = 0;
    std::string message;
};

/// Reads a head and fills in the connection's parser. Ends at the stream's deadline.
tl::expected<Request, Refusal> readRequest(Connection& connection);

} // namespace escale::docker_api
