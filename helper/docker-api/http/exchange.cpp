#include "helper/docker-api/http/exchange.h"

#include "engine/base/file.h"
#include "helper/docker-api/http/connection.h"

#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <thread>
#include <unistd.h>

namespace escale::docker_api {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::chrono::milliseconds kLongestTaking{500};
constexpr std::chrono::seconds kLongestEnd{10}; // of a client that goes on sending behind the end

tl::unexpected<Error> lost(const error_code& error) {
    if (error == asio::error::operation_aborted)
        return fail(ErrorCode::Cancelled, "the service stops");
    return fail(ErrorCode::Unreachable, "the client has gone: " + error.message());
}

// Of a body that is cut, or is none.
tl::unexpected<Error> brokenBody(const error_code& error) {
    const bool isOfHttp = error.category() == http::make_error_code(http::error::bad_chunk).category();
    if (!isOfHttp || error == http::error::end_of_stream || error == http::error::partial_message)
        return lost(error);
    return fail(ErrorCode::InvalidArgument, "the request's body is no HTTP: " + error.message());
}

Result<void> send(Connection& connection, std::initializer_list<asio::const_buffer> pieces) {
    error_code error;
    asio::write(connection.stream, std::vector<asio::const_buffer>(pieces), error);
    if (error)
        return lost(error);
    return {};
}

asio::const_buffer bufferOf(std::string_view text) {
    return {text.data(), text.size()};
}

// A name of a file, say, must not begin another line.
std::string fieldValue(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; },
        ' ');
    return text;
}

// Until the client has taken all that was sent, or for so long: python3-docker reads a head through a buffer,
// and what came with it would be lost there.
void awaitTaken(int socket) {
    using std::chrono::microseconds;
    int unread = 0;
    microseconds step{20};
    for (microseconds waited{0}; waited < kLongestTaking;
         waited += step, step = std::min(step * 2, microseconds(5000))) {
        if (::ioctl(socket, SIOCOUTQ, &unread) != 0 || unread == 0)
            return;
        std::this_thread::sleep_for(step);
    }
}

Result<void> awaitRoom(int file, int stop) {
    std::array<pollfd, 2> files{pollfd{file, POLLOUT, 0}, pollfd{stop, POLLIN, 0}};
    if (::poll(files.data(), files.size(), -1) < 0 && errno != EINTR)
        return failErrno("cannot wait");
    if (files[1].revents != 0)
        return fail(ErrorCode::Cancelled, "the service stops");
    return {};
}

bool hasNul(const Json& value) {
    if (value.isString())
        return value.toString().find('\0') != std::string::npos;
    return std::any_of(value.items().begin(), value.items().end(), hasNul) ||
           std::any_of(value.members().begin(), value.members().end(), [](const auto& member) {
               return member.first.find('\0') != std::string::npos || hasNul(member.second);
           });
}

} // namespace

std::string statusLine(int status) {
    const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(status)));
    return "HTTP/1.1 " + std::to_string(status) + " " + (status == 101 ? "UPGRADED" : std::string(reason));
}

Exchange::Exchange(Connection& connection, Request request)
    : m_connection(connection)
    , m_request(std::move(request)) {}

Exchange::~Exchange() {
    if (m_state == State::Streaming || m_state == State::Hijacked)
        m_connection.keepsAlive = false;
}

bool Exchange::hasBody() const {
    const auto& parser = *m_connection.parser;
    return parser.chunked() || parser.content_length().value_or(0) > 0;
}

Result<Json> Exchange::readJson(std::size_t limit) {
    std::string text;
    std::vector<char> piece(kPieceOfBody);
    for (;;) {
        TRY_ASSIGN(const std::size_t size, readBody(piece));
        if (size == 0)
            break;
        if (text.size() + size > limit)
            return fail(ErrorCode::InvalidArgument,
                        "the request's body is longer than " + std::to_string(limit) + " bytes");
        text.append(piece.data(), size);
    }
    const auto isSpace = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
    if (std::all_of(text.begin(), text.end(), isSpace))
        return Json();
    auto json = Json::parse(text);
    if (!json)
        return fail(std::move(json).error().prefixed("the request's body"));
    if (hasNul(*json)) // neither the kernel nor the bus has one in a text; half a text is another one
        return fail(ErrorCode::InvalidArgument, "the request's body has a NUL character in a text");
    return json;
}

