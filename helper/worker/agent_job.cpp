// Relays connections to the caller's ssh agent, request by request (draft-miller-ssh-agent): four bytes of
// length, a byte that says the type, what belongs to it. One answer to each request, in order.
#include "engine/base/thread.h"
#include "helper/worker/agent_worker.h"
#include "helper/worker/jobs.h"
#include "helper/worker/protocol.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace escale::worker {
namespace {

constexpr std::size_t kLongestMessage = 256 * 1024; // OpenSSH's
constexpr int kMostConnections = 32;
constexpr unsigned char kRequestIdentities = 11, kSignRequest = 13;
const std::string kRefusal("\0\0\0\1\5", 5); // SSH_AGENT_FAILURE

bool readExactly(int fd, char* to, std::size_t size) {
    while (size > 0) {
        const ssize_t got = ::read(fd, to, size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        to += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

/// With its length; empty: the other end has gone, or says what no agent or client says.
std::string readMessage(int fd) {
    std::array<char, 4> length{};
    if (!readExactly(fd, length.data(), length.size()))
        return {};
    std::size_t size = 0;
    for (const char byte : length)
        size = size << 8U | static_cast<unsigned char>(byte);
    if (size == 0 || size > kLongestMessage)
        return {};
    std::string message(length.data(), length.size());
    message.resize(length.size() + size);
    if (!readExactly(fd, message.data() + length.size(), size))
        return {};
    return message;
}

bool sendMessage(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// The descriptor names the socket, and lets nobody read it: its link in /proc is what can be connected to.
Result<UniqueFd> connectTo(int agent) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = "/proc/self/fd/" + std::to_string(agent);
    std::memcpy(static_cast<char*>(address.sun_path), path.c_str(), path.size() + 1);
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket)
        return failErrno("cannot make a socket");
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        if (errno == ECONNREFUSED)
            return fail(ErrorCode::Unreachable, "the ssh agent that was lent does not run any more",
                        "Start one (eval $(ssh-agent); ssh-add) and build again.");
        return fail(systemError("cannot connect to the ssh agent that was lent")
                        .withHint("ssh-add -l says whether an agent runs; it must be your own."));
    }
    return socket;
}

class AgentJob {
public:
    AgentJob(const MessageChannel& channel, const AgentOrder& order)
        : m_channel(channel)
        , m_order(order)
        , m_ended(::eventfd(0, EFD_CLOEXEC)) {}
    Result<void> run();

private:
    void accept();
    void serve(int client) const;
    const MessageChannel& m_channel;
    const AgentOrder& m_order;
    UniqueFd m_ended; // readable: a connection has ended since
    std::atomic<int> m_connections = 0;
};

void AgentJob::serve(int client) const {
    const auto agent = connectTo(m_order.agent.get());
    if (!agent)
        return;
    for (;;) {
        const std::string request = readMessage(client);
        if (request.empty())
            return;
        const auto type = static_cast<unsigned char>(request[4]);
        std::string answer = kRefusal;
        if (type == kRequestIdentities || type == kSignRequest) {
            if (!sendMessage(agent->get(), request))
                return;
            answer = readMessage(agent->get());
        }
        if (answer.empty() || !sendMessage(client, answer))
            return;
    }
}

void AgentJob::accept() {
    UniqueFd client(::accept4(m_order.listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!client)
        return;
    ++m_connections;
    // A thread that cannot be made leaves the connection to its end: the client sees that nobody answers.
    auto thread = startThread([this, fd = client.get()] {
        serve(fd);
        ::close(fd);
        --m_connections;
        (void)::eventfd_write(m_ended.get(), 1);
    });
    if (!thread) {
        --m_connections;
        return;
    }
    (void)client.release();
    thread->detach();
}

Result<void> AgentJob::run() {
    TRY(connectTo(m_order.agent.get()));
    const MessageWriter ready(static_cast<std::uint32_t>(Kind::AgentReady));
    TRY(m_channel.send(ready));
    for (;;) {
        const bool isFull = m_connections >= kMostConnections;
        std::array<pollfd, 3> wait{{{m_channel.fd(), POLLIN, 0},
                                    {isFull ? -1 : m_order.listener.get(), POLLIN, 0},
                                    {m_ended.get(), POLLIN, 0}}};
        if (::poll(wait.data(), wait.size(), -1) < 0 && errno != EINTR)
            return failErrno("cannot wait for connections to an ssh agent");
        if (wait[0].revents != 0)
            ::_exit(0); // the helper has closed; the threads end with the process
        eventfd_t count = 0;
        if (wait[2].revents != 0)
            (void)::eventfd_read(m_ended.get(), &count);
        if (wait[1].revents != 0)
            accept();
    }
}

} // namespace

Result<void> agent(const MessageChannel& channel, const AgentOrder& order) {
    return AgentJob(channel, order).run();
}

} // namespace escale::worker
