// The socket and its connections: a thread each, which reads requests one after the other and gives them to the
// handler. A client that is slow, silent or dead holds its own thread and nothing else.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <chrono>
#include <functional>
#include <memory>

namespace escale::docker_api {

class Exchange;

struct ServerLimits {
    unsigned connections = 2048;              // beyond that: 503
    std::chrono::seconds head{30};            // from a head's first byte to its last
    std::chrono::seconds idle{300};           // between two requests
};

class Server {
public:
    /// Answers one request. On any of the server's threads, several at once.
    using Handler = std::function<void(Exchange&)>;

    /// `socket`: bound and listening. Starts accepting.
    static Result<std::unique_ptr<Server>> start(UniqueFd socket, Handler handler, ServerLimits limits = {});
    /// Ends every connection and waits for its thread.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] unsigned connections() const;
    /// For how long nobody has been connected; 0 while somebody is.
    [[nodiscard]] std::chrono::seconds idleFor() const;

private:
    struct State;
    explicit Server(std::shared_ptr<State> state);
    std::shared_ptr<State> m_state;
};

/// A listening stream socket at `path`, whose folder is made (0700) when it is missing. InUse when somebody answers
/// there; one that nobody answers at any more is replaced. Everybody who can reach the folder may connect when that is
/// this user alone (and containers that the socket is given to), else nobody but this user.
Result<UniqueFd> listenAt(const std::string& path);

} // namespace escale::docker_api
