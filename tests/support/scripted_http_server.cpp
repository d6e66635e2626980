#include "tests/support/scripted_http_server.h"

#include "engine/base/digest.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

namespace escale::test {
namespace {

constexpr std::size_t kPiece = 16 * 1024;
constexpr std::size_t kLongestRequest = 64u << 20;

[[noreturn]] void die(const char* what) {
    std::perror(what);
    std::abort();
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

std::string reason(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 206:
        return "Partial Content";
    case 307:
        return "Temporary Redirect";
    case 401:
        return "Unauthorized";
    case 404:
        return "Not Found";
    default:
        return "Scripted";
    }
}

void parseHead(const std::string& head, HttpRequest& request) {
    std::size_t position = head.find("\r\n");
    const std::string line = head.substr(0, position);
    const std::size_t first = line.find(' ');
    const std::size_t second = line.find(' ', first + 1);
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, second - first - 1);
    request.path = request.target.substr(0, request.target.find('?'));
    while (position != std::string::npos) {
        const std::size_t start = position + 2;
        position = head.find("\r\n", start);
        const std::string header =
            head.substr(start, position == std::string::npos ? position : position - start);
        const std::size_t colon = header.find(':');
        if (colon == std::string::npos)
            continue;
        const std::size_t value = header.find_first_not_of(' ', colon + 1);
        request.headers[lower(header.substr(0, colon))] =
            value == std::string::npos ? "" : header.substr(value);
    }
}

bool sendBytes(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

} // namespace

std::string HttpRequest::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

HttpAnswer HttpAnswer::header(std::string name, std::string value) && {
    headers.emplace_back(std::move(name), std::move(value));
    return std::move(*this);
}

HttpAnswer HttpAnswer::claims(std::uint64_t length) && {
    claimedLength = length;
    return std::move(*this);
}

HttpAnswer HttpAnswer::cutAfterBytes(std::size_t bytes) && {
    cutAfter = bytes;
    return std::move(*this);
}

HttpAnswer HttpAnswer::stallsAfterBytes(std::size_t bytes) && {
    cutAfter = bytes;
    silentAfterCut = true;
    return std::move(*this);
}

HttpAnswer HttpAnswer::slowedBy(std::chrono::milliseconds time) && {
    pause = time;
    return std::move(*this);
}

HttpAnswer answer(int status, std::string body, std::string contentType) {
    HttpAnswer made;
    made.status = status;
    made.body = std::move(body);
    made.headers.emplace_back("Content-Type", std::move(contentType));
    return made;
}

HttpAnswer neverAnswers() {
    HttpAnswer made;
    made.silent = true;
    return made;
}

HttpAnswer rawAnswer(std::string bytes) {
    HttpAnswer made;
    made.raw = std::move(bytes);
    return made;
}

HttpHandler serveBytes(std::string bytes, std::string contentType) {
    return [bytes = std::move(bytes), contentType = std::move(contentType)](const HttpRequest& request) {
        const std::string range = request.header("range"); // "bytes=100-"
        if (range.empty())
            return answer(200, bytes, contentType);
        const std::size_t from = std::strtoull(range.c_str() + range.find('=') + 1, nullptr, 10);
        if (from >= bytes.size())
            return answer(416, "", contentType);
        return answer(206, bytes.substr(from), contentType)
            .header("Content-Range", "bytes " + std::to_string(from) + "-" +
                                         std::to_string(bytes.size() - 1) + "/" +
                                         std::to_string(bytes.size()));
    };
}

HttpHandler always(HttpAnswer answer) {
    return [answer = std::move(answer)](const HttpRequest&) { return answer; };
}

ScriptedHttpServer::ScriptedHttpServer()
    : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    , m_stop(::eventfd(0, EFD_CLOEXEC)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (!m_listener || ::bind(m_listener.get(), generic, size) != 0 || ::listen(m_listener.get(), 64) != 0 ||
        ::getsockname(m_listener.get(), generic, &size) != 0)
        die("scripted server");
    m_port = ntohs(address.sin_port);
    m_acceptor = std::jthread([this] { accept(); });
}

ScriptedHttpServer::~ScriptedHttpServer() {
    (void)::eventfd_write(m_stop.get(), 1);
    m_acceptor.join();
    m_connections.clear(); // joins
}

void ScriptedHttpServer::on(const std::string& path, std::vector<HttpHandler> steps) {
    const std::lock_guard lock(m_mutex);
    m_steps[path] = std::move(steps);
    m_next[path] = 0;
}

void ScriptedHttpServer::on(const std::string& path, HttpHandler handler) {
    on(path, std::vector<HttpHandler>{std::move(handler)});
}

void ScriptedHttpServer::on(const std::string& path, HttpAnswer fixed) {
    on(path, always(std::move(fixed)));
}

void ScriptedHttpServer::on(const std::string& path, std::vector<HttpAnswer> steps) {
    std::vector<HttpHandler> handlers;
    for (HttpAnswer& step : steps)
        handlers.push_back(always(std::move(step)));
    on(path, std::move(handlers));
}

void ScriptedHttpServer::before(std::function<std::optional<HttpAnswer>(const HttpRequest&)> gate) {
    const std::lock_guard lock(m_mutex);
    m_gate = std::move(gate);
}

void ScriptedHttpServer::addManifest(const std::string& repository, const std::string& tag,
                                     const std::string& mediaType, const std::string& bytes) {
    const std::string digest = Digest::ofData(bytes).toString();
    const HttpAnswer made = answer(200, bytes, mediaType).header("Docker-Content-Digest", digest);
    if (!tag.empty())
        on("/v2/" + repository + "/manifests/" + tag, made);
    on("/v2/" + repository + "/manifests/" + digest, made);
}

void ScriptedHttpServer::addBlob(const std::string& repository, const std::string& bytes) {
    on("/v2/" + repository + "/blobs/" + Digest::ofData(bytes).toString(), serveBytes(bytes));
}

std::vector<HttpRequest> ScriptedHttpServer::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

std::size_t ScriptedHttpServer::count(const std::string& path) const {
    const std::lock_guard lock(m_mutex);
    return static_cast<std::size_t>(std::count_if(m_requests.begin(), m_requests.end(),
                                                  [&](const HttpRequest& r) { return r.path == path; }));
}

std::size_t ScriptedHttpServer::connections() const {
    const std::lock_guard lock(m_mutex);
    return m_connectionCount;
}

void ScriptedHttpServer::accept() {
    while (true) {
        pollfd waits[] = {{m_listener.get(), POLLIN, 0}, {m_stop.get(), POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0)
            continue;
        if (waits[1].revents != 0)
            return;
        const int socket = ::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        const std::lock_guard lock(m_mutex);
        ++m_connectionCount;
        m_connections.emplace_back([this, socket] { serve(socket); });
    }
}

// False when the server ends or the client goes.
bool ScriptedHttpServer::sleep(std::chrono::milliseconds time, int socket) {
    pollfd waits[] = {{m_stop.get(), POLLIN, 0}, {socket, POLLRDHUP, 0}};
    return ::poll(waits, 2, static_cast<int>(time.count())) == 0;
}

void ScriptedHttpServer::serve(int socket) {
    const UniqueFd owned(socket);
    std::string buffer;
    while (true) {
        HttpRequest request;
        std::size_t end = 0;
        std::size_t bodySize = 0;
        while (true) {
            if (end == 0 && (end = buffer.find("\r\n\r\n")) != std::string::npos) {
                parseHead(buffer.substr(0, end), request);
                bodySize = std::strtoull(request.header("content-length").c_str(), nullptr, 10);
                end += 4;
            } else if (end == std::string::npos) {
                end = 0;
            }
            if ((end != 0 && buffer.size() >= end + bodySize) || buffer.size() > kLongestRequest)
                break;
            pollfd waits[] = {{socket, POLLIN, 0}, {m_stop.get(), POLLIN, 0}};
            char piece[kPiece];
            if (::poll(waits, 2, -1) <= 0 || waits[1].revents != 0)
                return;
            const ssize_t got = ::recv(socket, piece, sizeof(piece), 0);
            if (got <= 0)
                return;
            buffer.append(piece, static_cast<std::size_t>(got));
            if (buffer.front() < 'A' || buffer.front() > 'Z') // TLS
                return;
        }
        request.body = buffer.substr(end, bodySize);
        buffer.erase(0, end + bodySize);
        if (!send(socket, request, answerTo(request)))
            return;
    }
}

HttpAnswer ScriptedHttpServer::answerTo(const HttpRequest& request) {
    HttpHandler handler;
    std::function<std::optional<HttpAnswer>(const HttpRequest&)> gate;
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
        gate = m_gate;
    }
    if (gate) {
        if (auto refusal = gate(request))
            return *refusal;
    }
    {
        const std::lock_guard lock(m_mutex);
        const auto steps = m_steps.find(request.path);
        if (steps != m_steps.end() && !steps->second.empty()) {
            std::size_t& next = m_next[request.path];
            handler = steps->second.at(std::min(next++, steps->second.size() - 1));
        }
    }
    return handler ? handler(request)
                   : answer(404, R"({"errors":[{"code":"NAME_UNKNOWN","message":"not scripted"}]})");
}

// True when the connection can serve another request.
bool ScriptedHttpServer::send(int socket, const HttpRequest& request, const HttpAnswer& answer) {
    constexpr std::chrono::milliseconds kForever{-1};
    if (answer.silent)
        return sleep(kForever, socket);
    if (!answer.raw.empty()) {
        (void)sendBytes(socket, answer.raw);
        return false;
    }
    std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " " + reason(answer.status) + "\r\n";
    for (const auto& [name, value] : answer.headers)
        head += name + ": " + value + "\r\n";
    head +=
        "Content-Length: " + std::to_string(answer.claimedLength.value_or(answer.body.size())) + "\r\n\r\n";
    if (!sendBytes(socket, head))
        return false;
    if (request.method == "HEAD")
        return true;
    std::string_view body = answer.body;
    body = body.substr(0, answer.cutAfter.value_or(body.size()));
    while (!body.empty()) {
        if (answer.pause.count() > 0 && !sleep(answer.pause, socket))
            return false;
        const std::string_view piece = body.substr(0, answer.pause.count() > 0 ? kPiece : body.size());
        if (!sendBytes(socket, piece))
            return false;
        body.remove_prefix(piece.size());
    }
    if (answer.silentAfterCut)
        return sleep(kForever, socket);
    return !answer.cutAfter && !answer.closes &&
           answer.claimedLength.value_or(answer.body.size()) == answer.body.size();
}

} // namespace escale::test
