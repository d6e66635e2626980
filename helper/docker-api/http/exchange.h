// One request and its answer, as the thread of the connection works on it: everything here blocks, and every
// wait ends when the client goes. A handler answers exactly once: reply…(), or beginStream() with writes, or
// hijack(). When it returns an error before that, the server answers with it (api/answers.h says how).
//
// Errors of every method: Unreachable when the client has gone, Cancelled when the server stops. A handler
// passes them on and does nothing else with them.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "helper/docker-api/http/request.h"

#include <chrono>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace escale::docker_api {

class Connection;

using Headers = std::vector<std::pair<std::string, std::string>>;

class Exchange {
public:
    Exchange(Connection& connection, Request request);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    ~Exchange();

    [[nodiscard]] const Request& request() const { return m_request; }
    /// For the routing table, which fills in version and parameters.
    [[nodiscard]] Request& editRequest() { return m_request; }
    [[nodiscard]] const Query& query() const { return m_request.query; }
    [[nodiscard]] std::string parameter(std::string_view name) const { return m_request.parameter(name); }

    // The body. "100 Continue" is said when the client waits for it.
    /// Whether there is one: a length other than 0, or chunks.
    [[nodiscard]] bool hasBody() const;
    /// The whole body; null when there is none. InvalidArgument (400): no JSON, longer than `limit`, or with
    /// a NUL character in a text.
    Result<Json> readJson(std::size_t limit = 4u << 20);
    /// At least one byte; 0: the end. InvalidArgument: the chunks are none.
    Result<std::size_t> readBody(std::span<char> buffer);
    /// The rest of the body into a file or pipe. An EPIPE of a reader that wants no more is no error.
    Result<void> copyBodyTo(int file);

    // A whole answer.
    Result<void> reply(int status, const Json& body, const Headers& headers = {});
    Result<void> replyEmpty(int status, const Headers& headers = {}); // 204, 304 …
    Result<void> replyText(int status, std::string_view text, std::string_view type,
                           const Headers& headers = {});

    // An answer of unknown length: chunks, or until the connection closes (HTTP/1.0). The head is sent at
    // once; every write reaches the client before it returns.
    Result<void> beginStream(int status, std::string_view type, const Headers& headers = {});
    Result<void> write(std::string_view bytes);
    /// As a line, as progress and events have them.
    Result<void> writeLine(const Json& value);
    /// All that comes out of a pipe or file, to its end.
    Result<void> copyFrom(int file);
    /// The answer has ended well. Without it the connection is cut, so that the client knows that it is not
    /// whole.
    Result<void> endStream();

    // The connection itself, for attach and exec (Docker's "hijack"): "101 UPGRADED" where the client asks
    // for an upgrade, else "200 OK". What the client has sent behind its head is read first. The connection
    // ends with the exchange.
    Result<void> hijack(std::string_view type);
    /// At least one byte; 0: the client sends nothing more (it may still read).
    Result<std::size_t> readRaw(std::span<char> buffer);
    /// Bytes are there to be read without waiting, beside what poll(2) says of client().
    [[nodiscard]] bool hasRawInput() const;
    Result<void> writeRaw(std::string_view bytes);
    /// What the client takes without waiting, for a thread that carries both ways; 0: nothing for now.
    Result<std::size_t> writeRawSome(std::string_view bytes);
    /// Nothing more is sent. What the client still sends is thrown away for a moment, until it closes: with
    /// bytes that nobody has read, it would see a broken connection in place of an end.
    void endRaw();

    /// The client's socket, for poll(2).
    [[nodiscard]] int client() const;
    /// Readable when the server stops.
    [[nodiscard]] int stop() const;
    /// Waits until one of `files` can be read (or has hung up), or for so long. The index of the first that
    /// is ready; nothing: time is over. Not for a hijacked connection, whose client may close its half.
    Result<std::optional<std::size_t>> waitFor(std::initializer_list<int> files,
                                               std::optional<std::chrono::milliseconds> longest = {});
    [[nodiscard]] bool hasAnswered() const { return m_state != State::Open; }

private:
    enum class State { Open, Replied, Streaming, Ended, Hijacked };
    Result<void> sendHead(int status, const Headers& headers);

    Connection& m_connection;
    Request m_request;
    State m_state = State::Open;
    bool m_isChunked = false;
    bool m_hasBody = true; // of the answer: not to HEAD
    bool m_hasChunkedInput = false;
};

/// "HTTP/1.1 404 Not Found"
std::string statusLine(int status);

} // namespace escale::docker_api