Result<std::size_t> Exchange::readBody(std::span<char> buffer) {
    if (m_connection.mustContinue && !m_connection.parser->is_done()) {
        m_connection.mustContinue = false;
        TRY(send(m_connection, {bufferOf("HTTP/1.1 100 Continue\r\n\r\n")}));
    }
    error_code error;
    const std::size_t size = m_connection.readBody(buffer, error);
    if (!error)
        return size;
    m_connection.keepsAlive = false;
    return brokenBody(error);
}

Result<void> Exchange::copyBodyTo(int file) {
    std::vector<char> piece(kPieceOfBody);
    for (;;) {
        TRY_ASSIGN(const std::size_t size, readBody(piece));
        if (size == 0)
            return {};
        std::string_view left(piece.data(), size);
        while (!left.empty()) {
            const ssize_t written = ::write(file, left.data(), left.size());
            if (written >= 0) {
                left.remove_prefix(static_cast<std::size_t>(written));
            } else if (errno == EPIPE) {
                return {};
            } else if (errno == EAGAIN) {
                TRY(awaitRoom(file, stop()));
            } else if (errno != EINTR) {
                return failErrno("cannot pass on the request's body");
            }
        }
    }
}

Result<void> Exchange::sendHead(int status, const Headers& headers) {
    auto& parser = *m_connection.parser;
    // What is left of the body would have to be read before the next request.
    if (!parser.is_done() &&
        (m_connection.mustContinue || parser.content_length_remaining().value_or(0) > kLongestLeftBody))
        m_connection.keepsAlive = false;
    m_connection.mustContinue = false;
    std::string head = statusLine(status);
    head += "\r\nApi-Version: " + std::to_string(kNewestVersion.major) + "." +
            std::to_string(kNewestVersion.minor);
    head += "\r\nDocker-Experimental: false\r\nOstype: linux\r\nServer: Escale (linux)\r\n";
    for (const auto& [name, value] : headers)
        head += name + ": " + fieldValue(value) + "\r\n";
    if (!m_connection.keepsAlive && m_state != State::Hijacked)
        head += "Connection: close\r\n";
    else if (m_connection.keepsAlive && parser.get().version() < 11)
        head += "Connection: keep-alive\r\n";
    head += "\r\n";
    return send(m_connection, {bufferOf(head)});
}

Result<void> Exchange::reply(int status, const Json& body, const Headers& headers) {
    return replyText(status, body.dump() + "\n", "application/json", headers);
}

Result<void> Exchange::replyEmpty(int status, const Headers& headers) {
    m_state = State::Replied;
    Headers all = headers;
    if (status != 204 && status != 304)
        all.emplace_back("Content-Length", "0");
    return sendHead(status, all);
}

Result<void> Exchange::replyText(int status, std::string_view text, std::string_view type,
                                 const Headers& headers) {
    m_state = State::Replied;
    Headers all = headers;
    all.emplace_back("Content-Type", type);
    all.emplace_back("Content-Length", std::to_string(text.size()));
    TRY(sendHead(status, all));
    if (m_request.method == "HEAD")
        return {};
    return send(m_connection, {bufferOf(text)});
}

Result<void> Exchange::beginStream(int status, std::string_view type, const Headers& headers) {
    m_state = State::Streaming;
    m_hasBody = m_request.method != "HEAD";
    m_isChunked = m_connection.parser->get().version() >= 11;
    Headers all = headers;
    all.emplace_back("Content-Type", type);
    if (m_isChunked)
        all.emplace_back("Transfer-Encoding", "chunked");
    else
        m_connection.keepsAlive = false;
    return sendHead(status, all);
}

Result<void> Exchange::write(std::string_view bytes) {
    if (bytes.empty() || !m_hasBody)
        return {};
    if (!m_isChunked)
        return send(m_connection, {bufferOf(bytes)});
    std::array<char, 24> size{};
    const int length = std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    return send(m_connection,
                {{size.data(), static_cast<std::size_t>(length)}, bufferOf(bytes), bufferOf("\r\n")});
}

Result<void> Exchange::writeLine(const Json& value) {
    return write(value.dump() + "\r\n");
}

