#include "engine/network/dns_server.h"

#include "engine/base/file.h"
#include "engine/base/process.h"
#include "engine/base/subprocess.h"
#include "engine/network/resolv_conf.h"
#include "tests/network/dns_network.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <map>
#include <netinet/in.h>
#include <sstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

using namespace escale;
using namespace escale::test;

namespace {

constexpr auto kA = "10.89.1.1";
constexpr auto kB = "10.89.2.1";

DnsEndpoint container(const std::string& id, const std::string& address, std::vector<std::string> names) {
    return {std::string(64 - id.size(), '0') + id, {address}, std::move(names), {}};
}

// Ends what it served, whatever the test did.
struct Server {
    OpenFolder folder;
    std::unique_ptr<DnsServer> server;

    explicit Server(std::function<void(const std::string&)> tell = [](const std::string&) {})
        : m_tell(std::move(tell)) {
        open();
    }
    ~Server() {
        if (server)
            (void)server->serve({});
    }
    void open() {
        server.reset();
        auto opened = DnsServer::open({folder.path("dns"), {}, m_tell});
        if (opened)
            server = std::move(*opened);
        else
            qWarning("%s", opened.error().text().c_str());
    }
    DnsServer* operator->() const { return server.get(); }

private:
    std::function<void(const std::string&)> m_tell;
};

/// What the server tells a person, awaited.
class News {
public:
    void add(const std::string& text) {
        const std::lock_guard lock(m_mutex);
        m_news.push_back(text);
        m_told.notify_all();
    }
    /// The news of that number (from 0), or "" when it does not come.
    std::string await(std::size_t number) {
        std::unique_lock lock(m_mutex);
        const bool came =
            m_told.wait_for(lock, std::chrono::seconds(10), [&] { return m_news.size() > number; });
        return came ? m_news[number] : "";
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_told;
    std::vector<std::string> m_news;
};

std::string sorted(const std::string& lines) {
    std::istringstream stream(lines);
    std::set<std::string> set;
    for (std::string line; std::getline(stream, line);)
        set.insert(line);
    std::string text;
    for (const auto& line : set)
        text += line + "\n";
    return text;
}

std::string statusOf(pid_t pid) {
    return readFile("/proc/" + std::to_string(pid) + "/status").value_or("");
}

/// Two networks on two bridges, "10.89.1.1/24" and "10.89.2.1/24".
Result<void> makeTwoBridges() {
    TRY(makeBridge("bra", {"10.89.1.1/24"}));
    return makeBridge("brb", {"10.89.2.1/24"});
}

Result<void> routeBy(const NamespaceProcess& machine, const std::string& gateway) {
    return machine.run([&]() -> Result<void> {
        TRY(runProgram({"/usr/sbin/ip", "route", "add", "default", "via", gateway}));
        return {};
    });
}

Result<void> addAddress(const NamespaceProcess& machine, const std::string& address) {
    return machine.run([&]() -> Result<void> {
        TRY(runProgram({"/usr/sbin/ip", "address", "add", address, "dev", "eth0"}));
        return {};
    });
}

} // namespace

class DnsServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { SKIP_UNLESS(exists("/usr/bin/dig"), "needs dig"); }

    void answersNamesAliasesAndShortIds() {
        onNewHost([] {
            // Given a network with two containers
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            Server server;
            VERIFY_RESULT(
                server->serve({{"front",
                                {kA},
                                false,
                                {container("feed", "10.89.1.2", {"web"}),
                                 {"0123456789abcdef", {"10.89.1.3"}, {"db", "postgres.local"}, {}}}}}));
            // Then each of the other's names is known, in every case
            for (const auto* name : {"db", "DB", "db.", "postgres.local", "0123456789ab"})
                QCOMPARE(ask(web, kA, {name}), std::string("10.89.1.3\n"));
            // And what is asked of another kind has no answer, but no error
            QCOMPARE(ask(web, kA, {"db", "AAAA"}), std::string());
            QVERIFY(askState(web, kA, "nobody") != "NOERROR");
        });
    }

