// Networks with bridges, containers (namespaces) in them, and a name server beyond the host: for the tests of
// look-ups.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/network/dns_names.h"
#include "tests/network/test_network.h"

#include <QTemporaryDir>

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace escale::test {

/// Makes a bridge with these addresses ("10.89.1.1/24") in the calling thread's namespace.
Result<void> makeBridge(const std::string& bridge, const std::vector<std::string>& addresses);
/// Gives the machine an interface in the bridge.
Result<void> plug(const NamespaceProcess& machine, const std::string& bridge, const std::string& interface,
                  const std::vector<std::string>& addresses);

/// What dig prints when the machine asks a server: the answers, one a line.
std::string ask(const NamespaceProcess& machine, const std::string& server,
                std::vector<std::string> question);
/// … or the answer's state: "NOERROR", "NXDOMAIN", "" when nobody answered. `question`: dig's words.
std::string askState(const NamespaceProcess& machine, const std::string& server, const std::string& question);

/// A folder that others may enter.
class OpenFolder {
public:
    OpenFolder();
    [[nodiscard]] std::string path(const std::string& name) const {
        return m_folder.path().toStdString() + "/" + name;
    }

private:
    QTemporaryDir m_folder;
};

/// A question as a client sends it: number 0x4e53, no EDNS.
std::string questionFor(const std::string& name, std::uint16_t type = 1);
/// Sends a datagram from the machine to port 53 and returns what comes back, or "".
std::string exchange(const NamespaceProcess& machine, const std::string& server, const std::string& bytes,
                     int milliseconds = kPatientMilliseconds);

/// Asks one question after the other from a machine until it is ended.
class Asking {
public:
    Asking(const NamespaceProcess& machine, std::string server, std::string name);
    ~Asking() { end(); }
    void end();
    [[nodiscard]] int asked() const { return m_asked; }
    /// Not answered within a second, or not with an address.
    [[nodiscard]] int lost() const { return m_lost; }

private:
    std::atomic<bool> m_isEnding = false;
    std::atomic<int> m_asked = 0;
    std::atomic<int> m_lost = 0;
    std::thread m_thread;
};

/// A name server at one address of a machine's, by UDP and TCP: answers every question of type A with
/// 192.0.2.77, by TCP a hundred times.
class UpstreamServer {
public:
    enum class Manner : std::uint8_t {
        Good,
        Silent,
        Refusing,
        Lying, // sends wrong numbers and other questions' answers before its own
        Brief, // "truncated" by UDP
    };
    explicit UpstreamServer(Manner manner = Manner::Good)
        : m_manner(manner) {}
    Result<void> listen(const NamespaceProcess& machine, const std::string& address);
    ~UpstreamServer();
    /// The names that were asked for.
    std::set<std::string> asked();
    /// How many questions came.
    int count() const { return m_count; }

private:
    void answer();
    void answerDatagram();
    void answerConnection();
    std::string replyTo(const std::string& question, int records);
    Manner m_manner;
    UniqueFd m_socket;
    UniqueFd m_listening;
    std::atomic<bool> m_isEnding = false;
    std::atomic<int> m_count = 0;
    std::thread m_thread;
    std::mutex m_mutex;
    std::set<std::string> m_asked;
};
constexpr auto kUpstreamAnswer = "192.0.2.77\n";

/// The calling thread sees this text as /etc/resolv.conf, and so does whatever it starts.
Result<void> hideResolvConf(const OpenFolder& folder, const std::string& text);

} // namespace escale::test
