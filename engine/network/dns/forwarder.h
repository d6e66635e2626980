// Asks other name servers, one after the other, until one answers. Bounded: in all, for each who asks, in
// time and in what it reads.
#pragma once

#include "engine/network/dns/message.h"
#include "engine/network/dns/name_table.h"
#include "engine/network/dns/poller.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace escale::dns {

using Clock = std::chrono::steady_clock;

class Forwarder {
public:
    struct Request {
        Question question;
        std::vector<Upstream> servers; // not empty
        IpAddress asker;
        std::string key; // who asks what, of a datagram: a repetition waits for the same answer; or empty
        bool byTcp = false;
        std::size_t longest = kShortestLimit;    // bytes of the answer
        std::function<void(std::string)> answer; // called once, perhaps before ask() returns
    };

    explicit Forwarder(Poller& poller)
        : m_poller(poller) {}
    void ask(Request request);
    /// When expire() has something to do next; max() when nobody waits.
    [[nodiscard]] Clock::time_point deadline() const;
    void expire(Clock::time_point now);

private:
    struct Waiting {
        Request request;
        std::size_t attempt = 0;
        std::uint16_t id = 0;
        unsigned strangers = 0; // datagrams that were no answer
        WatchedFd socket;
        std::string out; // by TCP: what is still to be sent
        std::string in;
        std::string refusal; // what a server said that does not know
        Clock::time_point deadline;
        Clock::time_point end;
    };
    using Serial = std::uint64_t;

    [[nodiscard]] bool isWaitingFor(const std::string& key) const;
    void orderServers(std::vector<Upstream>& servers) const;
    void next(Serial serial);
    bool begin(Serial serial, Waiting& waiting, const Upstream& server);
    void receiveDatagrams(Serial serial);
    void goOnByTcp(Serial serial, std::uint32_t events);
    void take(Serial serial, std::string_view reply);
    void failed(Serial serial);
    void finish(Serial serial, std::string reply);

    Poller& m_poller;
    Serial m_serial = 0;
    std::map<Serial, std::unique_ptr<Waiting>> m_waiting;
    std::map<IpAddress, unsigned> m_shares;          // how many of these each asker has
    std::map<IpAddress, Clock::time_point> m_silent; // servers that did not answer, and when
};

} // namespace escale::dns
