// Questions by TCP (RFC 7766): bounded in number, for each source too, in size and in time. One question of a
// connection is answered at a time; the next ones wait in the kernel.
#pragma once

#include "engine/network/dns/forwarder.h"

namespace escale::dns {

class TcpClients {
public:
    using Serial = std::uint64_t;
    /// A question has come; answer() is to be called for it once, in this call or later.
    using Asked = std::function<void(Serial client, std::string_view question, const IpAddress& source,
                                     const IpAddress& gateway)>;

    TcpClients(Poller& poller, Asked asked)
        : m_poller(poller)
        , m_asked(std::move(asked)) {}
    /// Takes what waits at a listening socket.
    void accept(int listening, const IpAddress& gateway);
    /// Nothing when the client has gone meanwhile. Empty: there is no answer, and the connection ends.
    void answer(Serial client, const std::string& reply);
    [[nodiscard]] Clock::time_point deadline() const;
    void expire(Clock::time_point now);

private:
    struct Client {
        IpAddress source;
        IpAddress gateway;
        WatchedFd socket;
        std::string in;
        std::string out;
        Clock::time_point deadline;
    };

    void ready(Serial serial, std::uint32_t events);
    void receive(Serial serial);
    void askNext(Serial serial);
    void send(Serial serial);
    [[nodiscard]] std::size_t countOf(const IpAddress& source) const;

    Poller& m_poller;
    Asked m_asked;
    Serial m_serial = 0;
    std::map<Serial, Client> m_clients;
};

} // namespace escale::dns
