// The name server's process, once it is confined: sockets at the gateways, their questions, and the helper's
// connection.
#pragma once

#include "engine/base/message_channel.h"
#include "engine/network/dns/answers.h"
#include "engine/network/dns/tcp_clients.h"

#include <map>
#include <memory>
#include <string>

namespace escale::dns {

class Server {
public:
    /// `control` is listened at already.
    Server(Poller& poller, UniqueFd control);
    /// Until the process is ended.
    [[noreturn]] void run();

private:
    struct Listener {
        IpAddress gateway;
        bool isTcp = false;
        UniqueFd waiting; // until the table with its gateway is there
        WatchedFd socket;
    };
    using Listeners = std::map<std::string, std::shared_ptr<Listener>>; // by socketName()

    void acceptHelper();
    void hear();
    Result<void> hearOne();
    Result<void> takeSockets(Message& message);
    Result<void> takeTable(Message& message);
    void watch(const std::shared_ptr<Listener>& listener);
    void receive(const std::shared_ptr<Listener>& listener);
    void answerDatagram(const std::shared_ptr<Listener>& listener, std::string_view bytes,
                        const struct SocketAddress& from);
    void answerTcp(TcpClients::Serial client, std::string_view bytes, const IpAddress& source,
                   const IpAddress& gateway);

    Poller& m_poller;
    Answers m_answers;
    Forwarder m_forwarder;
    TcpClients m_tcp;
    Listeners m_listeners;
    WatchedFd m_control;
    std::unique_ptr<MessageChannel> m_helper;
};

} // namespace escale::dns
