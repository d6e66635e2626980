// An ssh agent that a build lends to its steps (RUN --mount=type=ssh). Agents answer to their own user alone,
// and a container's root is somebody else: a process of the caller's stands between.
//
//   container's root ── socket, of its id, mode 0600 ──> escale-worker agent (the caller's user) ──> their
//   agent
//
// It passes on what asks for the keys and for signatures, and refuses everything else: no step adds, removes
// or locks keys. Several connections at once; each waits for its own answers only.
//
//   helper                        escale-worker agent
//     |-- Agent (socket, agent) ---->|  listens already; the caller's O_PATH descriptor of their agent's
//     socket
//     |<-- AgentReady ---------------|  the agent has answered
//     |   (the helper closes)        |  ends
#pragma once

#include "engine/base/cancellation.h"
#include "helper/worker/worker_process.h"

#include <string>
#include <sys/types.h>

namespace escale {

struct AgentRequest {
    int agent = -1;   // O_PATH, of a socket; borrowed
    uid_t caller = 0; // whose it is
    /// Absolute; made, and taken away at the end. Its folder is root's alone, on a file system in memory.
    std::string path;
    uid_t user = 0; // who may connect, on the host: a container's root, or what uid= and gid= say
    gid_t group = 0;
    mode_t mode = 0600;
};

/// Lent as long as this object lives.
class AgentWorker {
public:
    /// Blocking. InvalidArgument (no socket), PermissionDenied, Unreachable (nobody listens there).
    static Result<AgentWorker> start(const std::string& workerProgram, const AgentRequest& request,
                                     const Cancellation& cancellation);
    AgentWorker(AgentWorker&&) noexcept = default;
    AgentWorker& operator=(AgentWorker&&) = delete;
    ~AgentWorker();

    /// O_PATH, of the socket to connect to: for a mount.
    [[nodiscard]] int socket() const { return m_socket.get(); }

private:
    AgentWorker(WorkerProcess process, UniqueFd socket, std::string path)
        : m_process(std::move(process))
        , m_socket(std::move(socket))
        , m_path(std::move(path)) {}
    WorkerProcess m_process;
    UniqueFd m_socket;
    std::string m_path;
};

namespace worker {

struct AgentOrder {
    uid_t user = 0;
    UniqueFd listener;
    UniqueFd agent;
};
Result<void> sendAgent(const MessageChannel& channel, uid_t user, int listener, int agent);
Result<AgentOrder> readAgent(Message& message);

} // namespace worker
} // namespace escale
