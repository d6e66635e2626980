#include "helper/docker-api/http/server.h"

#include "engine/base/cancellation.h"
#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/base/thread.h"
#include "helper/docker-api/http/connection.h"
#include "helper/docker-api/http/exchange.h"

#include <boost/beast/http/read.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace escale::docker_api {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kLongestHead = 64 * 1024;
constexpr std::size_t kLongestLeftBody = 1u << 20; // that is read to keep a connection; else it is closed

// Nobody but this user reaches the folder, but for those that the socket itself was given to: containers of
// theirs, whose root is another user id.
bool isGuest(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != ::getuid();
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return result;
}

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

Request requestOf(const Connection::Parser& parser, bool guest) {
    Request request;
    const auto& head = parser.get();
    request.method = view(head.method_string());
    const std::string_view target = view(head.target());
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question); // decoded by whoever takes it apart
    if (question < target.size())
        request.query = Query::parse(target.substr(question + 1));
    for (const auto& field : head)
        request.headers.emplace_back(lowered(view(field.name_string())), view(field.value()));
    request.isGuest = guest;
    return request;
}

// Where nobody else reaches the folder, the socket itself lets everybody in: root of a container that it was given to
// is another user here.
mode_t modeFor(const std::string& path) {
    struct stat folder {};
    const bool isOurs = ::stat(path.substr(0, path.rfind('/')).c_str(), &folder) == 0 &&
                        folder.st_uid == ::getuid() && (folder.st_mode & 0077U) == 0;
    return isOurs ? 0666 : 0600;
}

void refuse(ClientStream& stream, std::string_view status, std::string_view message) {
    const std::string body = "{\"message\":\"" + std::string(message) + "\"}\n";
    const std::string answer = "HTTP/1.1 " + std::string(status) +
                               "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
                               std::to_string(body.size()) + "\r\n\r\n" + body;
    error_code error;
    stream.write_some(boost::asio::const_buffer(answer.data(), answer.size()), error);
}

} // namespace

struct Server::State {
    UniqueFd socket;
    Handler handler;
    ServerLimits limits;
    Cancellation stop;
    std::thread accepting;
    mutable std::mutex mutex;
    std::condition_variable changed;
    unsigned connections = 0;
    Clock::time_point lastSeen = Clock::now();

    void accept(const std::shared_ptr<State>& self);
    void serve(UniqueFd client);
    bool readHead(Connection& connection) const;
    static bool skipBody(Connection& connection);
    void leave();
};

