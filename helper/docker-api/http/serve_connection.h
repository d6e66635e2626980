// One client's requests, one after the other, on the thread of its connection. Knows nothing of the socket
// that it came from, so that tests and fuzzers give it one end of a socketpair(2).
#pragma once

#include "engine/base/unique_fd.h"

#include <chrono>
#include <functional>

namespace escale::docker_api {

class Exchange;

/// Answers one request. On the connection's thread; several run at once.
using RequestHandler = std::function<void(Exchange&)>;

struct ConnectionLimits {
    std::chrono::seconds head{
        30}; // for a request's head: from the connection's start, or the head's first byte
    std::chrono::seconds idle{300}; // between two requests
    std::chrono::seconds linger{5}; // for a client to hear what was said last, while it still sends
};

/// Whether who is connected there has another user id: somebody in a container that the socket was given to.
/// Nobody else reaches its folder.
bool isGuest(int socket);

/// Until the client or `stop` (borrowed; readable) ends it. What is no HTTP is refused: 400, 408 (slow), 417,
/// 431 (a head above 64 KiB), 501 (a transfer encoding other than "chunked"), 505. What a handler throws is
/// answered with 500.
void serveConnection(UniqueFd client, int stop, const RequestHandler& handler,
                     const ConnectionLimits& limits);

/// The whole answer to a client that is not served, and its end. Does not wait.
void refuseConnection(UniqueFd client, int status, const char* message);

} // namespace escale::docker_api
