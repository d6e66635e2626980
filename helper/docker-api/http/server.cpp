#include "helper/docker-api/http/server.h"

#include "engine/base/cancellation.h"
#include "engine/base/log.h"
#include "engine/base/thread.h"
#include "helper/docker-api/http/exchange.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

namespace escale::docker_api {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kStack = 512 * 1024;

} // namespace

struct Server::State {
    UniqueFd socket;
    RequestHandler handler;
    ServerLimits limits;
    Cancellation stop;
    std::thread accepting;
    mutable std::mutex mutex;
    std::condition_variable changed;
    bool isClosed = false;
    unsigned connections = 0, guests = 0;
    Clock::time_point lastSeen = Clock::now();

    void accept(const std::shared_ptr<State>& self);
    UniqueFd next();
    void begin(UniqueFd client, const std::shared_ptr<State>& self);
    bool enter(bool guest);
    void leave(bool guest);
};

// Until the server stops.
void Server::State::accept(const std::shared_ptr<State>& self) {
    for (;;) {
        std::array<pollfd, 2> files{pollfd{socket.get(), POLLIN, 0}, pollfd{stop.fd(), POLLIN, 0}};
        if (::poll(files.data(), files.size(), -1) < 0 && errno != EINTR)
            return logError("cannot wait for clients: " + systemError("poll").message);
        if (files[1].revents != 0)
            return;
        UniqueFd client = next();
        if (!client) {
            ::poll(&files[1], 1, 100); // no room for another descriptor: until somebody has gone
            continue;
        }
        try {
            begin(std::move(client), self);
        } catch (const std::exception& error) { // no memory: this client goes, the others stay
            logError("a client could not be served: " + std::string(error.what()));
        }
    }
}

// None: nobody waits any more, nobody may come any more, or there is no room.
UniqueFd Server::State::next() {
    const std::lock_guard lock(mutex);
    if (isClosed)
        return {};
    UniqueFd client(::accept4(socket.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (client)
        lastSeen = Clock::now();
    return client;
}

void Server::State::begin(UniqueFd client, const std::shared_ptr<State>& self) {
    const bool guest = isGuest(client.get());
    auto shared = std::make_shared<UniqueFd>(std::move(client));
    if (!enter(guest))
        return refuseConnection(std::move(*shared), 503, "too many clients are connected");
    auto thread = startThread([self, shared, guest] {
        serveConnection(std::move(*shared), self->stop.fd(), self->handler, self->limits.connection);
        self->leave(guest);
    });
    if (thread)
        return thread->detach();
    leave(guest);
    refuseConnection(std::move(*shared), 503, "there is no room for another thread");
}

bool Server::State::enter(bool guest) {
    const std::lock_guard lock(mutex);
    if (connections >= limits.connections || (guest && guests >= limits.guests))
        return false;
    ++connections;
    guests += guest ? 1 : 0;
    return true;
}

void Server::State::leave(bool guest) {
    const std::lock_guard lock(mutex);
    --connections;
    guests -= guest ? 1 : 0;
    lastSeen = Clock::now();
    changed.notify_all();
}

Server::Server(std::shared_ptr<State> state)
    : m_state(std::move(state)) {}

Result<std::unique_ptr<Server>> Server::start(UniqueFd socket, RequestHandler handler, ServerLimits limits) {
    auto state = std::make_shared<State>();
    state->socket = std::move(socket);
    state->handler = std::move(handler);
    state->limits = limits;
    TRY_ASSIGN(state->accepting, startThread([state] { state->accept(state); }));
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::~Server() {
    m_state->stop.cancel();
    if (m_state->accepting.joinable())
        m_state->accepting.join();
    std::unique_lock lock(m_state->mutex);
    m_state->changed.wait(lock, [this] { return m_state->connections == 0; });
}

unsigned Server::connections() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->connections;
}

bool Server::closeWhenIdle(std::chrono::seconds time) {
    const std::lock_guard lock(m_state->mutex);
    if (m_state->connections == 0 && Clock::now() - m_state->lastSeen >= time)
        m_state->isClosed = true;
    return m_state->isClosed;
}

bool Server::stop(std::chrono::milliseconds patience) {
    m_state->stop.cancel();
    m_state->accepting.join();
    std::unique_lock lock(m_state->mutex);
    return m_state->changed.wait_for(lock, patience, [this] { return m_state->connections == 0; });
}

void useSmallStacks() {
    pthread_attr_t attributes{};
    if (::pthread_attr_init(&attributes) != 0)
        return;
    // Refused where a stack must be larger: then it is as large as ever.
    if (::pthread_attr_setstacksize(&attributes, kStack) == 0)
        ::pthread_setattr_default_np(&attributes);
    ::pthread_attr_destroy(&attributes);
}

} // namespace escale::docker_api
