// Published ports of containers, reached with real connections, from their start to their end.
#include "tests/container/container_machine.h"

#include "engine/base/file.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace escale;
using namespace escale::test;

class ContainerPortsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }
    Networks& networks() { return containers().networks(); }

    // A web server on port 80 that answers with its name.
    Result<std::string> serve(const std::string& name, const Texts& publish,
                              const ContainerMachine::Change& change = {}) {
        return m_machine->run(kAlice,
                              {"sh", "-c",
                               "mkdir -p /www; echo " + name +
                                   " > /www/index.html; "
                                   "exec httpd -f -p 80 -h /www"},
                              [&](ContainerOptions& options) {
                                  options.name = name;
                                  options.publish = publish;
                                  options.stopTimeoutSeconds = 0;
                                  if (change)
                                      change(options);
                              });
    }
    Container container(const std::string& id) { return containers().find(kAlice, id).value_or(Container()); }
    static std::uint16_t hostPort(const std::string& words) {
        const auto arrow = words.find("->");
        return static_cast<std::uint16_t>(std::stoi(words.substr(words.rfind(':', arrow) + 1)));
    }
    // What a server at that port of this machine says; "" when none answers.
    static std::string fetch(std::uint16_t port, const char* address = "127.0.0.1") {
        const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        const timeval patience{2, 0};
        (void)::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        (void)::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        ::inet_pton(AF_INET, address, &to.sin_addr);
        if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
            return {};
        const std::string_view request = "GET / HTTP/1.0\r\n\r\n";
        (void)!::write(socket.get(), request.data(), request.size());
        return readFd(socket.get()).value_or("");
    }
    static bool answers(std::uint16_t port, const std::string& name) {
        return eventually([&] { return fetch(port).find(name) != std::string::npos; });
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        QCOMPARE(::system("ip link set lo up"), 0);
    }
    void init() {
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
        m_machine.reset();
    }

    void aPortLeadsIntoTheContainerUntilItEnds() {
        const auto id = serve("one", {"18080:80"});
        VERIFY_RESULT(id);
        QCOMPARE(container(*id).ports, (Texts{"0.0.0.0:18080->80/tcp"}));
        QVERIFY(answers(18080, "one"));
        VERIFY_RESULT(containers().stop(kAlice, *id, 0, {}));
        QCOMPARE(fetch(18080), std::string());
        // Somebody else may have it now, and gives it back.
        const auto other = serve("other", {"18080:80"});
        VERIFY_RESULT(other);
        QVERIFY(answers(18080, "other"));
        const auto again = containers().start(kAlice, *id, {});
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::InUse);
        VERIFY_RESULT(containers().remove(kAlice, *other, true));
        VERIFY_RESULT(containers().start(kAlice, *id, {}));
        QVERIFY(answers(18080, "one"));
    }

    void aPortThatIsNotNamedIsChosenAndTold() {
        const auto id = serve("one", {"80", "127.0.0.1::80"});
        VERIFY_RESULT(id);
        const auto ports = container(*id).ports;
        QCOMPARE(ports.size(), std::size_t(2));
        for (const auto& words : ports)
            QVERIFY(answers(hostPort(words), "one"));
        QVERIFY(ports.back().starts_with("127.0.0.1:"));
    }

    void aTakenPortNamesWhoHasItAndLeavesNothing() {
        const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_port = htons(18081);
        QCOMPARE(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here), 0);
        QCOMPARE(::listen(socket.get(), 1), 0);
        const auto before = m_machine->picture();
        const auto id = serve("one", {"18082:80", "18081:80"});
        QVERIFY(!id);
        QCOMPARE(id.error().code, ErrorCode::InUse);
        QVERIFY2(id.error().message.find("integration_tes") != std::string::npos, id.error().message.c_str());
        VERIFY_RESULT(m_machine->removeContainers(kAlice));
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }

    void aNewEngineKeepsThePorts() {
        const auto id = serve("one", {"18080:80"});
        VERIFY_RESULT(id);
        QVERIFY(answers(18080, "one"));
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QVERIFY(answers(18080, "one"));
        const auto other = serve("other", {"18080:80"});
        QVERIFY(!other);
        QCOMPARE(other.error().code, ErrorCode::InUse);
    }

    void rulesThatSomebodyFlushesArePutBackAndTheOwnerIsTold() {
        const auto id = serve("one", {"18080:80"});
        VERIFY_RESULT(id);
        QVERIFY(answers(18080, "one"));
        QVERIFY(::system("nft flush ruleset") == 0);
        QVERIFY(answers(18080, "one"));
        QVERIFY(eventually([&] {
            const auto events = containers().events().list(kAlice, {0, 0, {"event=rules-restored"}});
            return events.size() == 1 && events.front().attributes.at("by") == "nft";
        }));
    }

    void portsFollowTheWayOut() {
        for (const char* name : {"web", "db"}) {
            NetworkOptions options;
            options.name = name;
            VERIFY_RESULT(networks().create(kAlice, options));
        }
        const auto id = serve("one", {"18080:80"}, [](ContainerOptions& options) {
            options.network = "web";
            options.networks = {"name=db"};
        });
        VERIFY_RESULT(id);
        QVERIFY(answers(18080, "one"));
        VERIFY_RESULT(containers().disconnectNetwork(kAlice, *id, "web"));
        QVERIFY(answers(18080, "one"));
        VERIFY_RESULT(containers().disconnectNetwork(kAlice, *id, "db"));
        QCOMPARE(fetch(18080), std::string());
        VERIFY_RESULT(containers().connectNetwork(kAlice, *id, "web", {}));
        QVERIFY(answers(18080, "one"));
        VERIFY_RESULT(containers().moveNetwork(kAlice, "web"));
        QVERIFY(answers(18080, "one"));
    }

    void nobodyTakesAllDescriptorsByPublishing() {
        const auto many = [this](int first) {
            return serve("ports" + std::to_string(first),
                         {std::to_string(first) + "-" + std::to_string(first + 999) + ":1000-1999"});
        };
        for (const int first : {20000, 21000, 22000, 23000})
            VERIFY_RESULT(many(first));
        const auto fifth = many(24000);
        QVERIFY(!fifth);
        QCOMPARE(fifth.error().code, ErrorCode::NoSpace);
        // Others are not concerned, and what has ended does not count.
        VERIFY_RESULT(containers().stop(kAlice, "ports20000", 0, {}));
        VERIFY_RESULT(containers().start(kAlice, "ports24000", {}));
    }

    void anInternalNetworkPublishesNothing() {
        NetworkOptions options;
        options.name = "inner";
        options.internal = true;
        VERIFY_RESULT(networks().create(kAlice, options));
        const auto id = serve("one", {"18080:80"}, [](ContainerOptions& o) { o.network = "inner"; });
        QVERIFY(!id);
        QCOMPARE(id.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(id.error().message.find("publish") != std::string::npos, id.error().message.c_str());
    }

    void publishesOnBothFamilies() {
        NetworkOptions options;
        options.name = "both";
        options.ipv6 = true;
        VERIFY_RESULT(networks().create(kAlice, options));
        const auto id = serve("one", {"18080:80"}, [](ContainerOptions& o) { o.network = "both"; });
        VERIFY_RESULT(id);
        QCOMPARE(container(*id).ports, (Texts{"0.0.0.0:18080->80/tcp", "[::]:18080->80/tcp"}));
        QVERIFY(answers(18080, "one"));
    }

    void saysWhoReachesAPort() {
        const auto id = serve("one", {"127.0.0.1:18080:80", "18081:80"});
        VERIFY_RESULT(id);
        const auto reaches = containers().reach(container(*id));
        VERIFY_RESULT(reaches);
        QCOMPARE(reaches->size(), std::size_t(2));
        QCOMPARE(int(reaches->front().second.who), int(PortReach::Who::ThisMachine));
        QCOMPARE(int(reaches->back().second.who),
                 int(PortReach::Who::LocalNetwork)); // no public address here
    }
};

ESCALE_TEST(ContainerPortsTest)
#include "container_ports_test.moc"
