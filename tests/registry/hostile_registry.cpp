#include "tests/registry/hostile_registry.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace escale::test {

bool HostileRegistry::Connection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        std::array<pollfd, 2> ready{{{m_stop, POLLIN, 0}, {m_socket, POLLOUT, 0}}};
        if (::poll(ready.data(), ready.size(), -1) < 0 || ready[0].revents != 0)
            return false;
        const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(sent, 0)));
    }
    return true;
}

bool HostileRegistry::Connection::wait(std::chrono::milliseconds time) {
    std::array<pollfd, 2> ready{{{m_stop, POLLIN, 0}, {m_socket, POLLRDHUP, 0}}};
    return ::poll(ready.data(), ready.size(), static_cast<int>(time.count())) == 0;
}

HostileRegistry::HostileRegistry()
    : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    , m_stop(::eventfd(0, EFD_CLOEXEC)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (!m_listener || ::bind(m_listener.get(), generic, size) != 0 || ::listen(m_listener.get(), 64) != 0 ||
        ::getsockname(m_listener.get(), generic, &size) != 0) {
        std::perror("hostile registry");
        std::abort();
    }
    m_port = ntohs(address.sin_port);
    m_acceptor = std::jthread([this] { accept(); });
}

HostileRegistry::~HostileRegistry() {
    (void)::eventfd_write(m_stop.get(), 1);
    m_acceptor.join();
    m_threads.clear(); // joins
}

void HostileRegistry::on(const std::string& path, std::vector<Answer> answers) {
    const std::lock_guard lock(m_mutex);
    m_answers[path] = std::move(answers);
    m_counts[path] = 0;
}

std::size_t HostileRegistry::count(const std::string& path) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_counts.find(path);
    return found == m_counts.end() ? 0 : found->second;
}

std::string HostileRegistry::head(const std::string& status, const std::string& headers) {
    return "HTTP/1.1 " + status + "\r\n" + headers + "Connection: close\r\n\r\n";
}

std::string HostileRegistry::whole(std::string_view body, const std::string& headers) {
    return head("200 OK", headers + "Content-Length: " + std::to_string(body.size()) + "\r\n").append(body);
}

void HostileRegistry::accept() {
    while (true) {
        std::array<pollfd, 2> ready{{{m_stop.get(), POLLIN, 0}, {m_listener.get(), POLLIN, 0}}};
        if (::poll(ready.data(), ready.size(), -1) < 0)
            continue;
        if (ready[0].revents != 0)
            return;
        const int socket = ::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC);
        if (socket >= 0)
            m_threads.emplace_back([this, socket] { serve(socket); });
    }
}

void HostileRegistry::serve(int socket) {
    const UniqueFd owned(socket);
    Connection client(socket, m_stop.get());
    while (client.request.find("\r\n\r\n") == std::string::npos) {
        std::array<pollfd, 2> ready{{{m_stop.get(), POLLIN, 0}, {socket, POLLIN, 0}}};
        std::array<char, 4096> piece{};
        if (::poll(ready.data(), ready.size(), -1) < 0 || ready[0].revents != 0)
            return;
        const ssize_t got = ::recv(socket, piece.data(), piece.size(), 0);
        if (got <= 0)
            return;
        client.request.append(piece.data(), static_cast<std::size_t>(got));
        if (client.request.front() < 'A' || client.request.front() > 'Z') // TLS
            return;
    }
    const std::size_t from = client.request.find(' ') + 1;
    const std::string path = client.request.substr(from, client.request.find_first_of(" ?", from) - from);
    Answer answer;
    {
        const std::lock_guard lock(m_mutex);
        const std::size_t number = m_counts[path]++;
        const auto found = m_answers.find(path);
        if (found != m_answers.end() && !found->second.empty())
            answer = found->second.at(std::min(number, found->second.size() - 1));
    }
    if (answer)
        answer(client);
    else
        client.send(head("404 Not Found", "Content-Length: 0\r\n"));
    // All that was sent shall arrive, though something of the client's may lie here unread.
    ::shutdown(socket, SHUT_WR);
}

} // namespace escale::test
