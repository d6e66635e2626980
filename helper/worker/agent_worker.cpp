#include "helper/worker/agent_worker.h"

#include "engine/base/file.h"
#include "engine/base/revert.h"
#include "helper/worker/protocol.h"

#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace escale {

using worker::Kind;

Result<void> worker::sendAgent(const MessageChannel& channel, uid_t user, int listener, int agent) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::Agent));
    return channel.send(message.number(user).fd(listener).fd(agent));
}

Result<worker::AgentOrder> worker::readAgent(Message& message) {
    AgentOrder order;
    TRY_ASSIGN(const std::uint64_t user, message.number());
    order.user = static_cast<uid_t>(user);
    TRY_ASSIGN(order.listener, message.fd());
    TRY_ASSIGN(order.agent, message.fd());
    TRY(message.end());
    return order;
}

namespace {

constexpr int kWaitingConnections = 32;

Result<UniqueFd> listenAt(const AgentRequest& request) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (request.path.size() >= sizeof address.sun_path)
        return fail(ErrorCode::InvalidArgument, "the path of a socket is too long: " + request.path);
    std::memcpy(static_cast<char*>(address.sun_path), request.path.c_str(), request.path.size() + 1);
    UniqueFd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!listener || ::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return failErrno("cannot make the socket " + request.path);
    // The folder is root's: nobody has come before this.
    if (::chmod(request.path.c_str(), request.mode) != 0 ||
        ::lchown(request.path.c_str(), request.user, request.group) != 0 ||
        ::listen(listener.get(), kWaitingConnections) != 0)
        return failErrno("cannot lend the socket " + request.path);
    return listener;
}

} // namespace

Result<AgentWorker> AgentWorker::start(const std::string& workerProgram, const AgentRequest& request,
                                       const Cancellation& cancellation) {
    struct stat info {};
    if (::fstat(request.agent, &info) != 0 || !S_ISSOCK(info.st_mode))
        return fail(ErrorCode::InvalidArgument, "what was lent as an ssh agent is no socket",
                    "Pass what SSH_AUTH_SOCK names; ssh-add -l says whether an agent runs.");
    Revert revert;
    TRY_ASSIGN(const UniqueFd listener, listenAt(request));
    revert.add([path = request.path]() -> Result<void> { return removeTree(path); });
    TRY_ASSIGN(UniqueFd socket, openFile(request.path, O_PATH | O_NOFOLLOW));
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(workerProgram, "agent"));
    TRY(worker::sendAgent(process.channel(), request.caller, listener.get(), request.agent));
    TRY_ASSIGN(Message message, process.receive(cancellation));
    if (message.kind() == static_cast<std::uint32_t>(Kind::Failed))
        return fail(worker::readError(message));
    if (message.kind() != static_cast<std::uint32_t>(Kind::AgentReady))
        return fail(ErrorCode::Untrusted,
                    "the worker sent an unexpected message " + worker::kindName(message.kind()));
    TRY(message.end());
    revert.commit();
    return AgentWorker(std::move(process), std::move(socket), request.path);
}

AgentWorker::~AgentWorker() {
    if (m_socket)
        (void)::unlink(m_path.c_str()); // the folder goes with the build
}

} // namespace escale
