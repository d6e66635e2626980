#include "engine/network/dns/tcp_clients.h"

#include "engine/network/dns/socket_address.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/epoll.h>

namespace escale::dns {
namespace {

constexpr std::size_t kMostClients = 128;
constexpr std::size_t kMostOfOne = 16;
constexpr std::size_t kLongestQuestion = 1024;
constexpr std::chrono::seconds kPatience(10); // longer than any answer takes

std::size_t lengthAt(const std::string& bytes) {
    return static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[0])) << 8 |
           static_cast<std::uint8_t>(bytes[1]);
}

} // namespace

void TcpClients::accept(int listening, const IpAddress& gateway) {
    SocketAddress from;
    UniqueFd socket(::accept4(listening, from.get(), &from.size, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket || m_clients.size() >= kMostClients || countOf(from.address()) >= kMostOfOne)
        return; // closed
    const Serial serial = ++m_serial;
    Client& client = m_clients[serial];
    client.source = from.address();
    client.gateway = gateway;
    client.deadline = Clock::now() + kPatience;
    client.socket = WatchedFd(m_poller, std::move(socket), EPOLLIN,
                              [this, serial](std::uint32_t events) { ready(serial, events); });
}

std::size_t TcpClients::countOf(const IpAddress& source) const {
    return static_cast<std::size_t>(std::count_if(
        m_clients.begin(), m_clients.end(), [&](const auto& each) { return each.second.source == source; }));
}

void TcpClients::ready(Serial serial, std::uint32_t events) {
    if ((events & (EPOLLERR | EPOLLHUP)) != 0)
        m_clients.erase(serial);
    else if ((events & EPOLLOUT) != 0)
        send(serial);
    else
        receive(serial);
}

void TcpClients::receive(Serial serial) {
    Client& client = m_clients.at(serial);
    std::array<char, kLongestQuestion> bytes; // NOLINT
    const auto size = ::recv(client.socket.get(), bytes.data(), bytes.size(), 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size <= 0) {
        m_clients.erase(serial);
        return;
    }
    client.in.append(bytes.data(), static_cast<std::size_t>(size));
    askNext(serial);
}

void TcpClients::askNext(Serial serial) {
    Client& client = m_clients.at(serial);
    if (client.in.size() < 2)
        return;
    const std::size_t length = lengthAt(client.in);
    if (length > kLongestQuestion) {
        m_clients.erase(serial);
        return;
    }
    if (client.in.size() < length + 2)
        return;
    const std::string question = client.in.substr(2, length);
    client.in.erase(0, length + 2);
    client.deadline = Clock::now() + kPatience;
    m_poller.change(client.socket.get(), 0); // the next question waits
    const auto source = client.source;
    const auto gateway = client.gateway;
    m_asked(serial, question, source, gateway);
}

void TcpClients::answer(Serial serial, const std::string& reply) {
    const auto found = m_clients.find(serial);
    if (found == m_clients.end())
        return;
    Client& client = found->second;
    if (reply.empty() || reply.size() > kLongestTcp) {
        m_clients.erase(found);
        return;
    }
    client.out = {static_cast<char>(reply.size() >> 8), static_cast<char>(reply.size())};
    client.out += reply;
    client.deadline = Clock::now() + kPatience;
    // Sent from the loop: a client with many questions at once would else be answered from within itself.
    m_poller.change(client.socket.get(), EPOLLOUT);
}

void TcpClients::send(Serial serial) {
    Client& client = m_clients.at(serial);
    const auto sent = ::send(client.socket.get(), client.out.data(), client.out.size(), MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (sent < 0) {
        m_clients.erase(serial);
        return;
    }
    client.out.erase(0, static_cast<std::size_t>(sent));
    if (!client.out.empty())
        return;
    m_poller.change(client.socket.get(), EPOLLIN);
    askNext(serial);
}

Clock::time_point TcpClients::deadline() const {
    auto first = Clock::time_point::max();
    for (const auto& [serial, client] : m_clients)
        first = std::min(first, client.deadline);
    return first;
}

void TcpClients::expire(Clock::time_point now) {
    std::erase_if(m_clients, [now](const auto& each) { return each.second.deadline <= now; });
}

} // namespace escale::dns
