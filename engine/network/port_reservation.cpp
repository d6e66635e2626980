#include "engine/network/port_reservation.h"

#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/network/port_holder.h"

#include <linux/filter.h>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/random.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <sstream>

namespace escale {
namespace {

struct LocalRange {
    unsigned first = 32768;
    unsigned last = 60999;
};

LocalRange localPortRange() {
    LocalRange range;
    if (auto text = readFile("/proc/sys/net/ipv4/ip_local_port_range"))
        std::istringstream(*text) >> range.first >> range.last;
    return range;
}

unsigned randomBelow(unsigned bound) {
    std::uint32_t bits = 0;
    (void)!::getrandom(&bits, sizeof bits, 0);
    return bits % bound;
}

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
};

SocketAddress socketAddress(const PublishedPort& port) {
    SocketAddress result;
    if (port.containerIp.isV6) {
        sockaddr_in6 address{.sin6_family = AF_INET6, .sin6_port = htons(port.hostPort)};
        if (port.hostIp)
            std::memcpy(&address.sin6_addr, port.hostIp->bytes().data(), 16);
        std::memcpy(&result.storage, &address, sizeof address);
        result.size = sizeof address;
    } else {
        sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(port.hostPort)};
        if (port.hostIp)
            std::memcpy(&address.sin_addr, port.hostIp->bytes().data(), 4);
        std::memcpy(&result.storage, &address, sizeof address);
        result.size = sizeof address;
    }
    return result;
}

