#include "helper/docker-api/http/serve_connection.h"

#include "engine/base/log.h"
#include "helper/docker-api/http/connection.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/http/read_request.h"

#include <sys/socket.h>
#include <unistd.h>

namespace escale::docker_api {
namespace {

using boost::system::error_code;
using Clock = std::chrono::steady_clock;

std::string refusal(int status, const std::string& message) {
    const std::string body = Json().set("message", message).dump() + "\n";
    return statusLine(status) +
           "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

void say(ClientStream& stream, const std::string& text) {
    error_code error; // one that nobody hears is nobody's affair
    stream.setDeadline(Clock::now());
    stream.write_some(boost::asio::const_buffer(text.data(), text.size()), error);
}

// The first byte of the next head, unless it is there already.
bool awaitRequest(Connection& connection, std::chrono::seconds patience) {
    if (connection.buffer.size() > 0)
        return true;
    if (connection.buffer.capacity() > kSmallBuffer)
        connection.buffer.shrink_to_fit(); // a silent client costs little
    error_code error;
    connection.stream.setDeadline(Clock::now() + patience);
    const auto room = connection.buffer.prepare(kSmallBuffer);
    connection.buffer.commit(connection.stream.read_some(room, error));
    return !error;
}

// So that the next request can be read. False: the client does not send it, or it is too long for that.
bool skipBody(Connection& connection, std::chrono::seconds patience) {
    if (connection.parser->is_done())
        return true;
    std::vector<char> piece(kPieceOfBody);
    std::size_t skipped = 0;
    connection.stream.setDeadline(Clock::now() + patience);
    error_code error;
    while (!error && !connection.parser->is_done() && skipped <= kLongestLeftBody)
        skipped += connection.readBody(piece, error);
    return connection.parser->is_done();
}

void answer(Exchange& exchange, const RequestHandler& handler) {
    try {
        handler(exchange);
        return;
    } catch (const std::exception& error) { // no memory, say: the other clients shall not pay for this one
        logError("a request could not be answered: " + std::string(error.what()));
    }
    if (!exchange.hasAnswered())
        (void)exchange.reply(500, Json().set("message", "the service could not answer; its log says more"));
}

void serve(Connection& connection, bool guest, const RequestHandler& handler,
           const ConnectionLimits& limits) {
    for (auto patience = limits.head; awaitRequest(connection, patience); patience = limits.idle) {
        connection.stream.setDeadline(Clock::now() + limits.head);
        auto request = readRequest(connection);
        connection.stream.setDeadline({});
        if (!request) {
            if (request.error().status != 0)
                say(connection.stream, refusal(request.error().status, request.error().message));
            return;
        }
        request->isGuest = guest;
        {
            Exchange exchange(connection, std::move(*request));
            answer(exchange, handler);
        }
        if (!connection.keepsAlive || !skipBody(connection, limits.head))
            return;
    }
}

// A socket that is closed with something unread tells its client "connection reset" in place of the end. So
// the end is said first, and what the client still sends is dropped until it has heard it.
void linger(ClientStream& stream, std::chrono::seconds patience) {
    stream.shutdownWriting();
    const auto end = Clock::now() + patience;
    stream.setDeadline(end);
    std::vector<char> piece(kPieceOfBody);
    error_code error;
    while (!error && Clock::now() < end) // one that never stops to send does not wait
        stream.read_some(boost::asio::mutable_buffer(piece.data(), piece.size()), error);
}

} // namespace

bool isGuest(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != ::getuid();
}

void serveConnection(UniqueFd client, int stop, const RequestHandler& handler,
                     const ConnectionLimits& limits) {
    try {
        const bool guest = isGuest(client.get());
        Connection connection(std::move(client), stop);
        serve(connection, guest, handler, limits);
        linger(connection.stream, limits.linger);
    } catch (const std::exception& error) { // as above, outside of a handler
        logError("a connection was given up: " + std::string(error.what()));
    }
}

void refuseConnection(UniqueFd client, int status, const char* message) {
    const std::string text = refusal(status, message);
    (void)::send(client.get(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

} // namespace escale::docker_api
