#include "helper/docker-api/sessions/session_pump.h"

#include "helper/docker-api/http/exchange.h"

#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>

namespace escale::docker_api {
namespace {

constexpr int kLongestLeave = 1000; // milliseconds

// What poll(2) is asked for nothing about would still tell of its end, over and over.
pollfd watched(int file, int events) {
    return {events == 0 ? -1 : file, static_cast<short>(events), 0};
}

} // namespace

SessionPump::SessionPump(Exchange& exchange, UniqueFd session, Streams streams,
                         std::shared_ptr<TerminalSizeChange> sizes)
    : m_exchange(exchange)
    , m_session(std::move(session))
    , m_streams(streams)
    , m_sizes(std::move(sizes))
    , m_frames(streams.wanted)
    , m_piece(kLongestPayload) {}

Result<void> SessionPump::run() {
    auto carried = carry();
    if (!m_frames.isOver())
        leave();
    m_session.reset();
    return carried;
}

Result<void> SessionPump::carry() {
    while (!isDone()) {
        if (wantsClient() && (m_clientGone || m_exchange.hasRawInput()))
            TRY(readClient());
        else
            TRY(wait());
        writeSession();
        writeClient();
    }
    return {};
}

// The last word is there and the client has all before it; or nobody is there whom it would be for.
bool SessionPump::isDone() const {
    if (m_sessionEnded || m_frames.isOver())
        return m_clientGone || m_toClient.empty();
    return (m_clientGone || m_isLeaving) && !m_streams.input && m_toSession.empty();
}

Result<void> SessionPump::wait() {
    const int fromClient = wantsClient() ? POLLIN : 0;
    const int toClient = m_toClient.empty() ? 0 : POLLOUT;
    const int session = (wantsSession() ? POLLIN : 0) | (m_toSession.empty() ? 0 : POLLOUT);
    std::array<pollfd, 4> files{
        pollfd{m_clientGone ? -1 : m_exchange.client(), static_cast<short>(fromClient | toClient), 0},
        watched(m_session.get(), m_sessionEnded ? 0 : session), pollfd{m_exchange.stop(), POLLIN, 0},
        watched(m_sizes ? m_sizes->fd() : -1, m_toSession.empty() ? POLLIN : 0)};
    if (::poll(files.data(), files.size(), -1) < 0)
        return errno == EINTR ? Result<void>() : failErrno("cannot wait for a session");
    if (files[2].revents != 0)
        return fail(ErrorCode::Cancelled, "the service stops");
    m_clientGone = m_clientGone || (files[0].revents & (POLLHUP | POLLERR)) != 0;
    if (files[3].revents != 0) {
        if (const auto size = m_sizes->take())
            put(FrameType::Resize, {makeSize(size->rows, size->columns).data(), 4});
    }
    if ((files[1].revents & ~POLLOUT) != 0 && wantsSession())
        TRY(readSession());
    if ((files[0].revents & POLLIN) != 0 && wantsClient())
        TRY(readClient());
    return {};
}

Result<void> SessionPump::readClient() {
    const auto size = m_exchange.readRaw(m_piece);
    if (!size && size.error().code == ErrorCode::Cancelled)
        return fail(size.error());
    if (size && *size > 0) {
        put(FrameType::Input, {m_piece.data(), *size});
        return {};
    }
    m_clientGone = m_clientGone || !size;
    m_streams.input = false;
    if (m_streams.endsInput)
        put(FrameType::InputEnds, {});
    else
        m_isLeaving = true;
    return {};
}

Result<void> SessionPump::readSession() {
    const ssize_t size = ::recv(m_session.get(), m_piece.data(), m_piece.size(), MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return {};
    if (size <= 0)
        m_sessionEnded = true;
    else
        TRY(m_frames.take({m_piece.data(), static_cast<std::size_t>(size)}, m_toClient));
    return {};
}

void SessionPump::writeClient() {
    while (!m_toClient.empty() && !m_clientGone) {
        const auto sent = m_exchange.writeRawSome(std::string_view(m_toClient).substr(m_clientSent));
        m_clientGone = !sent;
        if (sent.value_or(1) == 0)
            return;
        m_clientSent += sent.value_or(0);
        if (m_clientSent == m_toClient.size())
            break;
    }
    m_toClient.clear(); // all of it is sent, or nobody wants it
    m_clientSent = 0;
}

void SessionPump::writeSession() {
    while (!m_toSession.empty() && !m_sessionEnded) {
        const ssize_t sent = ::send(m_session.get(), m_toSession.data() + m_sessionSent,
                                    m_toSession.size() - m_sessionSent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN)
            return;
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0) { // it takes nothing more; what it has said is still to be read
            m_streams.input = false;
            break;
        }
        m_sessionSent += static_cast<std::size_t>(sent);
        if (m_sessionSent == m_toSession.size())
            break;
    }
    m_toSession.clear();
    m_sessionSent = 0;
}

void SessionPump::put(FrameType type, std::string_view payload) {
    const FrameHeaderBytes header = makeFrameHeader(type, payload.size());
    m_toSession.append(header.data(), header.size());
    m_toSession.append(payload);
}

// Docker leaves what runs in a terminal alone when its client goes; a session that is only closed would hang
// it up. Its end is waited for, so that the monitor meets the word before it meets a socket that nobody
// reads.
void SessionPump::leave() {
    if (!m_streams.isTerminal || m_sessionEnded || !m_toSession.empty())
        return;
    put(FrameType::Detached, {});
    writeSession();
    pollfd ended{m_session.get(), POLLIN, 0};
    while (::poll(&ended, 1, kLongestLeave) > 0 &&
           ::recv(m_session.get(), m_piece.data(), m_piece.size(), MSG_DONTWAIT) > 0) {
    }
}

} // namespace escale::docker_api
