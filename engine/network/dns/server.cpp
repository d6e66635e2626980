#include "engine/network/dns/server.h"

#include "engine/base/file.h"
#include "engine/network/dns/control.h"
#include "engine/network/dns/socket_address.h"

#include <algorithm>
#include <array>
#include <sys/epoll.h>

namespace escale::dns {
namespace {

constexpr int kAtOnce = 64; // datagrams of one network, before another one's turn

template <class Kind>
MessageWriter message(Kind kind) {
    return MessageWriter(static_cast<std::uint32_t>(kind));
}

} // namespace

Server::Server(Poller& poller, UniqueFd control)
    : m_poller(poller)
    , m_forwarder(poller)
    , m_tcp(poller, [this](auto client, auto bytes, const auto& source, const auto& gateway) {
        answerTcp(client, bytes, source, gateway);
    }) {
    m_control = WatchedFd(poller, std::move(control), EPOLLIN, [this](std::uint32_t) { acceptHelper(); });
}

void Server::run() {
    for (;;) {
        const auto deadline = std::min(m_forwarder.deadline(), m_tcp.deadline());
        int time = -1;
        if (deadline != Clock::time_point::max())
            time = static_cast<int>(std::max<std::int64_t>(
                0, std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count()));
        m_poller.wait(time);
        if (deadline != Clock::time_point::max()) {
            const auto now = Clock::now();
            m_forwarder.expire(now);
            m_tcp.expire(now);
        }
    }
}

/// A new helper takes the place of one that hangs.
void Server::acceptHelper() {
    UniqueFd socket(::accept4(m_control.get(), nullptr, nullptr, SOCK_CLOEXEC));
    ucred peer{};
    socklen_t size = sizeof peer;
    if (!socket || ::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != 0)
        return;
    if (m_helper)
        m_poller.forget(m_helper->fd());
    m_helper = std::make_unique<MessageChannel>(std::move(socket));
    std::vector<std::string> names;
    for (const auto& [name, listener] : m_listeners)
        names.push_back(name);
    if (m_helper->send(message(Control::Hello).number(kProtocol).texts(names)))
        m_poller.watch(m_helper->fd(), EPOLLIN, [this](std::uint32_t) { hear(); });
    else
        m_helper.reset();
}

void Server::hear() {
    const auto heard = hearOne();
    if (heard)
        return;
    if (heard.error().code != ErrorCode::Unreachable)
        (void)m_helper->send(message(Control::Refused).text(heard.error().message));
    m_poller.forget(m_helper->fd());
    m_helper.reset();
    // Sockets for a table that did not come.
    std::erase_if(m_listeners, [](const auto& each) { return !each.second->socket; });
}

Result<void> Server::hearOne() {
    TRY_ASSIGN(auto received, m_helper->receive());
    switch (static_cast<Control>(received.kind())) {
    case Control::Sockets:
        return takeSockets(received);
    case Control::Serve:
        return takeTable(received);
    default:
        return fail(ErrorCode::Untrusted, "no message for the name server");
    }
}

Result<void> Server::takeSockets(Message& received) {
    TRY_ASSIGN(const auto names, received.texts(kSocketsAtOnce));
    for (const auto& name : names) {
        auto listener = std::make_shared<Listener>();
        TRY_ASSIGN(listener->waiting, received.fd());
        listener->isTcp = name.starts_with("tcp ");
        TRY_ASSIGN(listener->gateway,
                   IpAddress::parse(std::string_view(name).substr(std::min<std::size_t>(4, name.size()))));
        m_listeners[name] = std::move(listener);
    }
    return received.end();
}

Result<void> Server::takeTable(Message& received) {
    TRY_ASSIGN(const UniqueFd file, received.fd());
    TRY(received.end());
    TRY_ASSIGN(std::string bytes, readFd(file.get(), kLongestTable));
    TRY_ASSIGN(NameTable table, NameTable::read(std::move(bytes)));
    m_answers.setTable(std::move(table));
    std::erase_if(m_listeners, [this](const auto& each) {
        return !m_answers.table().networkOfGateway(each.second->gateway);
    });
    for (const auto& [name, listener] : m_listeners) {
        if (listener->waiting)
            watch(listener);
    }
    return m_helper->send(message(Control::Served));
}

void Server::watch(const std::shared_ptr<Listener>& listener) {
    const std::weak_ptr<Listener> weak = listener;
    listener->socket =
        WatchedFd(m_poller, std::move(listener->waiting), EPOLLIN, [this, weak](std::uint32_t) {
            const auto ready = weak.lock();
            if (ready && ready->isTcp)
                m_tcp.accept(ready->socket.get(), ready->gateway);
            else if (ready)
                receive(ready);
        });
}

void Server::receive(const std::shared_ptr<Listener>& listener) {
    std::array<char, kLongestUdp> bytes; // NOLINT: not cleared, for each question
    for (int i = 0; i < kAtOnce; ++i) {
        SocketAddress from;
        const auto size = ::recvfrom(listener->socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT,
                                     from.get(), &from.size);
        if (size < 0)
            return;
        answerDatagram(listener, {bytes.data(), static_cast<std::size_t>(size)}, from);
    }
}

void Server::answerDatagram(const std::shared_ptr<Listener>& listener, std::string_view bytes,
                            const SocketAddress& from) {
    auto decision = m_answers.decide(bytes, from.address(), listener->gateway, false);
    // When there is no room it is lost, as datagrams are; nobody waits for anybody here.
    const auto send = [](const Listener& by, const SocketAddress& to, const std::string& reply) {
        ::sendto(by.socket.get(), reply.data(), reply.size(), MSG_DONTWAIT | MSG_NOSIGNAL, to.get(), to.size);
    };
    if (!decision.reply.empty())
        send(*listener, from, decision.reply);
    if (decision.servers.empty())
        return;
    Forwarder::Request request;
    request.longest = decision.question.udpLimit();
    request.key = from.key();
    request.key += bytes.substr(0, 12 + decision.question.wire.size() + 4); // its number, and what is asked
    request.question = std::move(decision.question);
    request.servers = std::move(decision.servers);
    request.asker = from.address();
    request.answer = [weak = std::weak_ptr<Listener>(listener), from, send](const std::string& reply) {
        if (const auto still = weak.lock())
            send(*still, from, reply);
    };
    m_forwarder.ask(std::move(request));
}

void Server::answerTcp(TcpClients::Serial client, std::string_view bytes, const IpAddress& source,
                       const IpAddress& gateway) {
    auto decision = m_answers.decide(bytes, source, gateway, true);
    if (decision.servers.empty()) {
        m_tcp.answer(client, decision.reply);
        return;
    }
    Forwarder::Request request;
    request.question = std::move(decision.question);
    request.servers = std::move(decision.servers);
    request.asker = source;
    request.byTcp = true;
    request.longest = kLongestTcp;
    request.answer = [this, client](const std::string& reply) { m_tcp.answer(client, reply); };
    m_forwarder.ask(std::move(request));
}

} // namespace escale::dns
