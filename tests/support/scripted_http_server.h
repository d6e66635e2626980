// An HTTP server on a loopback port that answers what the test tells it to, lies and silences included. One
// thread accepts, one serves each connection (kept alive between requests, as registries do).
//
//   ScriptedHttpServer server;
//   server.on("/v2/demo/blobs/" + digest, {answer(500), answer(200, blob).cutAfterBytes(100),
//   serveBytes(blob)}); … "http://" + server.host() …; server.requests() tells what was asked.
#pragma once

#include "engine/base/unique_fd.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace escale::test {

struct HttpRequest {
    std::string method;
    std::string target;                         // as sent: path and query
    std::string path;                           // without the query
    std::map<std::string, std::string> headers; // names in lower case
    std::string body;
    [[nodiscard]] std::string header(const std::string& name) const;
};

struct HttpAnswer {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::optional<std::uint64_t> claimedLength; // said in Content-Length instead of the body's
    std::optional<std::size_t> cutAfter;        // closes the connection after so many bytes of the body
    bool silent = false;                        // answers nothing until the client goes or the server ends
    bool silentAfterCut = false;        // at cutAfter, keeps the connection open and sends nothing more
    bool closes = false;                // ends the connection after the whole answer
    std::string raw;                    // sent instead of all the above, then the connection closes
    std::chrono::milliseconds pause{0}; // before each piece of 16 KiB of the body

    HttpAnswer header(std::string name, std::string value) &&;
    HttpAnswer claims(std::uint64_t length) &&;
    HttpAnswer cutAfterBytes(std::size_t bytes) &&;
    HttpAnswer stallsAfterBytes(std::size_t bytes) &&;
    HttpAnswer slowedBy(std::chrono::milliseconds time) &&;
};

HttpAnswer answer(int status, std::string body = {}, std::string contentType = "application/json");
HttpAnswer neverAnswers();
HttpAnswer rawAnswer(std::string bytes);

using HttpHandler = std::function<HttpAnswer(const HttpRequest&)>;
/// Answers with the bytes, or with the part a Range header asks for (206 and Content-Range).
HttpHandler serveBytes(std::string bytes, std::string contentType = "application/octet-stream");
HttpHandler always(HttpAnswer answer);

class ScriptedHttpServer {
public:
    /// Listens at once; ends the program when it cannot (a test can do nothing then).
    ScriptedHttpServer();
    ScriptedHttpServer(const ScriptedHttpServer&) = delete;
    ScriptedHttpServer& operator=(const ScriptedHttpServer&) = delete;
    ~ScriptedHttpServer();

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// "127.0.0.1:port". "localhost:port" reaches it too, as a host of another name.
    [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(m_port); }

    // Handlers by path, the query is ignored. Of several steps the last one answers all later requests. A
    // path without a handler gets 404 with an OCI error body. Callable at any time, from any thread.
    void on(const std::string& path, HttpHandler handler);
    void on(const std::string& path, std::vector<HttpHandler> steps);
    void on(const std::string& path, HttpAnswer fixed);
    void on(const std::string& path, std::vector<HttpAnswer> steps);
    /// Asked before the others; std::nullopt passes on (token checks).
    void before(std::function<std::optional<HttpAnswer>(const HttpRequest&)> gate);

    /// A whole image's parts, as a registry would serve them.
    void addManifest(const std::string& repository, const std::string& tag, const std::string& mediaType,
                     const std::string& bytes);
    void addBlob(const std::string& repository, const std::string& bytes);

    [[nodiscard]] std::vector<HttpRequest> requests() const;
    [[nodiscard]] std::size_t count(const std::string& path) const;
    [[nodiscard]] std::size_t connections() const;

private:
    void accept();
    void serve(int socket);
    HttpAnswer answerTo(const HttpRequest& request);
    bool send(int socket, const HttpRequest& request, const HttpAnswer& answer);
    bool sleep(std::chrono::milliseconds time, int socket);

    UniqueFd m_listener;
    UniqueFd m_stop; // eventfd, readable once the server ends
    std::uint16_t m_port = 0;
    mutable std::mutex m_mutex;
    std::map<std::string, std::vector<HttpHandler>> m_steps;
    std::map<std::string, std::size_t> m_next;
    std::function<std::optional<HttpAnswer>(const HttpRequest&)> m_gate;
    std::vector<HttpRequest> m_requests;
    std::size_t m_connectionCount = 0;
    std::vector<std::jthread> m_connections;
    std::jthread m_acceptor;
};

} // namespace escale::test
