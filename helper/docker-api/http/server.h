// The socket and its connections: a thread each (serve_connection.h). A client that is slow, silent or dead
// holds its own thread and nothing else.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "helper/docker-api/http/serve_connection.h"

#include <chrono>
#include <memory>

namespace escale::docker_api {

struct ServerLimits {
    unsigned connections = 2048; // beyond that: 503
    unsigned guests = 1024;      // of those: containers that have the socket leave room for their owner
    ConnectionLimits connection{};
};

class Server {
public:
    /// `socket`: bound and listening. Starts accepting. The threads have the process's default stack
    /// (useSmallStacks()).
    static Result<std::unique_ptr<Server>> start(UniqueFd socket, RequestHandler handler,
                                                 ServerLimits limits = {});
    /// Ends every connection and waits for its thread.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] unsigned connections() const;
    /// Accepts nobody any more when nobody has been connected for so long; whether that is so. Who comes
    /// later waits in the socket's queue for the next program that listens at it (systemd's).
    bool closeWhenIdle(std::chrono::seconds time);
    /// Ends every connection. False when one of their threads still does something else after that time: the
    /// bus is waited for without a way back, so the process must end then, and not this object.
    bool stop(std::chrono::milliseconds patience);

private:
    struct State;
    explicit Server(std::shared_ptr<State> state);
    std::shared_ptr<State> m_state;
};

/// Threads from now on have half a MiB of stack, so that thousands cost little: for programs whose threads
/// need no more.
void useSmallStacks();

} // namespace escale::docker_api