Result<void> Exchange::copyFrom(int file) {
    std::vector<char> piece(kPieceOfBody);
    for (;;) {
        TRY(waitFor({file}));
        const ssize_t size = ::read(file, piece.data(), piece.size());
        if (size == 0)
            return {};
        if (size < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (size < 0)
            return failErrno("cannot read what is to be sent");
        TRY(write({piece.data(), static_cast<std::size_t>(size)}));
    }
}

Result<void> Exchange::endStream() {
    m_state = State::Ended;
    if (!m_isChunked || !m_hasBody)
        return {};
    return send(m_connection, {bufferOf("0\r\n\r\n")});
}

Result<void> Exchange::hijack(std::string_view type) {
    const bool upgrades = !m_request.header("upgrade").empty();
    auto& parser = *m_connection.parser;
    // A body of a length of its own is none of the session's input. Chunks are, where the client asks for no
    // upgrade: then HTTP goes on. Where it does ask, what it says of chunks is of no account: raw bytes
    // follow, as with dockerd.
    std::vector<char> piece(parser.is_done() || parser.chunked() ? 0 : kPieceOfBody);
    while (!piece.empty()) {
        TRY_ASSIGN(const std::size_t size, readBody(piece));
        if (size == 0)
            break;
    }
    m_hasChunkedInput = !upgrades && !parser.is_done();
    m_state = State::Hijacked;
    m_connection.keepsAlive = false;
    Headers headers{{"Content-Type", std::string(type)}};
    if (upgrades) {
        headers.emplace_back("Connection", "Upgrade");
        headers.emplace_back("Upgrade", "tcp");
    }
    TRY(sendHead(upgrades ? 101 : 200, headers));
    awaitTaken(m_connection.stream.fd());
    return {};
}

bool Exchange::hasRawInput() const {
    return m_connection.buffer.size() > 0;
}

Result<std::size_t> Exchange::readRaw(std::span<char> buffer) {
    if (m_hasChunkedInput)
        return readBody(buffer);
    auto& held = m_connection.buffer;
    if (held.size() > 0) {
        const std::size_t size = std::min(buffer.size(), held.size());
        std::memcpy(buffer.data(), held.data().data(), size);
        held.consume(size);
        return size;
    }
    error_code error;
    const std::size_t size =
        m_connection.stream.read_some(asio::mutable_buffer(buffer.data(), buffer.size()), error);
    if (error && error != asio::error::eof)
        return lost(error);
    return size;
}

Result<void> Exchange::writeRaw(std::string_view bytes) {
    return send(m_connection, {bufferOf(bytes)});
}

Result<std::size_t> Exchange::writeRawSome(std::string_view bytes) {
    error_code error;
    const std::size_t size = m_connection.stream.writeNow(bytes.data(), bytes.size(), error);
    if (error)
        return lost(error);
    return size;
}

void Exchange::endRaw() {
    ClientStream& stream = m_connection.stream;
    stream.shutdownWriting();
    stream.setDeadline(std::chrono::steady_clock::now() + kLongestEnd);
    std::vector<char> piece(kPieceOfBody);
    error_code error;
    while (!error)
        stream.read_some(asio::mutable_buffer(piece.data(), piece.size()), error);
}

int Exchange::client() const {
    return m_connection.stream.fd();
}

int Exchange::stop() const {
    return m_connection.stream.stop();
}

Result<std::optional<std::size_t>> Exchange::waitFor(std::initializer_list<int> files,
                                                     std::optional<std::chrono::milliseconds> longest) {
    std::vector<pollfd> watched{{client(), POLLRDHUP, 0}, {stop(), POLLIN, 0}};
    for (const int file : files)
        watched.push_back({file, POLLIN, 0});
    const Deadline deadline = longest ? Deadline(std::chrono::steady_clock::now() + *longest) : std::nullopt;
    for (;;) {
        const int ready = ::poll(watched.data(), watched.size(), millisecondsUntil(deadline));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready < 0)
            return failErrno("cannot wait");
        if (watched[0].revents != 0)
            return fail(ErrorCode::Unreachable, "the client has gone");
        if (watched[1].revents != 0)
            return fail(ErrorCode::Cancelled, "the service stops");
        for (std::size_t i = 2; i < watched.size(); ++i) {
            if (watched[i].revents != 0)
                return std::optional(i - 2);
        }
        return std::optional<std::size_t>();
    }
}

} // namespace escale::docker_api
