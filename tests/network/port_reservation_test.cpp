#include "engine/base/file.h"
#include "engine/network/port_holder.h"
#include "engine/network/port_reservation.h"
#include "engine/network/port_rules.h"
#include "tests/network/port_traffic.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QTest>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

/// A server as most are written: SO_REUSEADDR, bind, listen. No descriptor when it cannot.
UniqueFd serve(const std::string& address, std::uint16_t port, int kind = SOCK_STREAM) {
    UniqueFd socket(::socket(AF_INET, kind | SOCK_CLOEXEC, 0));
    const int on = 1;
    if (kind == SOCK_STREAM)
        ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in to{.sin_family = AF_INET, .sin_port = htons(port)};
    ::inet_pton(AF_INET, address.c_str(), &to.sin_addr);
    if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&to), sizeof to) != 0 ||
        (kind == SOCK_STREAM && ::listen(socket.get(), 1) != 0))
        return UniqueFd();
    return socket;
}

PublishedPort randomPort(const std::string& containerIp = "172.30.0.2") {
    auto port = publishedPort("0.0.0.0:1->80/tcp", containerIp);
    port.hostPort = 0;
    return port;
}

/// A new host with its loopback up.
void onLoopback(const std::function<void()>& body) {
    onNewHost([&] {
        VERIFY_RESULT(quietly({"/usr/sbin/ip", "link", "set", "lo", "up"}));
        body();
    });
}

} // namespace

class PortReservationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsOthersFromThePort() {
        onLoopback([] {
            PortReservations reservations;
            VERIFY_RESULT(reservations.reserve(
                "web", {publishedPort("0.0.0.0:8080->80/tcp"), publishedPort("127.0.0.1:53->53/udp")}));
            QVERIFY(!serve("0.0.0.0", 8080));
            QVERIFY(!serve("127.0.0.1", 8080));
            QVERIFY(!serve("127.0.0.1", 53, SOCK_DGRAM));
            // but not from the same number elsewhere
            QVERIFY(serve("127.0.0.2", 53, SOCK_DGRAM));
            QVERIFY(serve("0.0.0.0", 8081));
            reservations.release("web");
            QVERIFY(serve("0.0.0.0", 8080));
            QCOMPARE(reservations.count(), std::size_t(0));
        });
    }
    void refusesConnectionsWhileThereIsNoRule() {
        onLoopback([] {
            // Nobody listens: a client hears so at once, it does not hang
            PortReservations reservations;
            VERIFY_RESULT(reservations.reserve("web", {publishedPort("0.0.0.0:8080->80/tcp")}));
            const UniqueFd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
            sockaddr_in to{.sin_family = AF_INET, .sin_port = htons(8080)};
            to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            QCOMPARE(::connect(client.get(), reinterpret_cast<sockaddr*>(&to), sizeof to), -1);
            QCOMPARE(errno, ECONNREFUSED);
        });
    }

    void namesTheProcessThatHasThePort_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("tcp, every address") << "0.0.0.0" << int(SOCK_STREAM) << "0.0.0.0:8080->80/tcp";
        QTest::newRow("tcp, one of them") << "127.0.0.1" << int(SOCK_STREAM) << "0.0.0.0:8080->80/tcp";
        QTest::newRow("tcp, all for one") << "0.0.0.0" << int(SOCK_STREAM) << "127.0.0.1:8080->80/tcp";
        QTest::newRow("udp") << "0.0.0.0" << int(SOCK_DGRAM) << "0.0.0.0:8080->80/udp";
    }
    void namesTheProcessThatHasThePort() {
        QFETCH(QString, address);
        QFETCH(int, kind);
        QFETCH(QString, words);
        onLoopback([&] {
            const UniqueFd server = serve(address.toStdString(), 8080, kind);
            QVERIFY(server);
            PortReservations reservations;
            const auto refused = reservations.reserve("web", {publishedPort(words.toStdString())});
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::InUse);
            const std::string message = refused.error().message;
            QVERIFY2(has(message, "process " + std::to_string(::getpid()) + " of root") &&
                         has(message, words.toStdString()),
                     message.c_str());
            QCOMPARE(reservations.count(), std::size_t(0));
        });
    }
    void namesTheContainerThatHasThePort() {
        onLoopback([] {
            PortReservations reservations;
            VERIFY_RESULT(reservations.reserve("first", {publishedPort("0.0.0.0:8080->80/tcp")}));
            const auto refused =
                reservations.reserve("second", {publishedPort("127.0.0.1:8080->80/tcp", "172.30.0.3")});
            QVERIFY(!refused);
            QVERIFY2(has(refused.error().message, "the container first"), refused.error().message.c_str());
        });
    }
    void isNotHeldUpByConnectionsOfAServerThatEnded() {
        onLoopback([] {
            // Given a server that closed a connection and ended: the port is in TIME_WAIT
            {
                const UniqueFd server = serve("127.0.0.1", 8080);
                const UniqueFd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
                sockaddr_in to{.sin_family = AF_INET, .sin_port = htons(8080)};
                to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
                QCOMPARE(::connect(client.get(), reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
                UniqueFd accepted(::accept4(server.get(), nullptr, nullptr, SOCK_CLOEXEC));
                accepted.reset();
                char byte = 0;
                QCOMPARE(::recv(client.get(), &byte, 1, 0), ssize_t(0));
            }
            PortReservations reservations;
            VERIFY_RESULT(reservations.reserve("web", {publishedPort("0.0.0.0:8080->80/tcp")}));
            // and still no other server gets it
            QVERIFY(!serve("127.0.0.1", 8080));
        });
    }
    void saysThatThereIsNoSuchAddress() {
        onLoopback([] {
            PortReservations reservations;
            const auto refused = reservations.reserve("web", {publishedPort("192.0.2.77:8080->80/tcp")});
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
            QVERIFY2(has(refused.error().message, "no address 192.0.2.77"), refused.error().message.c_str());
        });
    }

    void takesAllOfARangeOrNone() {
        onLoopback([] {
            const UniqueFd server = serve("0.0.0.0", 8003);
            const std::vector<PublishedPort> range = *parsePortWords("0.0.0.0:8000-8004->80-84/tcp");
            PortReservations reservations;
            QVERIFY(!reservations.reserve("web", range));
            QCOMPARE(reservations.count(), std::size_t(0));
            QVERIFY(serve("0.0.0.0", 8000));
        });
    }
    void takesThousands() {
        onLoopback([] {
            rlimit limit{};
            QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
            const rlimit before = limit;
            limit.rlim_cur = limit.rlim_max;
            QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
            {
                PortReservations reservations;
                QElapsedTimer timer;
                timer.start();
                VERIFY_RESULT(
                    reservations.reserve("many", *parsePortWords("0.0.0.0:20000-29999->20000-29999/tcp")));
                qInfo("10,000 ports reserved in %lld ms", static_cast<long long>(timer.restart()));
                VERIFY_RESULT(
                    reservations.reserve("range", *parsePortWords("0.0.0.0:40000-40999->1000-1999/udp")));
                qInfo("1,000 more in %lld ms", static_cast<long long>(timer.restart()));
                // Rules are made all the same, though no descriptor below 1024 is left
                PortRules rules("escale");
                VERIFY_RESULT(rules.replace({"many", "none0", {}}, {publishedPort("192.0.2.1:80->80/tcp")}));
                VERIFY_RESULT(rules.remove("many"));
                QVERIFY(!serve("0.0.0.0", 29'999));
                QVERIFY(!serve("0.0.0.0", 40'999, SOCK_DGRAM));
            }
            QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        });
    }
    void choosesARandomPortOfTheKernelsRange() {
        onLoopback([] {
            // Given a range of three ports, one of which is taken
            VERIFY_RESULT(
                quietly({"/usr/bin/sh", "-c", "echo 40000 40002 > /proc/sys/net/ipv4/ip_local_port_range"}));
            const UniqueFd server = serve("0.0.0.0", 40001);
            PortReservations reservations;
            const auto first = reservations.reserve("one", {randomPort()});
            VERIFY_RESULT(first);
            const auto second = reservations.reserve("two", {randomPort("172.30.0.3")});
            VERIFY_RESULT(second);
            QCOMPARE(first->front().hostPort + second->front().hostPort, 40000 + 40002);
            // then there is none left
            const auto third = reservations.reserve("three", {randomPort("172.30.0.4")});
            QVERIFY(!third);
            QCOMPARE(third.error().code, ErrorCode::InUse);
        });
    }
    void choosesTheSamePortForBothFamilies() {
        onLoopback([] {
            PortReservations reservations;
            const auto ports = reservations.reserve("web", {randomPort(), randomPort("fd30::2")});
            VERIFY_RESULT(ports);
            QCOMPARE(ports->at(0).hostPort, ports->at(1).hostPort);
            QVERIFY(ports->at(0).hostPort >= 32768);
        });
    }

    void keepsWhatItHasWhenMoreCannotBeHad() {
        onLoopback([] {
            const UniqueFd server = serve("0.0.0.0", 9000);
            PortReservations reservations;
            const auto first = publishedPort("0.0.0.0:8080->80/tcp");
            VERIFY_RESULT(reservations.reserve("web", {first}));
            QVERIFY(!reservations.reserve("web", {first, publishedPort("0.0.0.0:9000->90/tcp")}));
            QVERIFY(!serve("0.0.0.0", 8080));
            QCOMPARE(reservations.count(), std::size_t(1));
            VERIFY_RESULT(reservations.reserve("web", {first, publishedPort("0.0.0.0:9001->90/tcp")}));
            QCOMPARE(reservations.count(), std::size_t(2));
        });
    }
    void isTakenUpAgainByTheNextHelper() {
        onLoopback([] {
            // Given a helper that ended, and with it its sockets
            std::vector<PublishedPort> chosen;
            {
                PortReservations before;
                const auto ports = before.reserve("web", {randomPort()});
                VERIFY_RESULT(ports);
                chosen = *ports;
            }
            // when the next one reserves what its containers have, then it has the same
            PortReservations after;
            const auto again = after.reserve("web", chosen);
            VERIFY_RESULT(again);
            QVERIFY(*again == chosen);
            QVERIFY(!serve("0.0.0.0", chosen.front().hostPort));
        });
    }
    void leaksNoDescriptor() {
        onLoopback([] {
            // By this process: one that is being started holds pipes for a while.
            const auto open = [] {
                return listDirectory("/proc/self/fd").value_or(std::vector<std::string>()).size();
            };
            const auto before = open();
            PortReservations reservations;
            for (int i = 0; i < 50; ++i) {
                VERIFY_RESULT(
                    reservations.reserve("web", {randomPort(), publishedPort("127.0.0.1:8080->80/udp")}));
                QVERIFY(
                    !reservations.reserve("other", {randomPort(), publishedPort("0.0.0.0:8080->80/udp")}));
            }
            reservations.release("web");
            QCOMPARE(open(), before);
        });
    }

    void findsRulesOfOthersThatTakeThePort() {
        onLoopback([] {
            // Given a rule as Docker's own, without its proxy
            VERIFY_RESULT(quietly(
                {"/usr/sbin/nft",
                 "add table ip nat; add chain ip nat PREROUTING { type nat hook prerouting priority -100; };"
                 "add rule ip nat PREROUTING tcp dport 8080 dnat to 172.17.0.2:80;"
                 "add table inet escale; add chain inet escale c { type nat hook prerouting priority -100; };"
                 "add rule inet escale c tcp dport 9000 dnat ip to 172.30.0.2:80"}));
            const Json ruleset =
                Json::parse(output({"/usr/sbin/nft", "-j", "list", "ruleset"}))->at("nftables");
            QCOMPARE(translatingRule(ruleset, "escale", publishedPort("0.0.0.0:8080->80/tcp")),
                     std::string("the chain PREROUTING of table ip nat"));
            QCOMPARE(translatingRule(ruleset, "escale", publishedPort("0.0.0.0:8080->80/udp")),
                     std::string());
            QCOMPARE(translatingRule(ruleset, "escale", publishedPort("[::]:8080->80/tcp", "fd30::2")),
                     std::string());
            QCOMPARE(translatingRule(ruleset, "escale", publishedPort("0.0.0.0:9000->80/tcp")),
                     std::string());
        });
    }
};
ESCALE_TEST(PortReservationTest)

#include "port_reservation_test.moc"