// Until the socket closes or the server stops.
void Server::State::accept(const std::shared_ptr<State>& self) {
    for (;;) {
        std::array<pollfd, 2> files{pollfd{socket.get(), POLLIN, 0}, pollfd{stop.fd(), POLLIN, 0}};
        if (::poll(files.data(), files.size(), -1) < 0 && errno != EINTR)
            return logError("cannot wait for clients: " + systemError("poll").message);
        if (files[1].revents != 0)
            return;
        UniqueFd client(::accept4(socket.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!client) {
            if (errno == EMFILE || errno == ENFILE || errno == ENOMEM)
                ::poll(&files[1], 1, 100); // until somebody has gone
            continue;
        }
        {
            const std::lock_guard lock(mutex);
            if (connections >= limits.connections) {
                ClientStream stream(std::move(client), stop.fd());
                stream.setDeadline(Clock::now());
                refuse(stream, "503 Service Unavailable", "too many clients are connected");
                continue;
            }
            ++connections;
        }
        auto shared = std::make_shared<UniqueFd>(std::move(client));
        if (auto thread = startThread([self, shared] {
                self->serve(std::move(*shared));
                self->leave();
            }))
            thread->detach();
        else
            leave();
    }
}

void Server::State::leave() {
    const std::lock_guard lock(mutex);
    --connections;
    lastSeen = Clock::now();
    changed.notify_all();
}

// The next request's head; false when there is none. What is no HTTP is refused.
bool Server::State::readHead(Connection& connection) const {
    connection.parser.emplace();
    auto& parser = *connection.parser;
    parser.header_limit(kLongestHead);
    parser.body_limit(boost::none);
    parser.eager(false);
    error_code error;
    if (connection.buffer.size() == 0) {
        connection.stream.setDeadline(Clock::now() + limits.idle);
        const auto room = connection.buffer.prepare(4096);
        const std::size_t size = connection.stream.read_some(room, error);
        connection.buffer.commit(size);
        if (error)
            return false;
    }
    connection.stream.setDeadline(Clock::now() + limits.head);
    http::read_header(connection.stream, connection.buffer, parser, error);
    if (error == boost::asio::error::timed_out) {
        refuse(connection.stream, "408 Request Timeout", "the request's head did not come");
        return false;
    }
    connection.stream.setDeadline({});
    if (error && error != http::error::end_of_stream && error != boost::asio::error::operation_aborted)
        refuse(connection.stream, "400 Bad Request", "this is no HTTP request");
    if (error)
        return false;
    connection.keepsAlive = parser.get().keep_alive();
    connection.mustContinue = view(parser.get()[http::field::expect]) == "100-continue";
    return true;
}

// So that the next request can be read. False: it is too long for that.
bool Server::State::skipBody(Connection& connection) {
    if (connection.mustContinue)
        return connection.parser->is_done(); // the body does not come
    std::vector<char> piece(64 * 1024);
    std::size_t skipped = 0;
    while (!connection.parser->is_done() && skipped <= kLongestLeftBody) {
        auto& body = connection.parser->get().body();
        body.data = piece.data();
        body.size = piece.size();
        error_code error;
        http::read_some(connection.stream, connection.buffer, *connection.parser, error);
        if (error && error != http::error::need_buffer)
            return false;
        skipped += piece.size() - body.size;
    }
    return connection.parser->is_done();
}

void Server::State::serve(UniqueFd client) {
    const bool guest = isGuest(client.get());
    Connection connection(std::move(client), stop.fd());
    while (readHead(connection)) {
        {
            Exchange exchange(connection, requestOf(*connection.parser, guest));
            handler(exchange);
        }
        if (!connection.keepsAlive || !skipBody(connection))
            return;
    }
}

Server::Server(std::shared_ptr<State> state)
    : m_state(std::move(state)) {}

Result<std::unique_ptr<Server>> Server::start(UniqueFd socket, Handler handler, ServerLimits limits) {
    auto state = std::make_shared<State>();
    state->socket = std::move(socket);
    state->handler = std::move(handler);
    state->limits = limits;
    TRY_ASSIGN(state->accepting, startThread([state] { state->accept(state); }));
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::~Server() {
    m_state->stop.cancel();
    m_state->accepting.join();
    std::unique_lock lock(m_state->mutex);
    m_state->changed.wait(lock, [this] { return m_state->connections == 0; });
}

unsigned Server::connections() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->connections;
}

std::chrono::seconds Server::idleFor() const {
    const std::lock_guard lock(m_state->mutex);
    if (m_state->connections > 0)
        return std::chrono::seconds(0);
    return std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - m_state->lastSeen);
}

Result<UniqueFd> listenAt(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return fail(ErrorCode::InvalidArgument, "the socket's path is longer than a socket's may be: " + path);
    path.copy(&address.sun_path[0], path.size());
    const auto* const name = reinterpret_cast<const sockaddr*>(&address); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast): bind(2)
    TRY(makeDirectories(path.substr(0, path.rfind('/')), 0700));
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket)
        return failErrno("cannot make a socket");
    const UniqueFd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(probe.get(), name, sizeof address) == 0)
        return fail(ErrorCode::InUse, "somebody answers at " + path + " already");
    ::unlink(path.c_str());
    if (::bind(socket.get(), name, sizeof address) != 0 || ::chmod(path.c_str(), modeFor(path)) != 0)
        return failErrno("cannot listen at " + path);
    if (::listen(socket.get(), 1024) != 0)
        return failErrno("cannot listen at " + path);
    return socket;
}

} // namespace escale::docker_api
