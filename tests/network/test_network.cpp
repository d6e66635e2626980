#include "tests/network/test_network.h"

#include "engine/base/fail_point.h"
#include "engine/base/subprocess.h"
#include "engine/base/unique_fd.h"
#include "engine/network/ipam.h"
#include "engine/network/network_namespace.h"

#include <QTest>

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <set>
#include <thread>

namespace escale::test {
namespace {

/// A socket address of either family; every address when it is empty.
struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;

    SocketAddress(const std::string& address, std::uint16_t port, bool isV6) {
        if (isV6) {
            auto* six = reinterpret_cast<sockaddr_in6*>(&storage);
            six->sin6_family = AF_INET6;
            six->sin6_port = htons(port);
            size = sizeof *six;
            if (!address.empty())
                ::inet_pton(AF_INET6, address.c_str(), &six->sin6_addr);
            return;
        }
        auto* four = reinterpret_cast<sockaddr_in*>(&storage);
        four->sin_family = AF_INET;
        four->sin_port = htons(port);
        size = sizeof *four;
        if (!address.empty())
            ::inet_pton(AF_INET, address.c_str(), &four->sin_addr);
    }
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

std::string textOf(const sockaddr_storage& address) {
    if (address.ss_family == AF_INET6)
        return IpAddress::fromV6(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr.s6_addr).toString();
    return Ipv4Address{ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr)}.toString();
}

Result<UniqueFd> listenTcp(std::uint16_t port, bool isV6) {
    UniqueFd socket(::socket(isV6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    SocketAddress any({}, port, isV6);
    if (::bind(socket.get(), any.get(), any.size) != 0 || ::listen(socket.get(), 1) != 0)
        return failErrno("cannot listen");
    return socket;
}

Result<void> awaitReady(int fd, short events, int milliseconds = kPatientMilliseconds) {
    pollfd entry{fd, events, 0};
    if (::poll(&entry, 1, milliseconds) != 1)
        return fail(ErrorCode::Unreachable, "nothing answers");
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0)
        return fail(ErrorCode::Unreachable, systemError(error, "cannot connect").message);
    return {};
}

Result<UniqueFd> startConnecting(const std::string& address, std::uint16_t port, bool isV6) {
    UniqueFd socket(::socket(isV6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    SocketAddress to(address, port, isV6);
    if (::connect(socket.get(), to.get(), to.size) != 0 && errno != EINPROGRESS)
        return fail(ErrorCode::Unreachable, systemError("cannot connect").message);
    return socket;
}

Result<void> exchangeByte(int from, int to) {
    char byte = 'e';
    if (::send(from, &byte, 1, MSG_NOSIGNAL) != 1)
        return failErrno("cannot send");
    TRY(awaitReady(to, POLLIN));
    if (::recv(to, &byte, 1, 0) != 1)
        return failErrno("cannot receive");
    return {};
}

Result<void> inNamespaceOf(pid_t pid, const std::function<Result<void>()>& work) {
    TRY_ASSIGN(const UniqueFd space, openNetworkNamespace(pid));
    return runInNetworkNamespace(space.get(), work);
}

} // namespace

NamespaceProcess::NamespaceProcess() {
    std::array<int, 2> ready{};
    if (::pipe2(ready.data(), O_CLOEXEC) != 0)
        return;
    const UniqueFd reading(ready[0]);
    UniqueFd writing(ready[1]);
    m_pid = ::fork();
    if (m_pid == 0) {
        // Only async-signal-safe calls: the parent has threads. It cannot outlive the tests' process.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::unshare(CLONE_NEWNET) != 0 || ::write(ready[1], "r", 1) != 1)
            ::_exit(1);
        for (;;)
            ::pause();
    }
    writing.reset();
    char byte = 0;
    if (::read(reading.get(), &byte, 1) != 1)
        end();
}

Result<void> NamespaceProcess::run(const std::function<Result<void>()>& work) const {
    return inNamespaceOf(m_pid, work);
}

void NamespaceProcess::end() {
    if (m_pid > 0) {
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
    }
    m_pid = -1;
}

void onNewHost(const std::function<void()>& body) {
    bool made = false;
    std::thread host([&] {
        made = ::unshare(CLONE_NEWNET) == 0;
        if (made)
            body();
    });
    host.join();
    if (!made)
        QSKIP("needs root: a network namespace cannot be made");
}

Result<void> Outside::join(unsigned mtu) const {
    const std::string size = std::to_string(mtu);
    TRY(runProgram({"/usr/sbin/ip", "link", "add", "uplink", "mtu", size, "type", "veth", "peer", "name",
                    "eth0", "mtu", size, "netns", std::to_string(machine.pid())}));
    TRY(runProgram({"/usr/sbin/ip", "address", "add", std::string(kHostOutside) + "/24", "dev", "uplink"}));
    TRY(runProgram(
        {"/usr/sbin/ip", "address", "add", std::string(kHostOutside6) + "/64", "dev", "uplink", "nodad"}));
    TRY(runProgram({"/usr/sbin/ip", "link", "set", "uplink", "up"}));
    const auto beyond = []() -> Result<void> {
        TRY(runProgram({"/usr/sbin/ip", "address", "add", std::string(kOutside) + "/24", "dev", "eth0"}));
        TRY(runProgram(
            {"/usr/sbin/ip", "address", "add", std::string(kOutside6) + "/64", "dev", "eth0", "nodad"}));
        TRY(runProgram({"/usr/sbin/ip", "link", "set", "eth0", "up"}));
        return {};
    };
    TRY(machine.run(beyond));
    TRY(runProgram({"/usr/sbin/ip", "route", "add", "default", "via", kOutside}));
    TRY(runProgram({"/usr/sbin/ip", "-6", "route", "add", "default", "via", kOutside6}));
    return {};
}

Result<std::string> connectTcp(pid_t client, pid_t server, const std::string& address, int milliseconds) {
    // A port of its own each time: no connection meets the remains of another.
    static std::atomic<std::uint16_t> nextPort = 5000;
    const std::uint16_t port = nextPort++;
    const bool isV6 = address.find(':') != std::string::npos;
    UniqueFd listening;
    UniqueFd connecting;
    const auto listen = [&]() -> Result<void> {
        TRY_ASSIGN(listening, listenTcp(port, isV6));
        return {};
    };
    const auto connect = [&]() -> Result<void> {
        TRY_ASSIGN(connecting, startConnecting(address, port, isV6));
        return {};
    };
    TRY(inNamespaceOf(server, listen));
    TRY(inNamespaceOf(client, connect));
    TRY(awaitReady(listening.get(), POLLIN, milliseconds));
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    const UniqueFd accepted(
        ::accept4(listening.get(), reinterpret_cast<sockaddr*>(&from), &size, SOCK_CLOEXEC));
    if (!accepted)
        return failErrno("cannot accept");
    TRY(awaitReady(connecting.get(), POLLOUT));
    TRY(exchangeByte(connecting.get(), accepted.get()));
    TRY(exchangeByte(accepted.get(), connecting.get()));
    return textOf(from);
}

std::string output(std::vector<std::string> command) {
    auto text = runProgram(std::move(command));
    return text ? *text : "error: " + text.error().text();
}

std::string outputIn(const NamespaceProcess& container, const std::vector<std::string>& command) {
    std::string text;
    const auto ran = container.run([&]() -> Result<void> {
        text = output(command);
        return {};
    });
    return ran ? text : ran.error().text();
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string interfaceNames() {
    std::set<std::string> names;
    if (auto* const list = ::if_nameindex()) {
        for (const auto* entry = list; entry->if_index != 0; ++entry)
            names.insert(entry->if_name);
        ::if_freenameindex(list);
    }
    std::string text;
    for (const auto& name : names)
        text += name + " ";
    return text;
}

Result<void> ensureBridge(const Network& network) {
    TRY_ASSIGN(const NetworkDriver* driver, driverNamed("bridge"));
    return driver->ensure(network);
}

Result<void> removeBridge(const Network& network) {
    TRY_ASSIGN(const NetworkDriver* driver, driverNamed("bridge"));
    return driver->remove(network);
}

Network testNetwork(const std::string& bridge, const std::string& subnet) {
    Network network;
    network.name = bridge;
    network.interface = bridge;
    network.table = "escale";
    const IpSubnet parsed = *IpSubnet::parse(subnet);
    network.pools = {{parsed, std::nullopt, gatewayOf(parsed)}};
    return network;
}

void addPool(Network& network, const std::string& subnet) {
    const IpSubnet parsed = *IpSubnet::parse(subnet);
    network.pools.push_back({parsed, std::nullopt, gatewayOf(parsed)});
}

Network subInterfaceNetwork(const std::string& driver, const std::string& mode) {
    Network network;
    network.id = "0123456789abcdef";
    network.name = driver;
    network.driver = driver;
    network.mode = mode;
    network.table = "escale";
    network.parent = "uplink";
    network.pools = {{*IpSubnet::parse("203.0.113.0/24"), std::nullopt, *IpAddress::parse(kOutside)},
                     {*IpSubnet::parse("2001:db8::/64"), std::nullopt, *IpAddress::parse(kOutside6)}};
    return network;
}

Endpoint testEndpoint(const std::string& name, const std::string& address) {
    const auto parsed = *IpAddress::parse(address);
    return {name, name, "eth0", {parsed}, macFor(parsed)};
}

} // namespace escale::test
