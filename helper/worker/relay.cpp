#include "helper/worker/relay.h"

#include "helper/worker/protocol.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace escale {

using worker::Kind;

Result<worker::ReceivedRelay> worker::readRelay(Message& message) {
    ReceivedRelay received;
    TRY_ASSIGN(received.input, message.fd());
    TRY_ASSIGN(received.output, message.fd());
    TRY(message.end());
    return received;
}

Result<Relay> Relay::start(const std::string& workerProgram, int output, const Cancellation& cancellation) {
    constexpr int kPipeSize = 1 << 20;
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    const UniqueFd readEnd(ends[0]);
    UniqueFd writeEnd(ends[1]);
    (void)::fcntl(writeEnd.get(), F_SETPIPE_SZ, kPipeSize); // a smaller one is only slower
    if (::fcntl(writeEnd.get(), F_SETFL, O_NONBLOCK) != 0)
        return failErrno("cannot make a pipe");
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(workerProgram, "relay"));
    MessageWriter message(static_cast<std::uint32_t>(Kind::Relay));
    TRY(process.channel().send(message.fd(readEnd.get()).fd(output)));
    return Relay(std::move(process), std::move(writeEnd), cancellation);
}

Result<Relay> Relay::between(const std::string& workerProgram, int input, int output,
                             const Cancellation& cancellation) {
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(workerProgram, "relay"));
    MessageWriter message(static_cast<std::uint32_t>(Kind::Relay));
    TRY(process.channel().send(message.fd(input).fd(output)));
    return Relay(std::move(process), UniqueFd(), cancellation);
}

Result<void> Relay::waitFor(int fd, short events) {
    std::array<pollfd, 2> ready{{{fd, events, 0}, {m_cancellation->fd(), POLLIN, 0}}};
    do {
        TRY(m_cancellation->check());
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            return failErrno("cannot wait for a pipe");
    } while (ready[0].revents == 0);
    return m_cancellation->check();
}

/// Why nobody takes our bytes.
Error Relay::reason() {
    auto message = m_process.receiveNow();
    if (!message)
        return std::move(message).error();
    if (message->kind() == static_cast<std::uint32_t>(Kind::Failed))
        return worker::readError(*message);
    return {ErrorCode::Untrusted, "the worker ended before its work was done", {}, {}};
}

Result<void> Relay::write(std::string_view bytes) {
    while (!bytes.empty()) {
        TRY(waitFor(m_pipe.get(), POLLOUT));
        const ssize_t size = ::write(m_pipe.get(), bytes.data(), bytes.size());
        if (size < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (size < 0)
            return fail(reason());
        bytes.remove_prefix(static_cast<std::size_t>(size));
        m_bytes += static_cast<std::uint64_t>(size);
    }
    return {};
}

Result<std::uint64_t> Relay::moveFrom(int source, std::uint64_t most,
                                      const std::function<void(std::uint64_t)>& progress) {
    constexpr std::uint64_t kPiece = 1 << 20;
    std::uint64_t moved = 0;
    while (moved < most) {
        TRY(waitFor(source, POLLIN));
        TRY(waitFor(m_pipe.get(), POLLOUT));
        const ssize_t size = ::splice(source, nullptr, m_pipe.get(), nullptr, std::min(most - moved, kPiece),
                                      SPLICE_F_NONBLOCK | SPLICE_F_MOVE);
        if (size < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (size < 0 && errno == EPIPE)
            return fail(reason());
        if (size < 0)
            return failErrno("cannot move bytes to the output");
        if (size == 0)
            break;
        moved += static_cast<std::uint64_t>(size);
        m_bytes += static_cast<std::uint64_t>(size);
        if (progress)
            progress(moved);
    }
    return moved;
}

Result<std::uint64_t> Relay::finish() {
    const bool knowsBytes = static_cast<bool>(m_pipe);
    m_pipe.reset();
    TRY_ASSIGN(Message message, m_process.receive(*m_cancellation));
    if (message.kind() == static_cast<std::uint32_t>(Kind::Failed))
        return fail(worker::readError(message));
    if (message.kind() != static_cast<std::uint32_t>(Kind::Relayed))
        return fail(ErrorCode::Untrusted,
                    "the worker sent an unexpected message " + worker::kindName(message.kind()));
    TRY_ASSIGN(const std::uint64_t bytes, message.number());
    TRY(message.end());
    if (knowsBytes && bytes != m_bytes)
        return fail(ErrorCode::Untrusted, "the worker has not written everything");
    return bytes;
}

} // namespace escale
