#include "tests/network/port_traffic.h"

#include "engine/base/unique_fd.h"
#include "engine/network/network_namespace.h"

#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

namespace escale::test {
namespace {

constexpr auto kIp = "/usr/sbin/ip";

Result<void> within(pid_t pid, const std::function<Result<void>()>& work) {
    TRY_ASSIGN(const UniqueFd space, openNetworkNamespace(pid));
    return runInNetworkNamespace(space.get(), work);
}

sockaddr_in6 socketAddress(const std::string& address, std::uint16_t port) {
    sockaddr_in6 to{.sin6_family = AF_INET6, .sin6_port = htons(port)};
    const bool isV6 = address.find(':') != std::string::npos;
    ::inet_pton(AF_INET6, (isV6 ? address : "::ffff:" + address).c_str(), &to.sin6_addr);
    return to;
}

std::string plainAddress(const sockaddr_in6& from) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const std::string address = ::inet_ntop(AF_INET6, &from.sin6_addr, text.data(), text.size());
    return address.starts_with("::ffff:") ? address.substr(7) : address;
}

/// A socket of both families.
Result<UniqueFd> openSocket(Protocol protocol) {
    UniqueFd socket(::socket(
        AF_INET6, (protocol == Protocol::Tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket)
        return failErrno("cannot open a socket");
    const int off = 0;
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    return socket;
}

Result<void> await(int fd, short events, int milliseconds) {
    pollfd entry{fd, events, 0};
    if (::poll(&entry, 1, milliseconds) != 1)
        return fail(ErrorCode::Unreachable, "nothing answers");
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0)
        return fail(ErrorCode::Unreachable, systemError(error, "cannot connect").message);
    return {};
}

Result<std::string> callTcp(int listening, int connecting, int milliseconds) {
    TRY(await(connecting, POLLOUT, milliseconds));
    // Connected, but to whom? Only this server's byte counts.
    TRY(await(listening, POLLIN, milliseconds));
    sockaddr_in6 from{};
    socklen_t size = sizeof from;
    const UniqueFd accepted(::accept4(listening, reinterpret_cast<sockaddr*>(&from), &size, SOCK_CLOEXEC));
    if (!accepted || ::send(accepted.get(), "e", 1, MSG_NOSIGNAL) != 1)
        return failErrno("cannot answer");
    TRY(await(connecting, POLLIN, milliseconds));
    return plainAddress(from);
}

Result<std::string> callUdp(int listening, int connecting, int milliseconds) {
    if (::send(connecting, "e", 1, 0) != 1)
        return fail(ErrorCode::Unreachable, systemError("cannot send").message);
    TRY(await(listening, POLLIN, milliseconds));
    sockaddr_in6 from{};
    socklen_t size = sizeof from;
    char byte = 0;
    if (::recvfrom(listening, &byte, 1, 0, reinterpret_cast<sockaddr*>(&from), &size) != 1 ||
        ::sendto(listening, &byte, 1, 0, reinterpret_cast<sockaddr*>(&from), size) != 1)
        return failErrno("cannot answer");
    TRY(await(connecting, POLLIN, milliseconds));
    return plainAddress(from);
}

Result<UniqueFd> listen(pid_t where, Protocol protocol, std::uint16_t port) {
    UniqueFd listening;
    TRY(within(where, [&]() -> Result<void> {
        TRY_ASSIGN(listening, openSocket(protocol));
        const sockaddr_in6 any = socketAddress("::", port);
        if (::bind(listening.get(), reinterpret_cast<const sockaddr*>(&any), sizeof any) != 0 ||
            (protocol == Protocol::Tcp && ::listen(listening.get(), 1) != 0))
            return failErrno("cannot listen");
        return {};
    }));
    return listening;
}

Result<UniqueFd> connect(pid_t where, Protocol protocol, const std::string& address, std::uint16_t port) {
    UniqueFd connecting;
    TRY(within(where, [&]() -> Result<void> {
        TRY_ASSIGN(connecting, openSocket(protocol));
        const sockaddr_in6 to = socketAddress(address, port);
        if (::connect(connecting.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 &&
            errno != EINPROGRESS)
            return fail(ErrorCode::Unreachable, systemError("cannot connect").message);
        return {};
    }));
    return connecting;
}

} // namespace

Result<std::string> call(const Call& what, int milliseconds) {
    TRY_ASSIGN(const UniqueFd listening, listen(what.server, what.protocol, what.serverPort));
    TRY_ASSIGN(const UniqueFd connecting, connect(what.client, what.protocol, what.address, what.port));
    return what.protocol == Protocol::Tcp ? callTcp(listening.get(), connecting.get(), milliseconds)
                                          : callUdp(listening.get(), connecting.get(), milliseconds);
}

long long medianMicroseconds(const std::function<void()>& work, int runs) {
    using Clock = std::chrono::steady_clock;
    std::vector<long long> taken;
    for (int i = 0; i < runs; ++i) {
        const auto start = Clock::now();
        work();
        taken.push_back(std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count());
    }
    std::sort(taken.begin(), taken.end());
    return taken[taken.size() / 2];
}

Result<long long> medianConnection(const Call& what) {
    TRY_ASSIGN(const UniqueFd listening, listen(what.server, Protocol::Tcp, what.serverPort));
    ::listen(listening.get(), SOMAXCONN);
    long long median = 0;
    TRY(within(what.client, [&]() -> Result<void> {
        const sockaddr_in6 to = socketAddress(what.address, what.port);
        Result<void> outcome;
        const auto open = [&] {
            const UniqueFd socket(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
            if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
                outcome = failErrno("cannot connect");
        };
        median = medianMicroseconds(open, 201);
        return outcome;
    }));
    return median;
}

Result<std::uint32_t> rulesetGeneration() {
    const UniqueFd socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER));
    struct {
        nlmsghdr header;
        nfgenmsg family;
    } request{{sizeof request, (NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_GETGEN, NLM_F_REQUEST, 0, 0},
              {AF_UNSPEC, NFNETLINK_V0, 0}};
    if (::send(socket.get(), &request, sizeof request, 0) < 0)
        return failErrno("cannot ask for the ruleset's generation");
    std::array<char, 4096> answer{};
    if (::recv(socket.get(), answer.data(), answer.size(), 0) < 0)
        return failErrno("cannot ask for the ruleset's generation");
    // The header, whose ruleset it is, and then the attribute that comes first: the number.
    std::uint32_t number = 0;
    std::memcpy(&number, answer.data() + sizeof request + sizeof(nlattr), sizeof number);
    return ntohl(number);
}

UdpClient::UdpClient(const NamespaceProcess& machine) {
    if (auto socket = connect(machine.pid(), Protocol::Udp, kHostOutside, 8080))
        m_socket = std::move(*socket);
}

Result<std::string> UdpClient::reaches(pid_t server, int milliseconds) const {
    TRY_ASSIGN(const UniqueFd listening, listen(server, Protocol::Udp, 80));
    // What an unreachable port has answered before is not this packet's error.
    int past = 0;
    socklen_t size = sizeof past;
    ::getsockopt(m_socket.get(), SOL_SOCKET, SO_ERROR, &past, &size);
    return callUdp(listening.get(), m_socket.get(), milliseconds);
}

Result<void> quietly(std::vector<std::string> command) {
    const auto text = output(std::move(command));
    return text.empty() ? Result<void>() : fail(ErrorCode::Internal, text);
}

Network dualNetwork(const std::string& bridge, int number) {
    const std::string text = std::to_string(number);
    Network network = testNetwork(bridge, "172." + text + ".0.0/16");
    addPool(network, "fd00:" + text + "::/64");
    return network;
}

Endpoint dualEndpoint(int network, int host) {
    const std::string number = std::to_string(network);
    const std::string last = std::to_string(host);
    Endpoint endpoint = testEndpoint("esc" + number + last, "172." + number + ".0." + last);
    endpoint.addresses.push_back(*IpAddress::parse("fd00:" + number + "::" + last));
    return endpoint;
}

Result<void> Street::make() const {
    TRY(outside.join());
    TRY(quietly({kIp, "link", "set", "lo", "up"}));
    TRY(ensureBridge(first));
    TRY(ensureBridge(second));
    TRY(attachEndpoint(first, dualEndpoint(30, 2), one.pid()));
    TRY(attachEndpoint(first, dualEndpoint(30, 3), two.pid()));
    return attachEndpoint(second, dualEndpoint(29, 2), three.pid());
}

PublishedPort publishedPort(const std::string& words, const std::string& containerIp) {
    PublishedPort port = parsePortWords(words)->front();
    port.containerIp = *IpAddress::parse(containerIp);
    return port;
}

} // namespace escale::test
