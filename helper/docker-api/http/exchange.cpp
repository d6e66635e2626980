#include "helper/docker-api/http/exchange.h"

#include "engine/base/file.h"
#include "helper/docker-api/http/connection.h"

#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <unistd.h>

namespace escale::docker_api {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kPiece = 64 * 1024;

tl::unexpected<Error> lost(const error_code& error) {
    if (error == asio::error::operation_aborted)
        return fail(ErrorCode::Cancelled, "the service stops");
    return fail(ErrorCode::Unreachable, "the client has gone: " + error.message());
}

Result<void> send(Connection& connection, std::initializer_list<asio::const_buffer> pieces) {
    error_code error;
    asio::write(connection.stream, std::vector<asio::const_buffer>(pieces), error);
    if (error)
        return lost(error);
    return {};
}

std::string reasonOf(int status) {
    const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(status)));
    return {reason.data(), reason.size()};
}

asio::const_buffer bufferOf(std::string_view text) {
    return {text.data(), text.size()};
}

} // namespace

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
    std::array<char, kPiece> piece; // NOLINT(cppcoreguidelines-pro-type-member-init): read into
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
    return json;
}

Result<std::size_t> Exchange::readBody(std::span<char> buffer) {
    auto& parser = *m_connection.parser;
    while (!parser.is_done()) {
        if (m_connection.mustContinue) {
            m_connection.mustContinue = false;
            TRY(send(m_connection, {bufferOf("HTTP/1.1 100 Continue\r\n\r\n")}));
        }
        auto& body = parser.get().body();
        body.data = buffer.data();
        body.size = buffer.size();
        error_code error;
        http::read_some(m_connection.stream, m_connection.buffer, parser, error);
        if (error == http::error::need_buffer)
            error = {};
        if (error)
            return lost(error);
        if (const std::size_t size = buffer.size() - body.size; size > 0)
            return size;
    }
    return std::size_t(0);
}

Result<void> Exchange::copyBodyTo(int file) {
    std::vector<char> piece(kPiece);
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
                pollfd room{file, POLLOUT, 0};
                ::poll(&room, 1, -1);
            } else if (errno != EINTR) {
                return failErrno("cannot pass on the request's body");
            }
        }
    }
}

Result<void> Exchange::sendHead(int status, const Headers& headers) {
    std::string head = "HTTP/1.1 " + std::to_string(status) + " ";
    head += status == 101 ? "UPGRADED" : reasonOf(status);
    head += "\r\nApi-Version: " + std::to_string(kNewestVersion.major) + "." +
            std::to_string(kNewestVersion.minor);
    head += "\r\nDocker-Experimental: false\r\nOstype: linux\r\nServer: Escale (linux)\r\n";
    for (const auto& [name, value] : headers)
        head += name + ": " + value + "\r\n";
    if (!m_connection.keepsAlive && status != 101)
        head += "Connection: close\r\n";
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
    if (bytes.empty())
        return {};
    if (!m_isChunked)
        return send(m_connection, {bufferOf(bytes)});
    std::array<char, 24> size{};
    const int length = std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    return send(m_connection, {{size.data(), static_cast<std::size_t>(length)}, bufferOf(bytes), bufferOf("\r\n")});
}

Result<void> Exchange::writeLine(const Json& value) {
    return write(value.dump() + "\r\n");
}

Result<void> Exchange::copyFrom(int file) {
    std::vector<char> piece(kPiece);
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
    if (!m_isChunked)
        return {};
    return send(m_connection, {bufferOf("0\r\n\r\n")});
}

Result<void> Exchange::hijack(std::string_view type) {
    m_state = State::Hijacked;
    const bool upgrades = !m_request.header("upgrade").empty();
    m_connection.keepsAlive = false;
    Headers headers{{"Content-Type", std::string(type)}};
    if (upgrades) {
        headers.emplace_back("Connection", "Upgrade");
        headers.emplace_back("Upgrade", "tcp");
    }
    return sendHead(upgrades ? 101 : 200, headers);
}

bool Exchange::hasRawInput() const {
    return m_connection.buffer.size() > 0;
}

Result<std::size_t> Exchange::readRaw(std::span<char> buffer) {
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
    for (;;) {
        const int ready = ::poll(watched.data(), watched.size(),
                                 longest ? static_cast<int>(longest->count()) : -1);
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
