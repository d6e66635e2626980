#include "helper/docker-api/http/connection.h"

#include <boost/beast/http/read.hpp>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace escale::docker_api {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

error_code lastError() {
    return {errno, boost::system::system_category()};
}

} // namespace

int millisecondsUntil(Deadline deadline) {
    if (!deadline)
        return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, INT_MAX));
}

ClientStream::ClientStream(UniqueFd socket, int stop)
    : m_socket(std::move(socket))
    , m_stop(stop) {}

// Until the socket is ready. False with an error: time is over, or the server stops.
bool ClientStream::await(short events, error_code& error) const {
    for (;;) {
        std::array<pollfd, 2> files{pollfd{m_socket.get(), events, 0}, pollfd{m_stop, POLLIN, 0}};
        const int ready = ::poll(files.data(), files.size(), millisecondsUntil(m_deadline));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready < 0)
            error = lastError();
        else if (ready == 0)
            error = asio::error::timed_out;
        else if (files[1].revents != 0)
            error = asio::error::operation_aborted;
        else
            return true;
        return false;
    }
}

std::size_t ClientStream::readSome(void* buffer, std::size_t size, error_code& error) {
    error = {};
    for (;;) {
        const ssize_t got = size == 0 ? 0 : ::recv(m_socket.get(), buffer, size, MSG_DONTWAIT);
        if (got > 0 || size == 0)
            return static_cast<std::size_t>(got);
        if (got == 0) {
            error = asio::error::eof;
            return 0;
        }
        if (errno != EAGAIN && errno != EINTR) {
            error = lastError();
            return 0;
        }
        if (errno == EAGAIN && !await(POLLIN, error))
            return 0;
    }
}

std::size_t ClientStream::writeSome(const iovec* pieces, int count, error_code& error) {
    error = {};
    msghdr message{};
    message.msg_iov =
        const_cast<iovec*>(pieces); // NOLINT(cppcoreguidelines-pro-type-const-cast): sendmsg(2) reads
    message.msg_iovlen = static_cast<std::size_t>(count);
    for (;;) {
        const ssize_t sent =
            count == 0 ? 0 : ::sendmsg(m_socket.get(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0)
            return static_cast<std::size_t>(sent);
        if (errno != EAGAIN && errno != EINTR) {
            error = lastError();
            return 0;
        }
        if (errno == EAGAIN && !await(POLLOUT, error))
            return 0;
    }
}

std::size_t ClientStream::writeNow(const void* bytes, std::size_t size, error_code& error) {
    error = {};
    for (;;) {
        const ssize_t sent = ::send(m_socket.get(), bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0)
            return static_cast<std::size_t>(sent);
        if (errno == EAGAIN)
            return 0;
        if (errno != EINTR) {
            error = lastError();
            return 0;
        }
    }
}

void ClientStream::shutdownWriting() {
    ::shutdown(m_socket.get(), SHUT_WR);
}

std::size_t Connection::readBody(std::span<char> piece, error_code& error) {
    error = {};
    while (!error && !parser->is_done()) {
        auto& body = parser->get().body();
        body.data = piece.data();
        body.size = piece.size();
        boost::beast::http::read_some(stream, buffer, *parser, error);
        if (error == boost::beast::http::error::need_buffer)
            error = {};
        if (const std::size_t size = piece.size() - body.size; size > 0)
            return size;
    }
    return 0;
}

} // namespace escale::docker_api
