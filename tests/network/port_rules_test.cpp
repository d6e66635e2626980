#include "engine/network/network_namespace.h"
#include "engine/network/port_reach.h"
#include "engine/network/port_rules.h"
#include "tests/network/port_traffic.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QTest>

#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

const PortOwner kOne{"one", "escale0", {}};
const PortOwner kTwo{"two", "escale0", {}};

PortOwner attached(PortOwner owner, const std::string& hostInterface) {
    owner.hostInterface = hostInterface;
    return owner;
}
std::string rules() {
    return output({"/usr/sbin/nft", "list", "ruleset"});
}
/// Whether the rules see what a bridge passes on. False: the kernel has no br_netfilter.
bool setBridgeFilter(const std::string& value) {
    return quietly({"/usr/bin/sh", "-c",
                    "for file in ip ip6; do echo " + value +
                        " > /proc/sys/net/bridge/bridge-nf-call-${file}tables; done"})
        .has_value();
}
std::string routeLocalnet(const std::string& bridge = "escale0") {
    return output({"/usr/bin/cat", "/proc/sys/net/ipv4/conf/" + bridge + "/route_localnet"});
}

/// A call to port 8080 of an address, for container one's port 80.
Call toOne(const Street& street, pid_t client, const std::string& address,
           Protocol protocol = Protocol::Tcp) {
    return {protocol, client, address, 8080, street.one.pid(), 80};
}
Call toOne(const Street& street, const NamespaceProcess& client, const std::string& address,
           Protocol protocol = Protocol::Tcp) {
    return toOne(street, client.pid(), address, protocol);
}
bool fails(const Result<std::string>& outcome) {
    return !outcome && outcome.error().code == ErrorCode::Unreachable;
}
bool isSilent(const Call& to) {
    return fails(call(to, kBriefMilliseconds));
}

/// Ports from 20000 on, each to port 80 of container two.
std::vector<PublishedPort> manyPorts(std::uint16_t count) {
    std::vector<PublishedPort> many(count, publishedPort("0.0.0.0:20000->80/tcp", "172.30.0.3"));
    for (std::uint16_t i = 0; i < count; ++i)
        many[i].hostPort = static_cast<std::uint16_t>(20'000 + i);
    return many;
}

long long medianOfConnections(const Street& street) {
    return medianConnection(toOne(street, street.outside.machine, kHostOutside)).value_or(-1);
}

} // namespace

class PortRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reachesTheContainer_data() {
        QTest::addColumn<QString>("protocol");
        QTest::newRow("tcp") << "tcp";
        QTest::newRow("udp") << "udp";
    }
    void reachesTheContainer() {
        QFETCH(QString, protocol);
        onNewHost([&] {
            PortRules published("escale");
            const Street street;
            VERIFY_RESULT(street.make());
            const auto kind = *parseProtocol(protocol.toStdString());
            VERIFY_RESULT(published.replace(attached(kOne, "esc302"),
                                            {publishedPort("0.0.0.0:8080->80/" + protocol.toStdString())}));
            // From another machine, whose address the container sees
            const auto seen = call(toOne(street, street.outside.machine, kHostOutside, kind));
            VERIFY_RESULT(seen);
            QCOMPARE(*seen, std::string(kOutside));
            // from this machine, by each of its addresses
            for (const auto* address : {"127.0.0.1", "127.3.2.1", kHostOutside, "172.30.0.1"})
                VERIFY_RESULT(call(toOne(street, ::gettid(), address, kind)));
            // from a neighbour by the host's address, from the container itself, and from another network
            VERIFY_RESULT(call(toOne(street, street.two, kHostOutside, kind)));
            VERIFY_RESULT(call(toOne(street, street.one, kHostOutside, kind)));
            VERIFY_RESULT(call(toOne(street, street.three, kHostOutside, kind)));
            // and by the container's own address from this machine and its neighbour, as without any rule
            VERIFY_RESULT(call({kind, ::gettid(), "172.30.0.2", 80, street.one.pid(), 80}));
            VERIFY_RESULT(call({kind, street.two.pid(), "172.30.0.2", 80, street.one.pid(), 80}));
        });
    }
    void reachesTheContainerByIpv6_data() { reachesTheContainer_data(); }
    void reachesTheContainerByIpv6() {
        QFETCH(QString, protocol);
        onNewHost([&] {
            PortRules published("escale");
            const Street street;
            VERIFY_RESULT(street.make());
            const auto kind = *parseProtocol(protocol.toStdString());
            VERIFY_RESULT(
                published.replace(attached(kOne, "esc302"),
                                  {publishedPort("[::]:8080->80/" + protocol.toStdString(), "fd00:30::2")}));
            const auto seen = call(toOne(street, street.outside.machine, kHostOutside6, kind));
            VERIFY_RESULT(seen);
            QCOMPARE(*seen, std::string(kOutside6));
            VERIFY_RESULT(call(toOne(street, ::gettid(), kHostOutside6, kind)));
            VERIFY_RESULT(call(toOne(street, ::gettid(), "fd00:30::1", kind)));
            VERIFY_RESULT(call(toOne(street, street.two, kHostOutside6, kind)));
            VERIFY_RESULT(call(toOne(street, street.one, kHostOutside6, kind)));
            // ::1, where no answer could come back, refuses at once: who was told "localhost" tries 127.0.0.1
            QVERIFY(fails(call(toOne(street, ::gettid(), "::1", kind))));
            // IPv4 was not asked for
            QVERIFY(isSilent(toOne(street, street.outside.machine, kHostOutside, kind)));
        });
    }
    void translatesSctp() {
        onNewHost([] {
            PortRules published("escale");
            // This kernel may lack SCTP sockets; the rule is the same one for all three
            VERIFY_RESULT(ensureBridge(testNetwork()));
            VERIFY_RESULT(published.replace(kOne, {publishedPort("127.0.0.1:8080->80/sctp")}));
            QVERIFY2(has(rules(), "127.0.0.1 . sctp . 8080 comment \"one@escale0\" : 172.30.0.2 . 80"),
                     rules().c_str());
        });
    }

    void bindsWhereAskedAndNowhereElse() {
        onNewHost([] {
            PortRules published("escale");
            const Street street;
            VERIFY_RESULT(street.make());
            // Given a port on loopback only
            VERIFY_RESULT(published.replace(kOne, {publishedPort("127.0.0.1:8080->80/tcp")}));
            VERIFY_RESULT(call(toOne(street, ::gettid(), "127.0.0.1")));
            QVERIFY(isSilent(toOne(street, ::gettid(), "127.0.0.2")));
            QVERIFY(isSilent(toOne(street, ::gettid(), kHostOutside)));
            QVERIFY(isSilent(toOne(street, street.outside.machine, kHostOutside)));
            QVERIFY(isSilent(toOne(street, street.two, kHostOutside)));
            QVERIFY(isSilent(toOne(street, street.two, "172.30.0.1")));
            // Given one on the address towards the outside
            VERIFY_RESULT(
                published.replace(kOne, {publishedPort(std::string(kHostOutside) + ":8080->80/tcp")}));
            VERIFY_RESULT(call(toOne(street, street.outside.machine, kHostOutside)));
            VERIFY_RESULT(call(toOne(street, street.two, kHostOutside)));
            QVERIFY(isSilent(toOne(street, ::gettid(), "127.0.0.1")));
            QVERIFY(isSilent(toOne(street, street.two, "172.30.0.1")));
            // which needs no exception for loopback
            QCOMPARE(routeLocalnet(), std::string("0\n"));
        });
    }
    void opensNoOtherPortAndNoOtherContainer() {
        onNewHost([] {
            PortRules published("escale");
            const Street street;
            VERIFY_RESULT(street.make());
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8080->80/tcp")}));
            // A machine outside that routes the containers' subnet to this host gets in by no container's
            // address
            VERIFY_RESULT(street.outside.machine.run([] {
                return quietly({"/usr/sbin/ip", "route", "add", "172.30.0.0/16", "via", kHostOutside});
            }));
            QVERIFY(isSilent(
                {Protocol::Tcp, street.outside.machine.pid(), "172.30.0.2", 80, street.one.pid(), 80}));
            QVERIFY(isSilent({Protocol::Tcp, street.three.pid(), "172.30.0.2", 80, street.one.pid(), 80}));
            QVERIFY(isSilent(
                {Protocol::Tcp, street.outside.machine.pid(), kHostOutside, 8081, street.one.pid(), 80}));
            QVERIFY(isSilent(
                {Protocol::Udp, street.outside.machine.pid(), kHostOutside, 8080, street.one.pid(), 80}));
        });
    }
    void leavesConnectionsToOtherMachinesAlone() {
        onNewHost([] {
            PortRules published("escale");
            // Given a published port, and a server outside on the same number
            const Street street;
            VERIFY_RESULT(street.make());
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8080->80/tcp")}));
            // then who means that server gets it
            const auto outside = street.outside.machine.pid();
            VERIFY_RESULT(call({Protocol::Tcp, ::gettid(), kOutside, 8080, outside, 8080}));
            VERIFY_RESULT(call({Protocol::Tcp, street.two.pid(), kOutside, 8080, outside, 8080}));
        });
    }
    void keepsContainersFromThisMachinesLoopback() {
        onNewHost([] {
            PortRules published("escale");
            // Given a port on loopback, a service of this machine on 127.0.0.1, and a container and a machine
            // outside that route 127.0.0.1 to us
            const Street street;
            VERIFY_RESULT(street.make());
            VERIFY_RESULT(published.replace(kOne, {publishedPort("127.0.0.1:8080->80/tcp")}));
            const auto toGateway = [](const std::string& gateway) {
                return [gateway]() -> Result<void> {
                    TRY(quietly(
                        {"/usr/bin/sh", "-c", "echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet"}));
                    TRY(quietly({"/usr/sbin/ip", "address", "flush", "dev", "lo"}));
                    return quietly(
                        {"/usr/sbin/ip", "route", "add", "127.0.0.0/8", "via", gateway, "dev", "eth0"});
                };
            };
            VERIFY_RESULT(street.two.run(toGateway("172.30.0.1")));
            VERIFY_RESULT(street.outside.machine.run(toGateway(kHostOutside)));
            for (const auto* client : {&street.two, &street.outside.machine}) {
                // then neither reaches that service, nor the port
                QVERIFY(isSilent({Protocol::Tcp, client->pid(), "127.0.0.1", 9090, ::gettid(), 9090}));
                QVERIFY(isSilent(toOne(street, *client, "127.0.0.1")));
            }
            // though without its guard and the ports' the container would
            VERIFY_RESULT(quietly({"/usr/sbin/nft", "flush chain inet escale ports-guard;"
                                                    "delete chain netdev escale guard-esc303"}));
            VERIFY_RESULT(call({Protocol::Tcp, street.two.pid(), "127.0.0.1", 9090, ::gettid(), 9090}));
        });
    }

    void replacesOneContainersPortsAlone() {
        onNewHost([] {
            PortRules published("escale");
            const Street street;
            VERIFY_RESULT(street.make());
            VERIFY_RESULT(published.replace(
                kOne, {publishedPort("0.0.0.0:8080->80/tcp"), publishedPort("0.0.0.0:8081->80/tcp")}));
            VERIFY_RESULT(published.replace(kTwo, {publishedPort("0.0.0.0:9000->90/tcp", "172.30.0.3")}));
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8081->81/tcp")}));
            const auto installed = published.installed();
            VERIFY_RESULT(installed);
            QCOMPARE(installed->size(), std::size_t(2));
            const auto outside = street.outside.machine.pid();
            VERIFY_RESULT(call({Protocol::Tcp, outside, kHostOutside, 8081, street.one.pid(), 81}));
            VERIFY_RESULT(call({Protocol::Tcp, outside, kHostOutside, 9000, street.two.pid(), 90}));
            QVERIFY(isSilent(toOne(street, outside, kHostOutside)));
        });
    }
    void refusesAPortThatAnotherHas() {
        onNewHost([] {
            PortRules published("escale");
            VERIFY_RESULT(ensureBridge(testNetwork()));
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8080->80/tcp")}));
            const auto before = rules();
            const auto refused =
                published.replace(kTwo, {publishedPort("0.0.0.0:9000->80/tcp", "172.30.0.3"),
                                         publishedPort("0.0.0.0:8080->80/tcp", "172.30.0.3")});
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::InUse);
            QVERIFY2(has(refused.error().message, "by one"), refused.error().message.c_str());
            QCOMPARE(rules(), before);
        });
    }
    void leavesNothingWhenRemoved() {
        onNewHost([] {
            PortRules published("escale");
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const auto before = rules();
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8080->80/tcp")}));
            QCOMPARE(routeLocalnet(), std::string("1\n"));
            VERIFY_RESULT(published.replace(kTwo, {publishedPort("127.0.0.1:8081->80/udp", "172.30.0.3")}));
            VERIFY_RESULT(published.remove("one"));
            QCOMPARE(routeLocalnet(), std::string("1\n"));
            VERIFY_RESULT(published.remove("two"));
            QCOMPARE(rules(), before);
            QCOMPARE(routeLocalnet(), std::string("0\n"));
            // and again is no error, nor is it when the network went first, and with it the table
            VERIFY_RESULT(published.remove("two"));
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8080->80/tcp")}));
            VERIFY_RESULT(removeBridge(testNetwork()));
            VERIFY_RESULT(published.remove("one"));
            QCOMPARE(rules(), std::string());
        });
    }
    void putsBackWhatWasTakenAway() {
        onNewHost([] {
            PortRules published("escale");
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const std::vector ports{publishedPort("0.0.0.0:8080->80/tcp")};
            VERIFY_RESULT(published.replace(kOne, ports));
            const auto before = output({"/usr/sbin/nft", "list", "table", "inet", "escale"});
            for (const auto* command : {"flush chain inet escale ports-arriving",
                                        "delete element inet escale published4-any { tcp . 8080 }",
                                        "flush set inet escale published-bridges"}) {
                VERIFY_RESULT(quietly({"/usr/sbin/nft", command}));
                QVERIFY(output({"/usr/sbin/nft", "list", "table", "inet", "escale"}) != before);
                VERIFY_RESULT(published.restore({{kOne, ports}}));
                QCOMPARE(output({"/usr/sbin/nft", "list", "table", "inet", "escale"}), before);
            }
            VERIFY_RESULT(quietly({"/usr/sbin/nft", "flush", "ruleset"}));
            VERIFY_RESULT(ensureBridge(testNetwork()));
            VERIFY_RESULT(published.restore({{kOne, ports}}));
            QCOMPARE(output({"/usr/sbin/nft", "list", "table", "inet", "escale"}), before);
        });
    }
    void removesWhatNobodyShouldHave() {
        onNewHost([] {
            // Given ports of a container that ended while no helper was there to see it
            VERIFY_RESULT(ensureBridge(testNetwork()));
            {
                PortRules earlier("escale");
                VERIFY_RESULT(earlier.replace(kOne, {publishedPort("0.0.0.0:8080->80/tcp")}));
                VERIFY_RESULT(earlier.replace(kTwo, {publishedPort("[::]:9000->90/udp", "fd00:30::3")}));
            }
            PortRules published("escale");
            VERIFY_RESULT(published.restore({{kTwo, {publishedPort("[::]:9000->90/udp", "fd00:30::3")}}}));
            const auto installed = published.installed();
            VERIFY_RESULT(installed);
            QCOMPARE(installed->size(), std::size_t(1));
            QCOMPARE(installed->front().owner, std::string("two"));
            VERIFY_RESULT(published.restore({}));
            QVERIFY2(!has(rules(), "ports-"), rules().c_str());
        });
    }
    void restoresTheOthersWhenOneHasNoInterfaceAnyMore() {
        onNewHost([] {
            PortRules published("escale");
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const auto told =
                published.restore({{attached(kOne, "esc302"), {publishedPort("0.0.0.0:8080->80/tcp")}},
                                   {kTwo, {publishedPort("0.0.0.0:9000->90/tcp", "172.30.0.3")}}});
            QVERIFY(!told);
            QVERIFY2(has(told.error().message, "esc302"), told.error().message.c_str());
            QCOMPARE(published.installed()->size(), std::size_t(2));
            QCOMPARE(routeLocalnet(), std::string("1\n"));
        });
    }
    void changesWhatSomebodyElseHasTakenAwayMeanwhile_data() {
        QTest::addColumn<QString>("command");
        QTest::newRow("everything") << "flush ruleset";
        QTest::newRow("the port") << "delete element inet escale published4-any { tcp . 8080 }";
        QTest::newRow("a set") << "flush set inet escale published-bridges";
        QTest::newRow("a chain")
            << "flush chain inet escale ports-arriving; delete chain inet escale ports-arriving";
    }
    void changesWhatSomebodyElseHasTakenAwayMeanwhile() {
        QFETCH(QString, command);
        onNewHost([&] {
            // Given rules that went before anybody was told
            VERIFY_RESULT(ensureBridge(testNetwork()));
            PortRules published("escale");
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8080->80/tcp")}));
            VERIFY_RESULT(published.replace(kTwo, {publishedPort("0.0.0.0:9000->90/tcp", "172.30.0.3")}));
            VERIFY_RESULT(quietly({"/usr/sbin/nft", command.toStdString()}));
            // then a change is made all the same
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8081->80/tcp")}));
            QVERIFY2(has(rules(), "tcp . 8081"), rules().c_str());
            VERIFY_RESULT(published.remove("one"));
            VERIFY_RESULT(published.remove("two"));
            QVERIFY2(!has(rules(), "ports-"), rules().c_str());
        });
    }
    void failsWholly() {
        onNewHost([] {
            // Given a bridge that is not there to carry loopback
            PortRules published("escale");
            VERIFY_RESULT(published.replace({"one", "gone0", {}}, {publishedPort("192.0.2.1:8080->80/tcp")}));
            const auto before = rules();
            QVERIFY(!published.replace({"one", "gone0", {}}, {publishedPort("0.0.0.0:9000->80/tcp")}));
            QCOMPARE(rules(), before);
        });
    }

    void passesTheFirewallOfItsNetwork_data() {
        QTest::addColumn<bool>("icc");
        QTest::addColumn<QByteArray>("filtered");
        // br_netfilter decides who carries a translated packet: the bridge, or the host's routing
        QTest::newRow("with ICC, by the bridge") << true << QByteArray("1");
        QTest::newRow("with ICC, by routing") << true << QByteArray("0");
        QTest::newRow("without ICC, by the bridge") << false << QByteArray("1");
        QTest::newRow("without ICC, by routing") << false << QByteArray("0");
    }
    void passesTheFirewallOfItsNetwork() {
        QFETCH(bool, icc);
        QFETCH(QByteArray, filtered);
        onNewHost([&] {
            if (!setBridgeFilter(filtered.toStdString()))
                QSKIP("this kernel has no br_netfilter");
            Street street;
            street.first.icc = icc;
            VERIFY_RESULT(street.make());
            PortRules published("escale");
            const auto owner = portOwner(street.first, dualEndpoint(30, 2));
            VERIFY_RESULT(owner);
            VERIFY_RESULT(published.replace(*owner, {publishedPort("0.0.0.0:8080->80/tcp"),
                                                     publishedPort("[::]:8080->80/tcp", "fd00:30::2")}));
            for (const auto* address : {kHostOutside, kHostOutside6}) {
                // From another machine, another network, a neighbour and the container itself
                VERIFY_RESULT(call(toOne(street, street.outside.machine, address)));
                VERIFY_RESULT(call(toOne(street, street.three, address)));
                VERIFY_RESULT(call(toOne(street, street.two, address)));
                VERIFY_RESULT(call(toOne(street, street.one, address)));
            }
            // while a neighbour gets to the container's own address by ICC alone, and no other network does
            for (const auto* address : {"172.30.0.2", "fd00:30::2"}) {
                const Call direct{Protocol::Tcp, street.two.pid(), address, 80, street.one.pid(), 80};
                QCOMPARE(icc ? bool(call(direct)) : !isSilent(direct), icc);
                QVERIFY(isSilent({Protocol::Tcp, street.three.pid(), address, 80, street.one.pid(), 80}));
            }
        });
    }
    void keepsNeighboursApartWhoseBridgeIsNoLongerFiltered() {
        onNewHost([] {
            // Given a network without ICC, a published port, and br_netfilter that is switched off afterwards
            if (!setBridgeFilter("1"))
                QSKIP("this kernel has no br_netfilter");
            Street street;
            street.first.icc = false;
            VERIFY_RESULT(street.make());
            PortRules published("escale");
            VERIFY_RESULT(published.replace(*portOwner(street.first, dualEndpoint(30, 2)),
                                            {publishedPort("0.0.0.0:8080->80/tcp")}));
            QVERIFY(setBridgeFilter("0"));
            // then what the bridge passes on is still nothing, to one address or to all
            for (const auto* address : {"172.30.0.2", "fd00:30::2"})
                QVERIFY(isSilent({Protocol::Tcp, street.two.pid(), address, 80, street.one.pid(), 80}));
            for (const auto* address : {"172.30.0.3", "fd00:30::3"})
                QVERIFY(isSilent({Protocol::Tcp, street.one.pid(), address, 80, street.two.pid(), 80}));
        });
    }
    void leavesInternalNetworksAlone() {
        onNewHost([] {
            Street street;
            street.first.internal = true;
            VERIFY_RESULT(street.make());
            const auto refused = portOwner(street.first, dualEndpoint(30, 2));
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::WrongState);
            QVERIFY2(has(refused.error().message, "internal"), refused.error().message.c_str());
            // Even with a rule nobody gets in
            PortRules published("escale");
            VERIFY_RESULT(
                published.replace({"one", "escale0", "esc302"}, {publishedPort("0.0.0.0:8080->80/tcp")}));
            QVERIFY(isSilent(toOne(street, street.outside.machine, kHostOutside)));
            QVERIFY(isSilent(toOne(street, street.three, kHostOutside)));
            // nor do its containers get to what others publish
            VERIFY_RESULT(published.replace(*portOwner(street.second, dualEndpoint(29, 2)),
                                            {publishedPort("0.0.0.0:9000->90/tcp", "172.29.0.2")}));
            VERIFY_RESULT(street.one.run([] {
                return quietly({"/usr/sbin/ip", "route", "add", "default", "via", "172.30.0.1"});
            }));
            VERIFY_RESULT(call(
                {Protocol::Tcp, street.outside.machine.pid(), kHostOutside, 9000, street.three.pid(), 90}));
            QVERIFY(isSilent({Protocol::Tcp, street.one.pid(), kHostOutside, 9000, street.three.pid(), 90}));
        });
    }
    void moveWithTheDefaultRoute() {
        onNewHost([] {
            // Given a container in two networks that publishes on the one with its default route
            const Street street;
            VERIFY_RESULT(street.make());
            auto other = dualEndpoint(29, 9);
            other.id = "one";
            other.inside = "eth1";
            other.isDefaultRoute = false;
            VERIFY_RESULT(attachEndpoint(street.second, other, street.one.pid()));
            QCOMPARE(portOwner(street.second, other).error().code, ErrorCode::WrongState);
            auto first = dualEndpoint(30, 2);
            first.id = "one";
            PortRules published("escale");
            VERIFY_RESULT(
                published.replace(*portOwner(street.first, first), {publishedPort("0.0.0.0:8080->80/tcp")}));
            VERIFY_RESULT(call(toOne(street, street.outside.machine, kHostOutside)));
            // when it leaves that network, then its port goes on by the other
            VERIFY_RESULT(detachEndpoint(street.first, first, street.one.pid()));
            const auto space = openNetworkNamespace(street.one.pid());
            VERIFY_RESULT(space);
            VERIFY_RESULT(moveDefaultRoute(street.second, other, space->get()));
            other.isDefaultRoute = true;
            VERIFY_RESULT(published.replace(*portOwner(street.second, other),
                                            {publishedPort("0.0.0.0:8080->80/tcp", "172.29.0.9")}));
            VERIFY_RESULT(call(toOne(street, street.outside.machine, kHostOutside)));
            VERIFY_RESULT(call(toOne(street, ::gettid(), "127.0.0.1")));
        });
    }
    void outliveTheRulesOfOtherNetworks() {
        onNewHost([] {
            const Street street;
            VERIFY_RESULT(street.make());
            PortRules published("escale");
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8080->80/tcp")}));
            // When another network goes, and even their own one's rules, which come again
            VERIFY_RESULT(detachEndpoint(street.second, dualEndpoint(29, 2), street.three.pid()));
            VERIFY_RESULT(removeBridge(street.second));
            VERIFY_RESULT(call(toOne(street, street.outside.machine, kHostOutside)));
            VERIFY_RESULT(removeBridge(street.first));
            QVERIFY2(has(rules(), "tcp . 8080"), rules().c_str());
            // then the table goes with the last port
            VERIFY_RESULT(published.remove("one"));
            QVERIFY2(!has(rules(), "table inet escale"), rules().c_str());
        });
    }

    void forgetsUdpConversationsOfAContainerThatWent() {
        onNewHost([] {
            PortRules published("escale");
            // Given a client that goes on sending from one port to a container that went
            const Street street;
            VERIFY_RESULT(street.make());
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8080->80/udp")}));
            const UdpClient client(street.outside.machine);
            VERIFY_RESULT(client.reaches(street.one.pid()));
            VERIFY_RESULT(published.remove("one"));
            // when another takes the port, then the client reaches that one
            VERIFY_RESULT(published.replace(kTwo, {publishedPort("0.0.0.0:8080->80/udp", "172.30.0.3")}));
            VERIFY_RESULT(client.reaches(street.two.pid()));
        });
    }
    void takesOverUdpClientsThatSentBefore() {
        onNewHost([] {
            PortRules published("escale");
            // Given a client that has been sending to a port that nobody had
            const Street street;
            VERIFY_RESULT(street.make());
            VERIFY_RESULT(published.replace(kTwo, {publishedPort("0.0.0.0:9000->90/udp", "172.30.0.3")}));
            const UdpClient client(street.outside.machine);
            QVERIFY(!client.reaches(street.one.pid(), kBriefMilliseconds));
            // when it is published, then the client gets through
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8080->80/udp")}));
            VERIFY_RESULT(client.reaches(street.one.pid()));
        });
    }

    void worksBesideOtherTables() {
        onNewHost([] {
            PortRules published("escale");
            // Given the tables of a Docker without containers: its own forward rules accept what is not its
            // own
            const Street street;
            VERIFY_RESULT(street.make());
            VERIFY_RESULT(quietly(
                {"/usr/sbin/nft",
                 "add table ip nat; add chain ip nat PREROUTING { type nat hook prerouting priority -100; };"
                 "add chain ip nat DOCKER; add rule ip nat PREROUTING fib daddr type local jump DOCKER;"
                 "add rule ip nat DOCKER tcp dport 5000 dnat to 172.17.0.2:5000;"
                 "add table ip filter; add chain ip filter FORWARD { type filter hook forward priority 0; "
                 "}"}));
            const auto theirs = output({"/usr/sbin/nft", "list", "table", "ip", "nat"});
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8080->80/tcp")}));
            VERIFY_RESULT(call(toOne(street, street.outside.machine, kHostOutside)));
            VERIFY_RESULT(published.remove("one"));
            QCOMPARE(output({"/usr/sbin/nft", "list", "table", "ip", "nat"}), theirs);
        });
    }
    void cannotOverrideAnothersDrop() {
        onNewHost([] {
            PortRules published("escale");
            // Given somebody's forward chain that drops (Docker's policy, firewalld's, a hardened host's)
            const Street street;
            VERIFY_RESULT(street.make());
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8080->80/tcp")}));
            VERIFY_RESULT(
                quietly({"/usr/sbin/nft", "add table ip filter; add chain ip filter FORWARD "
                                          "{ type filter hook forward priority 0; policy drop; }"}));
            // then other machines do not get through, whatever we accept: that is how nftables works
            QVERIFY(isSilent(toOne(street, street.outside.machine, kHostOutside)));
            // but this machine does: its own packets are not forwarded
            VERIFY_RESULT(call(toOne(street, ::gettid(), "127.0.0.1")));
            const auto port = publishedPort("0.0.0.0:8080->80/tcp");
            const auto stopped = reachOf(port, "escale0", "escale");
            VERIFY_RESULT(stopped);
            QVERIFY(stopped->who == PortReach::Who::ThisMachine && stopped->isCertain);
            QCOMPARE(stopped->chain, std::string("the chain FORWARD of table ip filter"));
            // until its owner lets our bridge through
            VERIFY_RESULT(quietly({"/usr/sbin/nft", "add rule ip filter FORWARD oifname escale0 accept;"
                                                    "add rule ip filter FORWARD iifname escale0 accept"}));
            VERIFY_RESULT(call(toOne(street, street.outside.machine, kHostOutside)));
            const auto open = reachOf(port, "escale0", "escale");
            VERIFY_RESULT(open);
            QVERIFY(open->who == PortReach::Who::LocalNetwork &&
                    open->reason == PortReach::Reason::NoPublicAddress);
        });
    }

    void tenThousandPortsAreOneLookup() {
        onNewHost([] {
            const Street street;
            VERIFY_RESULT(street.make());
            PortRules published("escale");
            const auto one = attached(kOne, "esc302");
            const std::vector port{publishedPort("0.0.0.0:8080->80/tcp"),
                                   publishedPort("0.0.0.0:8080->80/udp")};
            VERIFY_RESULT(published.replace(kTwo, {manyPorts(1).front()}));
            VERIFY_RESULT(published.replace(one, port));
            const auto lines = [] {
                return QString::fromStdString(
                    output({"/usr/sbin/nft", "list", "chain", "inet", "escale", "ports-translate"}));
            };
            const auto before = lines();
            const auto alone = medianOfConnections(street);
            const auto change = medianMicroseconds([&] {
                VERIFY_RESULT(published.remove("one"));
                VERIFY_RESULT(published.replace(one, port));
            });
            qInfo("one port: a connection %lld us, removing and publishing a container's %lld us", alone,
                  change);
            QElapsedTimer timer;
            timer.start();
            VERIFY_RESULT(published.replace(kTwo, manyPorts(10'000)));
            qInfo("10,000 ports published in %lld ms", static_cast<long long>(timer.restart()));
            // No rule more than before
            QCOMPARE(lines(), before);
            qInfo("10,000 ports: a connection %lld us", medianOfConnections(street));
            qInfo("10,000 ports: removing and publishing a container's %lld us", medianMicroseconds([&] {
                      VERIFY_RESULT(published.remove("one"));
                      VERIFY_RESULT(published.replace(one, port));
                  }));
            qInfo("10,000 ports: who reaches one, %lld us",
                  medianMicroseconds([&] { VERIFY_RESULT(reachOf(port.front(), "escale0", "escale")); }));
            VERIFY_RESULT(call(
                {Protocol::Tcp, street.outside.machine.pid(), kHostOutside, 29'999, street.two.pid(), 80}));
            timer.restart();
            PortRules next("escale");
            VERIFY_RESULT(next.restore({{one, port}, {kTwo, manyPorts(10'000)}}));
            qInfo("10,000 ports found by the next helper in %lld ms",
                  static_cast<long long>(timer.restart()));
            VERIFY_RESULT(next.remove("two"));
            qInfo("10,000 ports removed in %lld ms", static_cast<long long>(timer.restart()));
            VERIFY_RESULT(call(toOne(street, street.outside.machine, kHostOutside)));
        });
    }
    void aRangeIsOneTransaction() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            PortRules published("escale");
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8080->80/tcp")}));
            const auto before = rulesetGeneration().value();
            QElapsedTimer timer;
            timer.start();
            VERIFY_RESULT(published.replace(kTwo, manyPorts(1000)));
            qInfo("1,000 ports published in %lld ms", static_cast<long long>(timer.restart()));
            QCOMPARE(rulesetGeneration().value(), before + 1);
            VERIFY_RESULT(published.remove("two"));
            qInfo("1,000 ports removed in %lld ms", static_cast<long long>(timer.restart()));
            QCOMPARE(rulesetGeneration().value(), before + 2);
        });
    }
    void aHundredContainersComeBackAfterAFlush() {
        onNewHost([] {
            // Given a hundred containers with ports of each kind
            VERIFY_RESULT(ensureBridge(testNetwork()));
            PortRules published("escale");
            std::vector<OwnedPorts> all;
            for (int i = 0; i < 100; ++i) {
                const auto number = std::to_string(i);
                const auto ip = "172.30.1." + number;
                all.push_back({{"container" + number, "escale0", {}},
                               {publishedPort("0.0.0.0:" + std::to_string(8000 + i) + "->80/tcp", ip),
                                publishedPort("127.0.0.1:" + std::to_string(9000 + i) + "->53/udp", ip)}});
                VERIFY_RESULT(published.replace(all.back().owner, all.back().ports));
            }
            const auto before = rules();
            VERIFY_RESULT(quietly({"/usr/sbin/nft", "flush ruleset"}));
            QElapsedTimer timer;
            timer.start();
            VERIFY_RESULT(ensureBridge(testNetwork()));
            VERIFY_RESULT(published.restore(all));
            qInfo("the ports of 100 containers restored in %lld ms", static_cast<long long>(timer.restart()));
            QCOMPARE(rules(), before);
        });
    }
};
ESCALE_TEST(PortRulesTest)

#include "port_rules_test.moc"