    void answersASharedAliasInTurns() {
        onNewHost([] {
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24", "fd00:89::1/64"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            auto one = container("1", "10.89.1.2", {"web", "app"});
            auto two = container("2", "10.89.1.3", {"web2", "app"});
            one.addresses.emplace_back("fd00:89::2");
            two.addresses.emplace_back("fd00:89::3");
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {one, two}}}));
            // Both families asked for in turns, as resolvers do
            std::map<std::string, int> first;
            for (int i = 0; i < 10; ++i) {
                for (const char* type : {"A", "AAAA"}) {
                    const auto answer = ask(web, kA, {"app", type});
                    QCOMPARE(sorted(answer), std::string(type[1] == 0 ? "10.89.1.2\n10.89.1.3\n"
                                                                      : "fd00:89::2\nfd00:89::3\n"));
                    ++first[answer.substr(0, answer.find('\n'))];
                }
            }
            for (const char* address : {"10.89.1.2", "10.89.1.3", "fd00:89::2", "fd00:89::3"})
                QCOMPARE(first[address], 5);
        });
    }

    void answersNamesOfSharedNetworksOnly() {
        onNewHost([] {
            // Given two networks: "left" in one, "right" in the other, "both" in both
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            VERIFY_RESULT(makeBridge("brb", {"10.89.2.1/24"}));
            const NamespaceProcess left;
            const NamespaceProcess right;
            const NamespaceProcess both;
            VERIFY_RESULT(plug(left, "bra", "eth0", {"10.89.1.2/24"}));
            VERIFY_RESULT(plug(right, "brb", "eth0", {"10.89.2.2/24"}));
            VERIFY_RESULT(plug(both, "bra", "eth0", {"10.89.1.3/24"}));
            VERIFY_RESULT(plug(both, "brb", "eth1", {"10.89.2.3/24"}));
            Server server;
            VERIFY_RESULT(server->serve(
                {{"front",
                  {kA},
                  false,
                  {container("1", "10.89.1.2", {"left"}), container("3", "10.89.1.3", {"both"})}},
                 {"back",
                  {kB},
                  false,
                  {container("2", "10.89.2.2", {"right"}), container("3", "10.89.2.3", {"both"})},
                  "back"}}));
            // Then each network sees the address that it can reach
            QCOMPARE(ask(left, kA, {"both"}), std::string("10.89.1.3\n"));
            QCOMPARE(ask(right, kB, {"both"}), std::string("10.89.2.3\n"));
            QVERIFY(askState(left, kA, "right") != "NOERROR");
            QVERIFY(askState(right, kB, "left") != "NOERROR");
            // Nor by another network's gateway
            VERIFY_RESULT(routeBy(left, kA));
            QVERIFY(askState(left, kB, "right") != "NOERROR");
            QCOMPARE(ask(left, kB, {"both"}), std::string("10.89.1.3\n"));
            QCOMPARE(askState(left, kA, "-x 10.89.2.2"), std::string("NXDOMAIN"));
            // And who is in both finds everybody, whichever gateway it asks
            QCOMPARE(ask(both, kA, {"left"}), std::string("10.89.1.2\n"));
            QCOMPARE(ask(both, kA, {"right"}), std::string("10.89.2.2\n"));
            QCOMPARE(ask(both, kB, {"left"}), std::string("10.89.1.2\n"));
            // Also with the network's name behind
            QCOMPARE(ask(both, kA, {"right.back"}), std::string("10.89.2.2\n"));
            QCOMPARE(ask(both, kA, {"both.back"}), std::string("10.89.2.3\n"));
        });
    }

    void refusesWhoIsInNoNetwork() {
        onNewHost([] {
            // Given a network, and a machine elsewhere, which reaches its gateway
            VERIFY_RESULT(makeTwoBridges());
            const NamespaceProcess web;
            const NamespaceProcess stranger;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            VERIFY_RESULT(plug(stranger, "brb", "eth0", {"10.89.2.2/24"}));
            VERIFY_RESULT(routeBy(stranger, kB));
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}}}));
            QCOMPARE(ask(web, kA, {"web"}), std::string("10.89.1.2\n"));
            QCOMPARE(askState(stranger, kA, "web"), std::string("REFUSED"));
            QCOMPARE(askState(stranger, kA, "www.example"), std::string("REFUSED"));
            // The host itself knows the network's names
            QCOMPARE(output({"/usr/bin/dig", "+short", "@10.89.1.1", "web"}), std::string("10.89.1.2\n"));
        });
    }

    void saysThatANameHasNoSuchAddress() {
        onNewHost([] {
            // Given a container without an IPv6 address, and a server beyond the host
            OpenFolder folder;
            const Outside outside;
            VERIFY_RESULT(outside.join());
            VERIFY_RESULT(hideResolvConf(folder, "nameserver 203.0.113.2\n"));
            UpstreamServer upstream;
            VERIFY_RESULT(upstream.listen(outside.machine, "203.0.113.2"));
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}}}));
            // Then it is there, whatever is asked of it, and nobody else is asked
            for (const char* type : {"AAAA", "MX", "TXT", "HTTPS"}) {
                QCOMPARE(ask(web, kA, {"WEB", type}), std::string());
                QCOMPARE(askState(web, kA, std::string("web ") + type), std::string("NOERROR"));
            }
            QCOMPARE(ask(web, kA, {"WeB"}), std::string("10.89.1.2\n"));
            QCOMPARE(upstream.count(), 0);
        });
    }

    void answersByIpv6AndInReverse() {
        onNewHost([] {
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24", "fd00:89::1/64"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24", "fd00:89::2/64"}));
            Server server;
            VERIFY_RESULT(
                server->serve({{"front",
                                {kA, "fd00:89::1"},
                                false,
                                {{"0123456789abcdef", {"10.89.1.2", "fd00:89::2"}, {"web", "app"}, {}}}}}));
            QCOMPARE(ask(web, "fd00:89::1", {"web", "AAAA"}), std::string("fd00:89::2\n"));
            QCOMPARE(ask(web, "fd00:89::1", {"web", "A"}), std::string("10.89.1.2\n"));
            QCOMPARE(ask(web, kA, {"-x", "10.89.1.2"}), std::string("web.\napp.\n0123456789ab.\n"));
            QCOMPARE(ask(web, kA, {"-x", "fd00:89::2"}), std::string("web.\napp.\n0123456789ab.\n"));
        });
    }

    void knowsWhoJoinsAndLeavesAtOnce() {
        onNewHost([] {
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            VERIFY_RESULT(makeBridge("brb", {"10.89.2.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            Server server;
            const DnsNetwork other{"back", {kB}, false, {container("9", "10.89.2.9", {"other"})}};
            DnsNetwork network{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}};
            VERIFY_RESULT(server->serve({network, other}));
            const pid_t before = server->pid();
            for (int i = 0; i < 20; ++i) {
                // When one joins, it is found; when it leaves, it is not
                network.endpoints.push_back(container("2", "10.89.1.3", {"db"}));
                VERIFY_RESULT(server->serve({network, other}));
                QCOMPARE(ask(web, kA, {"+tries=1", "db"}), std::string("10.89.1.3\n"));
                network.endpoints.pop_back();
                VERIFY_RESULT(server->serve({network, other}));
                QVERIFY(askState(web, kA, "db") != "NOERROR");
            }
            // And it was one process all the time
            QCOMPARE(server->pid(), before);
        });
    }

    void losesNoLookUpInTwoHundredChanges() {
        onNewHost([] {
            // Given containers of two networks that look each other up all the time
            VERIFY_RESULT(makeTwoBridges());
            const NamespaceProcess web;
            const NamespaceProcess other;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            VERIFY_RESULT(plug(other, "brb", "eth0", {"10.89.2.2/24"}));
            DnsNetwork front{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}};
            const DnsNetwork back{"back", {kB}, false, {container("2", "10.89.2.2", {"other"})}};
            Server server;
            VERIFY_RESULT(server->serve({front, back}));
            Asking inChanged(web, kA, "web");
            Asking besides(other, kB, "other");
            // When containers join and leave two hundred times, and networks come and go
            for (int i = 0; i < 100; ++i) {
                front.endpoints.push_back(container("3", "10.89.1.3", {"db"}));
                const std::string gateway = "10.90." + std::to_string(i) + ".1";
                VERIFY_RESULT(server->serve(
                    {front, back, {"more", {gateway}, false, {container("4", gateway + "0", {"x"})}}}));
                front.endpoints.pop_back();
                VERIFY_RESULT(server->serve({front, back}));
            }
            inChanged.end();
            besides.end();
            // Then every look-up was answered
            QVERIFY(inChanged.asked() > 0 && besides.asked() > 0);
            QCOMPARE(inChanged.lost(), 0);
            QCOMPARE(besides.lost(), 0);
        });
    }

    void livesAsLongAsANetworkHasAContainer() {
        onNewHost([] {
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            VERIFY_RESULT(makeBridge("brb", {"10.89.2.1/24"}));
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {}}}));
            QCOMPARE(server->pid(), -1);
            const DnsNetwork a{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}};
            const DnsNetwork b{"back", {kB}, false, {container("2", "10.89.2.2", {"db"})}};
            VERIFY_RESULT(server->serve({a, b}));
            const pid_t pid = server->pid();
            QVERIFY(pid > 0);
            VERIFY_RESULT(server->serve({b}));
            QCOMPARE(server->pid(), pid);
            VERIFY_RESULT(server->serve({}));
            QCOMPARE(server->pid(), -1);
            QVERIFY(!processStartTime(pid));
            QVERIFY(!exists(server.folder.path("dns/control")));
        });
    }

    void isFoundAgain() {
        onNewHost([] {
            // Given a server, and one of somebody else's with a folder of its own
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            VERIFY_RESULT(makeBridge("brb", {"10.89.2.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            DnsNetwork network{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}};
            Server foreign;
            VERIFY_RESULT(foreign->serve({{"back", {kB}, false, {container("1", "10.89.2.2", {"web"})}}}));
            Server server;
            VERIFY_RESULT(server->serve({network}));
            const pid_t pid = server->pid();
            // When who drives it is restarted
            server.open();
            // Then it is the same process, and hears
            QCOMPARE(server->pid(), pid);
            network.endpoints.push_back(container("2", "10.89.1.3", {"db"}));
            VERIFY_RESULT(server->serve({network}));
            QCOMPARE(server->pid(), pid);
            QCOMPARE(ask(web, kA, {"db"}), std::string("10.89.1.3\n"));
            QVERIFY(foreign->pid() > 0);
        });
    }

    void answersOnWithoutItsDriver() {
        onNewHost([] {
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}}}));
            // Given nobody drives it, when who looks up goes on
            Asking asking(web, kA, "web");
            server.server.reset();
            QCOMPARE(ask(web, kA, {"web"}), std::string("10.89.1.2\n"));
            // … and a new driver tells it the same and more
            server.open();
            VERIFY_RESULT(server->serve(
                {{"front",
                  {kA},
                  false,
                  {container("1", "10.89.1.2", {"web"}), container("2", "10.89.1.3", {"db"})}}}));
            QCOMPARE(ask(web, kA, {"db"}), std::string("10.89.1.3\n"));
            asking.end();
            QCOMPARE(asking.lost(), 0);
        });
    }

    void believesNoOtherProgramAtItsSocket() {
        onNewHost([] {
            // Given another program of root's listens there
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            Server server;
            const std::string path = server.folder.path("dns/control");
            sockaddr_un address{.sun_family = AF_UNIX};
            path.copy(address.sun_path, sizeof address.sun_path - 1);
            const UniqueFd foreign(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
            QCOMPARE(::bind(foreign.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
            QCOMPARE(::listen(foreign.get(), 1), 0);
            server.open();
            // Then it is not taken for the server
            QCOMPARE(server->pid(), -1);
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}}}));
            QVERIFY(server->pid() > 0 && server->pid() != ::getpid());
            QCOMPARE(ask(web, kA, {"web"}), std::string("10.89.1.2\n"));
        });
    }

    void startsAgainWhenItDies() {
        onNewHost([] {
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            News news;
            Server server([&](const std::string& text) { news.add(text); });
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}}}));
            for (std::size_t deaths = 0; deaths < 3; ++deaths) {
                const pid_t pid = server->pid();
                ::kill(pid, SIGKILL);
                QCOMPARE(news.await(deaths),
                         std::string("The name server of the networks had ended; it was started anew."));
                QVERIFY(server->pid() > 0 && server->pid() != pid);
                QCOMPARE(ask(web, kA, {"web"}), std::string("10.89.1.2\n"));
            }
        });
    }

    void startsAgainWhenItHangs() {
        onNewHost([] {
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}}}));
            ::kill(server->pid(), SIGSTOP);
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"www"})}}}));
            QCOMPARE(ask(web, kA, {"www"}), std::string("10.89.1.2\n"));
        });
    }

    void hasNoPrivilege() {
        onNewHost([] {
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}}}));
            const auto status = statusOf(server->pid());
            for (const std::string line :
                 {"Uid:\t65534\t65534\t65534\t65534", "Gid:\t65534\t65534\t65534\t65534", "Groups:\t \n",
                  "CapBnd:\t0000000000000000", "CapPrm:\t0000000000000000", "CapEff:\t0000000000000000",
                  "NoNewPrivs:\t1", "Seccomp:\t2", "Threads:\t1\n"})
                QVERIFY2(status.find(line) != std::string::npos, (line + " in " + status).c_str());
            // Its root is an empty folder
            QVERIFY(listDirectory("/proc/" + std::to_string(server->pid()) + "/root")->empty());
            // Nobody but root reaches its socket
            struct stat information {};
            QCOMPARE(::stat(server.folder.path("dns/control").c_str(), &information), 0);
            QCOMPARE(information.st_mode & 07777, 0600U);
            QCOMPARE(::stat(server.folder.path("dns").c_str(), &information), 0);
            QCOMPARE(information.st_mode & 07777, 0700U);
        });
    }

    void asksUpstreamWhatIsNoContainers() {
        onNewHost([] {
            // Given a host whose resolv.conf names a server beyond it, and a container with one of its own
            OpenFolder folder;
            const Outside outside;
            VERIFY_RESULT(outside.join());
            VERIFY_RESULT(addAddress(outside.machine, "203.0.113.3/24"));
            VERIFY_RESULT(hideResolvConf(folder, "nameserver 203.0.113.2\n"));
            UpstreamServer upstream;
            UpstreamServer custom;
            VERIFY_RESULT(upstream.listen(outside.machine, "203.0.113.2"));
            VERIFY_RESULT(custom.listen(outside.machine, "203.0.113.3"));
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            VERIFY_RESULT(makeBridge("brb", {"10.89.2.1/24"}));
            const NamespaceProcess usual;
            const NamespaceProcess special;
            const NamespaceProcess shut;
            VERIFY_RESULT(plug(usual, "bra", "eth0", {"10.89.1.2/24"}));
            VERIFY_RESULT(plug(special, "bra", "eth0", {"10.89.1.3/24"}));
            VERIFY_RESULT(plug(shut, "brb", "eth0", {"10.89.2.2/24"}));
            auto other = container("2", "10.89.1.3", {"special"});
            other.servers = {"127.0.0.53", "203.0.113.3"};
            Server server;
            VERIFY_RESULT(
                server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"usual"}), other}},
                               {"back", {kB}, true, {container("3", "10.89.2.2", {"shut"})}}}));
            // When they ask for what no container is called, each server is asked by its own
            QCOMPARE(ask(usual, kA, {"one.example"}), std::string(kUpstreamAnswer));
            QCOMPARE(ask(special, kA, {"two.example"}), std::string(kUpstreamAnswer));
            QCOMPARE(upstream.asked(), std::set<std::string>{"one.example."});
            QCOMPARE(custom.asked(), std::set<std::string>{"two.example."});
            // And nothing leaves an internal network, in which names work
            QCOMPARE(ask(shut, kB, {"shut"}), std::string("10.89.2.2\n"));
            QCOMPARE(askState(shut, kB, "three.example"), std::string("NXDOMAIN"));
            QVERIFY(!upstream.asked().contains("three.example.") &&
                    !custom.asked().contains("three.example."));
            // And a name without a dot may be one of outside
            QCOMPARE(ask(usual, kA, {"printer"}), std::string(kUpstreamAnswer));
        });
    }

    void goesOnWithTheNextServer() {
        onNewHost([] {
            // Given servers of which one is nobody, one is silent, one refuses, one lies before its answer
            OpenFolder folder;
            const Outside outside;
            VERIFY_RESULT(outside.join());
            for (const char* address : {"203.0.113.3/24", "203.0.113.4/24", "203.0.113.5/24"})
                VERIFY_RESULT(addAddress(outside.machine, address));
            UpstreamServer silent(UpstreamServer::Manner::Silent);
            UpstreamServer refusing(UpstreamServer::Manner::Refusing);
            UpstreamServer lying(UpstreamServer::Manner::Lying);
            VERIFY_RESULT(silent.listen(outside.machine, "203.0.113.2"));
            VERIFY_RESULT(refusing.listen(outside.machine, "203.0.113.3"));
            VERIFY_RESULT(lying.listen(outside.machine, "203.0.113.4"));
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            DnsNetwork network{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}};
            auto& servers = network.endpoints.front().servers;
            Server server;
            const auto asksIn = [&](std::vector<std::string> order) {
                servers = std::move(order);
                return server->serve({network});
            };
            VERIFY_RESULT(asksIn({"203.0.113.5", "203.0.113.4"}));
            QCOMPARE(ask(web, kA, {"one.example"}), std::string(kUpstreamAnswer));
            VERIFY_RESULT(asksIn({"203.0.113.3", "203.0.113.4"}));
            QCOMPARE(ask(web, kA, {"two.example"}), std::string(kUpstreamAnswer));
            VERIFY_RESULT(asksIn({"203.0.113.2", "203.0.113.4"}));
            QCOMPARE(ask(web, kA, {"+time=10", "three.example"}), std::string(kUpstreamAnswer));
            // Who was silent is asked last from now on
            const int before = silent.count();
            QVERIFY(before > 0);
            QCOMPARE(ask(web, kA, {"four.example"}), std::string(kUpstreamAnswer));
            QCOMPARE(silent.count(), before);
            // When none knows, the client hears what the last one said
            VERIFY_RESULT(asksIn({"203.0.113.5", "203.0.113.3"}));
            QCOMPARE(askState(web, kA, "five.example"), std::string("REFUSED"));
            VERIFY_RESULT(asksIn({"203.0.113.5"}));
            QCOMPARE(askState(web, kA, "six.example"), std::string("SERVFAIL"));
        });
    }

    void followsTheHostsResolvConf() {
        onNewHost([] {
            OpenFolder folder;
            const Outside outside;
            VERIFY_RESULT(outside.join());
            VERIFY_RESULT(addAddress(outside.machine, "203.0.113.3/24"));
            VERIFY_RESULT(hideResolvConf(folder, "nameserver 203.0.113.2\n"));
            UpstreamServer first;
            UpstreamServer second;
            VERIFY_RESULT(first.listen(outside.machine, "203.0.113.2"));
            VERIFY_RESULT(second.listen(outside.machine, "203.0.113.3"));
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}}}));
            QCOMPARE(ask(web, kA, {"one.example"}), std::string(kUpstreamAnswer));
            QCOMPARE(second.count(), 0);
            // When the host gets other servers, they are asked
            VERIFY_RESULT(writeExisting("/etc/resolv.conf", "nameserver 203.0.113.3\n"));
            QTRY_VERIFY_WITH_TIMEOUT((ask(web, kA, {"two.example"}), second.count() > 0), 10000);
            // And at once when it is said
            VERIFY_RESULT(writeExisting("/etc/resolv.conf", "nameserver 203.0.113.2\n"));
            VERIFY_RESULT(server->reload());
            const int before = first.count();
            QCOMPARE(ask(web, kA, {"three.example"}), std::string(kUpstreamAnswer));
            QVERIFY(first.count() > before);
        });
    }

    void forwardsLongAnswersByTcp() {
        onNewHost([] {
            OpenFolder folder;
            const Outside outside;
            VERIFY_RESULT(outside.join());
            VERIFY_RESULT(hideResolvConf(folder, "nameserver 203.0.113.2\n"));
            UpstreamServer upstream(UpstreamServer::Manner::Brief);
            VERIFY_RESULT(upstream.listen(outside.machine, "203.0.113.2"));
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}}}));
            // dig asks again by TCP when an answer is truncated
            const auto all = ask(web, kA, {"long.example"});
            QCOMPARE(std::count(all.begin(), all.end(), '\n'), 100);
        });
    }

    void survivesGarbage() {
        onNewHost([] {
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}}}));
            const pid_t pid = server->pid();
            const std::string good = questionFor("web");
            // Cut, changed and without sense
            for (std::size_t i = 0; i < good.size(); ++i) {
                exchange(web, kA, good.substr(0, i), 0);
                for (const int bit : {0x01, 0x80, 0xff}) {
                    std::string bad = good;
                    bad[i] = static_cast<char>(bad[i] ^ bit);
                    exchange(web, kA, bad, 0);
                }
            }
            exchange(web, kA, std::string(60'000, '\xc0'), 0);
            QCOMPARE(exchange(web, kA, std::string("NS\1\0\0\2\0\0\0\0\0\0", 12)).substr(0, 4),
                     std::string("NS\x81\x81", 4)); // a format error
            QCOMPARE(ask(web, kA, {"web"}), std::string("10.89.1.2\n"));
            QCOMPARE(server->pid(), pid);
        });
    }

    void keepsAPlaceForOthersWhoAskOutside() {
        onNewHost([] {
            // Given a container that asks a silent server for three hundred names
            const Outside outside;
            VERIFY_RESULT(outside.join());
            VERIFY_RESULT(addAddress(outside.machine, "203.0.113.3/24"));
            UpstreamServer silent(UpstreamServer::Manner::Silent);
            UpstreamServer good;
            VERIFY_RESULT(silent.listen(outside.machine, "203.0.113.2"));
            VERIFY_RESULT(good.listen(outside.machine, "203.0.113.3"));
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            const NamespaceProcess greedy;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            VERIFY_RESULT(plug(greedy, "bra", "eth0", {"10.89.1.3/24"}));
            auto usual = container("1", "10.89.1.2", {"web"});
            usual.servers = {"203.0.113.3"};
            auto much = container("2", "10.89.1.3", {"greedy"});
            much.servers = {"203.0.113.2"};
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {usual, much}}}));
            for (int i = 0; i < 300; ++i)
                exchange(greedy, kA, questionFor("name" + std::to_string(i) + ".example"), 0);
            // Then another one is answered, and what is too much is refused at once
            QCOMPARE(ask(web, kA, {"one.example"}), std::string(kUpstreamAnswer));
            QCOMPARE(exchange(greedy, kA, questionFor("more.example"), 1000).substr(3, 1),
                     std::string("\x82"));
        });
    }

    void keepsAPlaceForOthersByTcp() {
        onNewHost([] {
            // Given a container that opens connections and says nothing
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            const NamespaceProcess greedy;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            VERIFY_RESULT(plug(greedy, "bra", "eth0", {"10.89.1.3/24"}));
            Server server;
            VERIFY_RESULT(server->serve(
                {{"front",
                  {kA},
                  false,
                  {container("1", "10.89.1.2", {"web"}), container("2", "10.89.1.3", {"greedy"})}}}));
            std::vector<UniqueFd> connections;
            VERIFY_RESULT(greedy.run([&]() -> Result<void> {
                for (int i = 0; i < 200; ++i) {
                    sockaddr_in to{.sin_family = AF_INET, .sin_port = htons(53)};
                    ::inet_pton(AF_INET, kA, &to.sin_addr);
                    connections.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
                    ::connect(connections.back().get(), reinterpret_cast<sockaddr*>(&to), sizeof to);
                }
                return {};
            }));
            // Then another one is answered
            QCOMPARE(ask(web, kA, {"+tcp", "web"}), std::string("10.89.1.2\n"));
        });
    }

    void isFoundByAContainersResolver() {
        onNewHost([] {
            // Given a container whose resolv.conf names the gateway and a domain to search
            OpenFolder folder;
            const Outside outside;
            VERIFY_RESULT(outside.join());
            UpstreamServer upstream;
            VERIFY_RESULT(upstream.listen(outside.machine, "203.0.113.2"));
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            auto db = container("2", "10.89.1.3", {"db", "db.corp.example"});
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, true, {container("1", "10.89.1.2", {"web"}), db}}}));
            const std::string text =
                networkResolvConf("nameserver 203.0.113.2\nsearch lan\n", {kA}, {{"corp.example"}, {}});
            // Then the C library finds it by its name, and by the domain
            for (const char* name : {"db", "db.corp.example"}) {
                std::string found;
                VERIFY_RESULT(web.run([&]() -> Result<void> {
                    TRY(hideResolvConf(folder, text));
                    found = output({"/usr/bin/getent", "ahostsv4", name});
                    return {};
                }));
                QVERIFY2(found.starts_with("10.89.1.3 "), found.c_str());
            }
            QCOMPARE(upstream.count(), 0);
        });
    }

    void needsNoBridge() {
        onNewHost([] {
            // Given a network whose bridge is taken away and made anew
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            Server server;
            VERIFY_RESULT(server->serve({{"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}}}));
            VERIFY_RESULT(runProgram({"/usr/sbin/ip", "link", "delete", "bra"}));
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            // Then names are answered, by UDP and TCP, without another word
            QCOMPARE(ask(web, kA, {"web"}), std::string("10.89.1.2\n"));
            QCOMPARE(ask(web, kA, {"+tcp", "web"}), std::string("10.89.1.2\n"));
        });
    }

    void servesTwoHundredContainers() {
        onNewHost([] {
            VERIFY_RESULT(makeBridge("bra", {"10.89.1.1/24"}));
            const NamespaceProcess web;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            DnsNetwork network{"front", {kA}, false, {}};
            for (int i = 2; i < 202; ++i)
                network.endpoints.push_back(container(std::to_string(i), "10.89.1." + std::to_string(i),
                                                      {"name" + std::to_string(i), "all"}));
            Server server;
            VERIFY_RESULT(server->serve({network}));
            for (const int i : {2, 77, 201})
                QCOMPARE(ask(web, kA, {"name" + std::to_string(i)}), "10.89.1." + std::to_string(i) + "\n");
            // All of them by one alias: in a long datagram, or by TCP after a truncated one
            for (const char* size : {"+bufsize=4096", "+noedns"}) {
                const auto all = ask(web, kA, {size, "all"});
                QCOMPARE(std::count(all.begin(), all.end(), '\n'), 200);
            }
            const std::string brief = exchange(web, kA, questionFor("all"));
            QVERIFY(brief.size() <= 512);
            QCOMPARE(brief[2] & 2, 2);
        });
    }

    void saysWhenThePortIsTaken() {
        onNewHost([] {
            // Given another server at a gateway's port
            VERIFY_RESULT(makeTwoBridges());
            const NamespaceProcess web;
            const NamespaceProcess db;
            VERIFY_RESULT(plug(web, "bra", "eth0", {"10.89.1.2/24"}));
            VERIFY_RESULT(plug(db, "brb", "eth0", {"10.89.2.2/24"}));
            UniqueFd other(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
            sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(53)};
            ::inet_pton(AF_INET, kB, &address.sin_addr);
            QCOMPARE(::bind(other.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
            const std::vector<DnsNetwork> networks{
                {"front", {kA}, false, {container("1", "10.89.1.2", {"web"})}},
                {"back", {kB}, false, {container("2", "10.89.2.2", {"db"})}}};
            Server server;
            // Then it says so, and serves the others
            const auto served = server->serve(networks);
            QVERIFY(!served);
            QCOMPARE(served.error().code, ErrorCode::InUse);
            QVERIFY2(served.error().message.find("10.89.2.1") != std::string::npos,
                     served.error().text().c_str());
            QCOMPARE(ask(web, kA, {"web"}), std::string("10.89.1.2\n"));
            // And when the port is free, the next call is enough
            other.reset();
            VERIFY_RESULT(server->serve(networks));
            QCOMPARE(ask(db, kB, {"db"}), std::string("10.89.2.2\n"));
        });
    }
};

ESCALE_TEST(DnsServerTest)
#include "dns_server_test.moc"
