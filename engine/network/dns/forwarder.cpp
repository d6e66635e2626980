#include "engine/network/dns/forwarder.h"

#include "engine/network/dns/socket_address.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/epoll.h>
#include <sys/random.h>

namespace escale::dns {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMostWaiting = 256;
constexpr unsigned kMostOfOne = 64;
constexpr std::uint16_t kPort = 53;
// The C library asks again after five seconds: by then two servers have had their chance.
constexpr milliseconds kPatience(1500);
constexpr milliseconds kTcpPatience(4000);
constexpr milliseconds kWhole(9000);
constexpr milliseconds kRemembered(30'000); // that a server was silent
constexpr std::size_t kMostSilent = 64;
constexpr unsigned kRounds = 2;
constexpr unsigned kMostStrangers = 32; // somebody guesses: 16 bits of id, and of port

bool isNoAnswer(Rcode rcode) {
    return rcode == Rcode::ServerFailure || rcode == Rcode::Refused || rcode == Rcode::NotImplemented;
}

} // namespace

void Forwarder::ask(Request request) {
    if (isWaitingFor(request.key))
        return;
    const auto share = m_shares.find(request.asker);
    if (m_waiting.size() >= kMostWaiting || (share != m_shares.end() && share->second >= kMostOfOne)) {
        request.answer(Reply(request.question, Rcode::ServerFailure, request.longest).take());
        return;
    }
    ++m_shares[request.asker];
    orderServers(request.servers);
    auto waiting = std::make_unique<Waiting>();
    waiting->request = std::move(request);
    waiting->end = Clock::now() + kWhole;
    const Serial serial = ++m_serial;
    m_waiting.emplace(serial, std::move(waiting));
    next(serial);
}

bool Forwarder::isWaitingFor(const std::string& key) const {
    return !key.empty() && std::any_of(m_waiting.begin(), m_waiting.end(),
                                       [&](const auto& each) { return each.second->request.key == key; });
}

/// Who was silent a moment ago is asked last.
void Forwarder::orderServers(std::vector<Upstream>& servers) const {
    const auto now = Clock::now();
    std::stable_partition(servers.begin(), servers.end(), [&](const Upstream& server) {
        const auto silent = m_silent.find(server.address);
        return silent == m_silent.end() || now - silent->second > kRemembered;
    });
}

void Forwarder::next(Serial serial) {
    Waiting& waiting = *m_waiting.at(serial);
    const auto& servers = waiting.request.servers;
    const std::size_t most = servers.size() * (waiting.request.byTcp ? 1 : kRounds);
    waiting.socket.reset();
    while (waiting.attempt < most && Clock::now() < waiting.end) {
        if (begin(serial, waiting, servers[waiting.attempt++ % servers.size()]))
            return;
    }
    finish(serial, std::move(waiting.refusal));
}

/// A socket of its own for each: the kernel chooses a port by chance, and lets nobody but the server in.
bool Forwarder::begin(Serial serial, Waiting& waiting, const Upstream& server) {
    const bool byTcp = waiting.request.byTcp;
    const SocketAddress to(server.address, kPort, server.scope);
    UniqueFd socket(::socket(server.address.isV6 ? AF_INET6 : AF_INET,
                             (byTcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket || ::getrandom(&waiting.id, sizeof waiting.id, 0) != sizeof waiting.id ||
        (::connect(socket.get(), to.get(), to.size) != 0 && errno != EINPROGRESS))
        return false;
    const std::string question = forwardedQuestion(waiting.request.question, waiting.id);
    waiting.strangers = 0;
    waiting.deadline = std::min(waiting.end, Clock::now() + (byTcp ? kTcpPatience : kPatience));
    if (!byTcp) {
        if (::send(socket.get(), question.data(), question.size(), MSG_NOSIGNAL) < 0)
            return false;
        waiting.socket = WatchedFd(m_poller, std::move(socket), EPOLLIN,
                                   [this, serial](std::uint32_t) { receiveDatagrams(serial); });
        return true;
    }
    waiting.in.clear();
    waiting.out = {static_cast<char>(question.size() >> 8), static_cast<char>(question.size())};
    waiting.out += question;
    waiting.socket = WatchedFd(m_poller, std::move(socket), EPOLLOUT,
                               [this, serial](std::uint32_t events) { goOnByTcp(serial, events); });
    return true;
}

void Forwarder::receiveDatagrams(Serial serial) {
    Waiting& waiting = *m_waiting.at(serial);
    std::array<char, kLongestUdp> bytes; // NOLINT: not cleared, for each answer
    for (;;) {
        const auto size = ::recv(waiting.socket.get(), bytes.data(), bytes.size(), 0);
        if (size < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (size < 0) { // nobody listens there, or there is no way
            failed(serial);
            return;
        }
        const std::string_view reply(bytes.data(), static_cast<std::size_t>(size));
        if (isReplyTo(reply, waiting.request.question, waiting.id)) {
            take(serial, reply);
            return;
        }
        if (++waiting.strangers == kMostStrangers) {
            failed(serial);
            return;
        }
    }
}

void Forwarder::goOnByTcp(Serial serial, std::uint32_t events) {
    Waiting& waiting = *m_waiting.at(serial);
    const int socket = waiting.socket.get();
    if (!waiting.out.empty()) {
        const auto sent = ::send(socket, waiting.out.data(), waiting.out.size(), MSG_NOSIGNAL);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (sent < 0 || (events & (EPOLLERR | EPOLLHUP)) != 0) {
            failed(serial);
            return;
        }
        waiting.out.erase(0, static_cast<std::size_t>(sent));
        if (waiting.out.empty())
            m_poller.change(socket, EPOLLIN);
        return;
    }
    std::array<char, 4096> bytes; // NOLINT
    const auto size = ::recv(socket, bytes.data(), bytes.size(), 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size <= 0) {
        failed(serial);
        return;
    }
    waiting.in.append(bytes.data(), static_cast<std::size_t>(size));
    if (waiting.in.size() < 2)
        return;
    const std::size_t wanted = static_cast<std::size_t>(static_cast<std::uint8_t>(waiting.in[0])) << 8 |
                               static_cast<std::uint8_t>(waiting.in[1]);
    if (waiting.in.size() < wanted + 2)
        return;
    const std::string reply = waiting.in.substr(2, wanted);
    if (isReplyTo(reply, waiting.request.question, waiting.id))
        take(serial, reply);
    else
        failed(serial);
}

void Forwarder::take(Serial serial, std::string_view reply) {
    Waiting& waiting = *m_waiting.at(serial);
    const auto& server = waiting.request.servers[(waiting.attempt - 1) % waiting.request.servers.size()];
    m_silent.erase(server.address);
    auto answer = forwardedReply(reply, waiting.request.question, waiting.request.longest);
    if (!isNoAnswer(rcodeOf(reply))) {
        finish(serial, std::move(answer));
        return;
    }
    // Each server is asked once when it says so; a second round is for datagrams that were lost.
    waiting.refusal = std::move(answer);
    if (waiting.attempt >= waiting.request.servers.size())
        finish(serial, std::move(waiting.refusal));
    else
        next(serial);
}

void Forwarder::failed(Serial serial) {
    const Waiting& waiting = *m_waiting.at(serial);
    if (m_silent.size() >= kMostSilent)
        m_silent.clear();
    m_silent[waiting.request.servers[(waiting.attempt - 1) % waiting.request.servers.size()].address] =
        Clock::now();
    next(serial);
}

/// `reply`: empty when nobody answered.
void Forwarder::finish(Serial serial, std::string reply) {
    const auto waiting = std::move(m_waiting.at(serial));
    m_waiting.erase(serial);
    const auto share = m_shares.find(waiting->request.asker);
    if (share != m_shares.end() && --share->second == 0)
        m_shares.erase(share);
    const auto& request = waiting->request;
    if (reply.empty())
        reply = Reply(request.question, Rcode::ServerFailure, request.longest).take();
    request.answer(std::move(reply));
}

Clock::time_point Forwarder::deadline() const {
    auto first = Clock::time_point::max();
    for (const auto& [serial, waiting] : m_waiting)
        first = std::min(first, waiting->deadline);
    return first;
}

void Forwarder::expire(Clock::time_point now) {
    std::vector<Serial> late;
    for (const auto& [serial, waiting] : m_waiting) {
        if (waiting->deadline <= now)
            late.push_back(serial);
    }
    for (const Serial serial : late)
        failed(serial);
}

} // namespace escale::dns