Result<UniqueFd> openSocket(const PublishedPort& port) {
    const int kind = port.protocol == Protocol::Udp ? SOCK_DGRAM : SOCK_STREAM;
    const int protocol = port.protocol == Protocol::Sctp ? IPPROTO_SCTP : 0;
    UniqueFd socket(::socket(port.containerIp.isV6 ? AF_INET6 : AF_INET, kind | SOCK_CLOEXEC, protocol));
    if (!socket) {
        if (port.protocol == Protocol::Sctp && (errno == EPROTONOSUPPORT || errno == ESOCKTNOSUPPORT))
            return UniqueFd(); // then no program can have such a port, either
        return failErrno("cannot reserve the port " + toWords(port));
    }
    const int on = 1;
    if (port.containerIp.isV6)
        ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (port.protocol == Protocol::Udp) {
        // Packets that come while the rules are not there would be kept for nobody to read.
        sock_filter nothing{BPF_RET | BPF_K, 0, 0, 0};
        const sock_fprog filter{1, &nothing};
        ::setsockopt(socket.get(), SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
    }
    return socket;
}

bool bindTo(int socket, const PublishedPort& port) {
    const SocketAddress address = socketAddress(port);
    return ::bind(socket, reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0;
}

/// Connections that a server has left behind do not keep its successor from the port. The option is taken
/// back at once: a program that binds with it would find the port free, though not to listen on.
bool bindOverRemains(int socket, const PublishedPort& port) {
    int reuse = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    const bool bound = bindTo(socket, port);
    const int error = errno;
    reuse = 0;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    errno = error;
    return bound;
}

Error taken(const PublishedPort& port, const std::string& holder) {
    return Error{ErrorCode::InUse,
                 "the port " + toWords(port) + " cannot be published: " + holder + " has it",
                 "End that program, or publish another port of this machine.",
                 {}};
}

void tell(MadeNow& step, const PublishedPort& port) {
    const char* const all = port.containerIp.isV6 ? "::" : "0.0.0.0";
    step.done("port-reserve", {{"address", port.hostIp ? port.hostIp->toString() : all},
                               {"port", std::to_string(port.hostPort)},
                               {"protocol", std::string(protocolName(port.protocol))}});
}

/// `isChosen`: the number is ours to choose, and nobody asks who has this one.
Result<UniqueFd> bindSocket(const PublishedPort& port, bool isChosen) {
    TRY_ASSIGN(UniqueFd socket, openSocket(port));
    if (!socket || bindTo(socket.get(), port))
        return socket;
    if (errno == EADDRNOTAVAIL)
        return fail(ErrorCode::InvalidArgument,
                    "the port " + toWords(port) + " cannot be published: this machine has no address " +
                        (port.hostIp ? port.hostIp->toString() : std::string("of that family")),
                    "Use one of this machine's addresses (ip address), or none for all of them.");
    if (errno != EADDRINUSE)
        return failErrno("cannot reserve the port " + toWords(port));
    if (isChosen)
        return fail(taken(port, "another program"));
    TRY_ASSIGN(const auto holders, findPortHolders(port));
    if (!holders.empty())
        return fail(taken(port, holders.front().toString()));
    if (port.protocol == Protocol::Tcp && bindOverRemains(socket.get(), port))
        return socket;
    return fail(taken(port, "another program"));
}

} // namespace

Result<void> PortReservations::checkOwnTable(const std::string& owner, const PublishedPort& port) const {
    for (const auto& [other, held] : m_held) {
        if (other == owner)
            continue;
        const auto inTheWay = [&](const Reserved& reserved) { return overlaps(reserved.port, port); };
        if (std::any_of(held.begin(), held.end(), inTheWay))
            return fail(taken(port, "the container " + other));
    }
    return {};
}

Result<void> PortReservations::take(const std::string& owner, const PublishedPort& port, const Held& kept,
                                    Held& taken, bool isChosen) const {
    const auto inTheWay = [&](const Reserved& reserved) { return overlaps(reserved.port, port); };
    if (std::any_of(taken.begin(), taken.end(), inTheWay))
        return fail(ErrorCode::InUse, "the port " + toWords(port) + " is asked for twice");
    const auto same = [&](const Reserved& reserved) {
        return overlaps(reserved.port, port) && reserved.port.hostIp == port.hostIp;
    };
    if (const auto mine = std::find_if(kept.begin(), kept.end(), same); mine != kept.end()) {
        // A second descriptor of the same socket: whichever of the two lists goes, the port stays.
        UniqueFd socket(mine->socket ? ::fcntl(mine->socket.get(), F_DUPFD_CLOEXEC, 0) : -1);
        if (mine->socket && !socket)
            return failErrno("cannot keep the port " + toWords(port));
        taken.push_back({port, std::move(socket)});
        return {};
    }
    TRY(checkOwnTable(owner, port));
    TRY_ASSIGN(UniqueFd socket, bindSocket(port, isChosen));
    taken.push_back({port, std::move(socket)});
    return {};
}

namespace {

// Two that want the same of this machine cannot have one number.
bool overlapsOne(const PublishedPort& port, const std::vector<PublishedPort*>& group) {
    return std::any_of(group.begin(), group.end(), [&](const auto* other) {
        PublishedPort same = *other;
        same.hostPort = port.hostPort;
        return overlaps(port, same);
    });
}

} // namespace

Result<void> PortReservations::takeAny(const std::string& owner, std::vector<PublishedPort*> group,
                                       const Held& kept, Held& taken) const {
    const LocalRange range = localPortRange();
    const unsigned count = range.last - range.first + 1;
    const unsigned start = randomBelow(count);
    Result<void> outcome;
    for (unsigned i = 0; i < count; ++i) {
        const std::size_t before = taken.size();
        outcome = {};
        for (auto* port : group) {
            port->hostPort = static_cast<std::uint16_t>(range.first + (start + i) % count);
            if (outcome)
                outcome = take(owner, *port, kept, taken, true);
        }
        if (outcome || outcome.error().code != ErrorCode::InUse)
            return outcome;
        taken.resize(before);
    }
    return fail(ErrorCode::InUse, "no port of this machine is free from " + std::to_string(range.first) +
                                      " to " + std::to_string(range.last) +
                                      " (net.ipv4.ip_local_port_range)");
}

Result<std::vector<PublishedPort>> PortReservations::reserve(const std::string& owner,
                                                             std::vector<PublishedPort> ports) {
    const std::lock_guard lock(m_mutex);
    static const Held nothing;
    const auto found = m_held.find(owner);
    const Held& kept = found != m_held.end() ? found->second : nothing;
    Held taken;
    for (std::size_t i = 0; i < ports.size();) {
        MadeNow step;
        if (ports[i].hostPort != 0) {
            TRY(take(owner, ports[i], kept, taken, false));
            tell(step, ports[i++]);
            continue;
        }
        std::vector<PublishedPort*> group;
        do
            group.push_back(&ports[i++]);
        while (i < ports.size() && ports[i].hostPort == 0 && ports[i].protocol == group[0]->protocol &&
               ports[i].containerPort == group[0]->containerPort && !overlapsOne(ports[i], group));
        TRY(takeAny(owner, group, kept, taken));
        for (const auto* port : group) { // one search for all of them
            tell(step, *port);
            step = MadeNow();
        }
    }
    if (taken.empty())
        m_held.erase(owner);
    else
        m_held[owner] = std::move(taken);
    return ports;
}

void PortReservations::release(const std::string& owner) {
    const std::lock_guard lock(m_mutex);
    m_held.erase(owner);
}

std::size_t PortReservations::count() const {
    const std::lock_guard lock(m_mutex);
    std::size_t ports = 0;
    for (const auto& [owner, held] : m_held)
        ports += held.size();
    return ports;
}

} // namespace escale
