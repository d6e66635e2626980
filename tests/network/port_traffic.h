// Real packets to published ports: a street of a host, a machine beyond it and containers behind bridges.
#pragma once

#include "engine/base/unique_fd.h"
#include "engine/network/published_port.h"
#include "tests/network/test_network.h"

namespace escale::test {

/// Opens a TCP connection, or sends a UDP packet, from one process's namespace to address and port; the
/// server listens on a port of another's. Answers with the client's address as the server sees it, once a
/// byte has come back. Unreachable when nothing answers in time.
struct Call {
    Protocol protocol = Protocol::Tcp;
    pid_t client = -1;
    std::string address;
    std::uint16_t port = 0;
    pid_t server = -1;
    std::uint16_t serverPort = 0;
};
Result<std::string> call(const Call& what, int milliseconds = kPatientMilliseconds);

/// How long work takes, in microseconds: the median of some runs.
long long medianMicroseconds(const std::function<void()>& work, int runs = 21);
/// How long the client takes to open such a TCP connection; it and the server are there already.
Result<long long> medianConnection(const Call& what);

/// The number of the calling thread's ruleset: one more with each transaction.
Result<std::uint32_t> rulesetGeneration();

/// A program outside that goes on sending from one UDP port to the host's 8080.
class UdpClient {
public:
    explicit UdpClient(const NamespaceProcess& machine);
    /// Whether a packet gets to UDP port 80 of that process's namespace, and the answer back.
    [[nodiscard]] Result<std::string> reaches(pid_t server, int milliseconds = kPatientMilliseconds) const;

private:
    UniqueFd m_socket;
};

/// A network of both families: 172.NUMBER.0.0/16 and fd00:NUMBER::/64.
Network dualNetwork(const std::string& bridge, int number);
/// Its containers' endpoints: esc302 has 172.30.0.2 and fd00:30::2.
Endpoint dualEndpoint(int network, int host);

/// The host is the calling thread's namespace. escale0 (30) has the containers one (….2) and two (….3);
/// escale1 (29) has three (….2). Beyond is the outside machine.
struct Street {
    Network first = dualNetwork("escale0", 30);
    Network second = dualNetwork("escale1", 29);
    Outside outside;
    NamespaceProcess one, two, three;
    [[nodiscard]] Result<void> make() const;
};

/// "127.0.0.1:8080->80/tcp" to the container.
PublishedPort publishedPort(const std::string& words, const std::string& containerIp = "172.30.0.2");

/// Runs it in the calling thread's namespace; what it prints is an error.
Result<void> quietly(std::vector<std::string> command);

} // namespace escale::test
