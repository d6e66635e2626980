// Networks of their own for the tests: nothing of the machine's is touched.
#pragma once

#include "engine/base/result.h"
#include "engine/network/driver.h"
#include "tests/support/failing_step.h"

#include <functional>
#include <string>
#include <sys/types.h>

namespace escale::test {

/// A process that does nothing, in a network namespace of its own; ended with this object.
class NamespaceProcess {
public:
    NamespaceProcess();
    ~NamespaceProcess() { end(); }
    NamespaceProcess(const NamespaceProcess&) = delete;
    NamespaceProcess& operator=(const NamespaceProcess&) = delete;

    [[nodiscard]] pid_t pid() const { return m_pid; }
    [[nodiscard]] Result<void> run(const std::function<Result<void>()>& work) const;
    void end();

private:
    pid_t m_pid = -1;
};

/// Runs the body of a test in a thread whose network namespace is new: it plays the host. The test's own
/// thread waits.
void onNewHost(const std::function<void()>& body);

/// A machine beyond the host, joined to it: the host is 203.0.113.1 on "uplink" (its default route), the
/// machine 203.0.113.2.
struct Outside {
    NamespaceProcess machine;
    Result<void> join(unsigned mtu = 1500) const;
};
constexpr auto kHostOutside = "203.0.113.1";
constexpr auto kOutside = "203.0.113.2";
constexpr auto kHostOutside6 = "2001:db8::1";
constexpr auto kOutside6 = "2001:db8::2";

/// How long to wait for what should answer, on a busy machine, too (a lost first packet costs a second) …
constexpr int kPatientMilliseconds = 5000;
/// … and for what should not.
constexpr int kBriefMilliseconds = 300;

/// Opens a TCP connection from one process's namespace to a server in another's, sends a byte there and back,
/// and returns the client's address as the server sees it. Unreachable when nothing answers in time.
Result<std::string> connectTcp(pid_t client, pid_t server, const std::string& address,
                               int milliseconds = kPatientMilliseconds);

/// What a command prints in the calling thread's namespace.
std::string output(std::vector<std::string> command);

/// The same in a container's, or the error.
std::string outputIn(const NamespaceProcess& container, const std::vector<std::string>& command);
bool has(const std::string& text, const std::string& part);

/// The names of the interfaces in the calling thread's namespace, sorted, separated by spaces.
std::string interfaceNames();

/// The bridge driver's.
Result<void> ensureBridge(const Network& network);
Result<void> removeBridge(const Network& network);

Network testNetwork(const std::string& bridge = "escale0", const std::string& subnet = "172.30.0.0/16");
/// Another subnet for the network, with its first host as the gateway.
void addPool(Network& network, const std::string& subnet);
/// A network of macvlan or ipvlan on "uplink", the link to the machine outside, which is its gateway.
Network subInterfaceNetwork(const std::string& driver, const std::string& mode = {});
Endpoint testEndpoint(const std::string& name, const std::string& address);

} // namespace escale::test
