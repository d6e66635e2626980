// What a container can send, and to whom it gets: each with real packets.
#include "tests/network/frames.h"
#include "tests/network/port_traffic.h"
#include "tests/network/test_network.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

/// Two containers of one network, one of another.
struct Networks {
    Network first = dualNetwork("escale0", 30);
    Network second = dualNetwork("escale1", 29);
    NamespaceProcess one;
    NamespaceProcess two;
    NamespaceProcess three;

    [[nodiscard]] Result<void> make() const {
        TRY(ensureBridge(first));
        TRY(ensureBridge(second));
        TRY(attachEndpoint(first, dualEndpoint(30, 2), one.pid()));
        TRY(attachEndpoint(first, dualEndpoint(30, 3), two.pid()));
        return attachEndpoint(second, dualEndpoint(29, 2), three.pid());
    }
};

void withoutRules() {
    (void)output({"/usr/sbin/nft", "flush", "ruleset"});
}

} // namespace

class NetworkIsolationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsContainersOfDifferentNetworksApart_data() {
        QTest::addColumn<QString>("address");
        QTest::newRow("IPv4") << "172.29.0.2";
        QTest::newRow("IPv6") << "fd00:29::2";
    }
    void keepsContainersOfDifferentNetworksApart() {
        QFETCH(QString, address);
        onNewHost([&] {
            const Networks networks;
            VERIFY_RESULT(networks.make());
            const auto to = address.toStdString();
            QVERIFY(!connectTcp(networks.one.pid(), networks.three.pid(), to, kBriefMilliseconds));
            // though without our rules it would
            withoutRules();
            VERIFY_RESULT(connectTcp(networks.one.pid(), networks.three.pid(), to));
        });
    }
    void hidesTheGatewaysOfOtherNetworks_data() { keepsContainersOfDifferentNetworksApart_data(); }
    void hidesTheGatewaysOfOtherNetworks() {
        QFETCH(QString, address);
        onNewHost([&] {
            // Given a service of the host that listens everywhere
            const Networks networks;
            VERIFY_RESULT(networks.make());
            auto gateway = address.toStdString();
            gateway.back() = '1';
            // then a container reaches it by its own gateway, and not by another network's
            VERIFY_RESULT(connectTcp(networks.one.pid(), ::gettid(), "172.30.0.1"));
            VERIFY_RESULT(connectTcp(networks.one.pid(), ::gettid(), "fd00:30::1"));
            QVERIFY(!connectTcp(networks.one.pid(), ::gettid(), gateway, kBriefMilliseconds));
            withoutRules();
            VERIFY_RESULT(connectTcp(networks.one.pid(), ::gettid(), gateway));
        });
    }
    void dropsForgedFrames_data() {
        QTest::addColumn<QByteArray>("frame");
        const auto row = [](const char* name, const Frame& frame) {
            QTest::newRow(name) << QByteArray(frame.data(), static_cast<int>(frame.size()));
        };
        const std::string own = "02:42:ac:1e:00:02";
        const std::string other = "02:42:ac:1e:00:03";
        const std::string link = "fe80::42:acff:fe1e:2";
        row("another MAC", udpFrame(other, "172.30.0.2", "172.30.255.255"));
        row("the gateway's MAC", udpFrame("02:42:ac:1e:00:01", "172.30.0.2", "172.30.255.255"));
        row("another's address", udpFrame(own, "172.30.0.3", "172.30.255.255"));
        row("an address from outside", udpFrame(own, "8.8.8.8", "172.30.255.255"));
        row("no address", udpFrame(own, "0.0.0.0", "172.30.255.255"));
        row("to the host's loopback", udpFrame(own, "172.30.0.2", "127.0.0.1"));
        row("another's IPv6 address", udpFrame(own, "fd00:30::3", "ff02::1"));
        row("another's link-local address", udpFrame(own, "fe80::42:acff:fe1e:3", "ff02::1"));
        row("ARP for the gateway", arpFrame(own, own, "172.30.0.1"));
        row("ARP for another", arpFrame(own, own, "172.30.0.3"));
        row("ARP with another's MAC inside", arpFrame(own, other, "172.30.0.2"));
        row("advertisement of the gateway", neighbourFrame(136, own, "fd00:30::2", "fd00:30::1"));
        row("advertisement of another", neighbourFrame(136, own, link, "fd00:30::3"));
        row("advertisement behind an extension header",
            neighbourFrame(136, own, "fd00:30::2", "fd00:30::1", true));
        row("solicitation in another's name", neighbourFrame(135, own, "fd00:30::3", "fd00:30::1"));
        row("router advertisement", neighbourFrame(134, own, link, "::"));
        row("redirect", neighbourFrame(137, own, link, "fd00:30::9"));
        row("inside a VLAN", vlanFrame(udpFrame(own, "172.30.0.3", "172.30.255.255")));
        row("inside a VLAN, with its own address", vlanFrame(udpFrame(own, "fd00:30::2", "ff02::1")));
        row("another protocol", protocolFrame(own, 0x88cc));
        row("spanning tree", protocolFrame(own, 0x0027));
    }
    void dropsForgedFrames() {
        QFETCH(QByteArray, frame);
        onNewHost([&] {
            const Networks networks;
            VERIFY_RESULT(networks.make());
            const Frame forged(frame.constData(), static_cast<std::size_t>(frame.size()));
            const Frame honest = udpFrame("02:42:ac:1e:00:02", "172.30.0.2", "172.30.255.255");
            // Given somebody who listens, when a forged frame is sent and then an honest one
            const auto seen = firstSeen(networks.one, networks.two, {forged, honest});
            VERIFY_RESULT(seen);
            // then the second is the first that arrives
            QVERIFY2(*seen == honest, "the forged frame arrived");
        });
    }
    void letsHonestFramesPass_data() {
        QTest::addColumn<QByteArray>("frame");
        const auto row = [](const char* name, const Frame& frame) {
            QTest::newRow(name) << QByteArray(frame.data(), static_cast<int>(frame.size()));
        };
        const std::string own = "02:42:ac:1e:00:02";
        const std::string link = "fe80::42:acff:fe1e:2";
        row("IPv4", udpFrame(own, "172.30.0.2", "172.30.255.255"));
        row("IPv6", udpFrame(own, "fd00:30::2", "ff02::1"));
        row("IPv6 of the link", udpFrame(own, link, "ff02::1"));
        row("ARP", arpFrame(own, own, "172.30.0.2"));
        row("ARP probe", arpFrame(own, own, "0.0.0.0"));
        row("advertisement", neighbourFrame(136, own, "fd00:30::2", "fd00:30::2"));
        row("solicitation", neighbourFrame(135, own, link, "fd00:30::1"));
        row("solicitation before it has an address", neighbourFrame(135, own, "::", link));
    }
    void letsHonestFramesPass() {
        QFETCH(QByteArray, frame);
        onNewHost([&] {
            const Networks networks;
            VERIFY_RESULT(networks.make());
            const Frame honest(frame.constData(), static_cast<std::size_t>(frame.size()));
            const auto seen = firstSeen(networks.one, networks.two, {honest});
            VERIFY_RESULT(seen);
            QVERIFY(*seen == honest);
        });
    }
    void guardsWithoutIpv6WhatIsIpv4Only() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const NamespaceProcess one;
            const NamespaceProcess two;
            VERIFY_RESULT(attachEndpoint(testNetwork(), testEndpoint("esc1", "172.30.0.2"), one.pid()));
            VERIFY_RESULT(attachEndpoint(testNetwork(), testEndpoint("esc2", "172.30.0.3"), two.pid()));
            const std::string own = "02:42:ac:1e:00:02";
            const Frame honest = udpFrame(own, "172.30.0.2", "172.30.255.255");
            const auto seen = firstSeen(one, two, {udpFrame(own, "fe80::42:acff:fe1e:2", "ff02::1"), honest});
            VERIFY_RESULT(seen);
            QVERIFY(*seen == honest);
        });
    }
};
ESCALE_TEST(NetworkIsolationTest)

#include "network_isolation_test.moc"
