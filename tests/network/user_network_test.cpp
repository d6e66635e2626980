// Networks as people define them: families, ICC, internal, several of a container.
#include "engine/network/network_namespace.h"
#include "tests/network/test_network.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

Network dualNetwork() {
    Network network = testNetwork();
    addPool(network, "fd00:30::/64");
    return network;
}

Endpoint dualEndpoint(int number) {
    const std::string host = std::to_string(number);
    Endpoint endpoint = testEndpoint("esc" + host, "172.30.0." + host);
    endpoint.addresses.push_back(*IpAddress::parse("fd00:30::" + host));
    return endpoint;
}

} // namespace

class UserNetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesAddressesOfBothFamiliesThatCanBeUsedAtOnce() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(dualNetwork()));
            const NamespaceProcess one;
            VERIFY_RESULT(attachEndpoint(dualNetwork(), dualEndpoint(2), one.pid()));
            const auto seen = outputIn(one, {"/usr/sbin/ip", "address"});
            QVERIFY2(has(seen, "172.30.0.2/16") && has(seen, "fd00:30::2/64") && !has(seen, "tentative"),
                     seen.c_str());
            const auto routes = outputIn(one, {"/usr/sbin/ip", "-6", "route"});
            QVERIFY2(has(routes, "default via fd00:30::1 dev eth0"), routes.c_str());
            // and takes neither routes nor addresses from who says to be a router
            QCOMPARE(
                outputIn(one, {"/usr/bin/nsenter", "--net=/proc/" + std::to_string(one.pid()) + "/ns/net",
                               "/usr/bin/cat", "/proc/sys/net/ipv6/conf/eth0/accept_ra"}),
                std::string("0\n"));
        });
    }
    void joinsContainersOverIpv6() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(dualNetwork()));
            const NamespaceProcess one;
            const NamespaceProcess two;
            VERIFY_RESULT(attachEndpoint(dualNetwork(), dualEndpoint(2), one.pid()));
            VERIFY_RESULT(attachEndpoint(dualNetwork(), dualEndpoint(3), two.pid()));
            const auto seen = connectTcp(one.pid(), two.pid(), "fd00:30::3");
            VERIFY_RESULT(seen);
            QCOMPARE(*seen, std::string("fd00:30::2"));
            VERIFY_RESULT(connectTcp(::gettid(), two.pid(), "fd00:30::3"));
        });
    }
    void hidesContainersBehindTheHostsIpv6Address() {
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(outside.join());
            VERIFY_RESULT(ensureBridge(dualNetwork()));
            const NamespaceProcess one;
            VERIFY_RESULT(attachEndpoint(dualNetwork(), dualEndpoint(2), one.pid()));
            const auto seen = connectTcp(one.pid(), outside.machine.pid(), kOutside6);
            VERIFY_RESULT(seen);
            QCOMPARE(*seen, std::string(kHostOutside6));
        });
    }
    void doesWithoutIpv4() {
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(outside.join());
            const auto network = testNetwork("escale6", "fd00:31::/64");
            VERIFY_RESULT(ensureBridge(network));
            const NamespaceProcess one;
            VERIFY_RESULT(attachEndpoint(network, testEndpoint("esc1", "fd00:31::2"), one.pid()));
            VERIFY_RESULT(connectTcp(one.pid(), outside.machine.pid(), kOutside6));
        });
    }
    void goesOnToLearnTheHostsRoutes() {
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(outside.join());
            VERIFY_RESULT(ensureBridge(dualNetwork()));
            QCOMPARE(output({"/usr/bin/cat", "/proc/sys/net/ipv6/conf/uplink/accept_ra"}),
                     std::string("2\n"));
            QCOMPARE(output({"/usr/bin/cat", "/proc/sys/net/ipv6/conf/all/forwarding"}), std::string("1\n"));
        });
    }
    void keepsTheContainersAddressWithoutMasquerade() {
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(outside.join());
            auto network = dualNetwork();
            network.masquerade = false;
            VERIFY_RESULT(ensureBridge(network));
            const NamespaceProcess one;
            VERIFY_RESULT(attachEndpoint(network, dualEndpoint(2), one.pid()));
            VERIFY_RESULT(outside.machine.run([]() -> Result<void> {
                (void)output({"/usr/sbin/ip", "route", "add", "172.30.0.0/16", "via", kHostOutside});
                (void)output({"/usr/sbin/ip", "route", "add", "fd00:30::/64", "via", kHostOutside6});
                return {};
            }));
            QCOMPARE(*connectTcp(one.pid(), outside.machine.pid(), kOutside), std::string("172.30.0.2"));
            QCOMPARE(*connectTcp(one.pid(), outside.machine.pid(), kOutside6), std::string("fd00:30::2"));
        });
    }
    void leadsNowhereWhenInternal() {
        onNewHost([] {
            // Given an internal network, and a container that makes itself a route
            const Outside outside;
            VERIFY_RESULT(outside.join());
            auto network = dualNetwork();
            network.internal = true;
            VERIFY_RESULT(ensureBridge(network));
            const NamespaceProcess one;
            const NamespaceProcess two;
            VERIFY_RESULT(attachEndpoint(network, dualEndpoint(2), one.pid()));
            VERIFY_RESULT(attachEndpoint(network, dualEndpoint(3), two.pid()));
            QVERIFY(!has(outputIn(one, {"/usr/sbin/ip", "route"}), "default"));
            QVERIFY(!has(outputIn(one, {"/usr/sbin/ip", "-6", "route"}), "default"));
            (void)outputIn(one, {"/usr/sbin/ip", "route", "add", "default", "via", "172.30.0.1"});
            (void)outputIn(one, {"/usr/sbin/ip", "-6", "route", "add", "default", "via", "fd00:30::1"});
            VERIFY_RESULT(outside.machine.run([]() -> Result<void> {
                (void)output({"/usr/sbin/ip", "route", "add", "172.30.0.0/16", "via", kHostOutside});
                (void)output({"/usr/sbin/ip", "route", "add", "fd00:30::/64", "via", kHostOutside6});
                return {};
            }));
            // when it sends, then nothing gets out, and nothing in
            for (const char* address : {kOutside, kOutside6})
                QVERIFY(!connectTcp(one.pid(), outside.machine.pid(), address, kBriefMilliseconds));
            for (const char* address : {"172.30.0.2", "fd00:30::2"})
                QVERIFY(!connectTcp(outside.machine.pid(), one.pid(), address, kBriefMilliseconds));
            // though its containers and the host are reached
            VERIFY_RESULT(connectTcp(one.pid(), two.pid(), "172.30.0.3"));
            VERIFY_RESULT(connectTcp(one.pid(), ::gettid(), "172.30.0.1"));
            VERIFY_RESULT(connectTcp(::gettid(), one.pid(), "fd00:30::2"));
        });
    }
    void keepsContainersOfANetworkApartWithoutIcc() {
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(outside.join());
            auto network = dualNetwork();
            network.icc = false;
            VERIFY_RESULT(ensureBridge(network));
            const NamespaceProcess one;
            const NamespaceProcess two;
            VERIFY_RESULT(attachEndpoint(network, dualEndpoint(2), one.pid()));
            VERIFY_RESULT(attachEndpoint(network, dualEndpoint(3), two.pid()));
            for (const char* address : {"172.30.0.3", "fd00:30::3"})
                QVERIFY(!connectTcp(one.pid(), two.pid(), address, kBriefMilliseconds));
            // neither by way of the host, to which a container may send what is meant for the other
            (void)outputIn(one, {"/usr/sbin/ip", "route", "add", "172.30.0.3/32", "via", "172.30.0.1"});
            (void)outputIn(one,
                           {"/usr/sbin/ip", "-6", "route", "add", "fd00:30::3/128", "via", "fd00:30::1"});
            for (const char* address : {"172.30.0.3", "fd00:30::3"})
                QVERIFY(!connectTcp(one.pid(), two.pid(), address, kBriefMilliseconds));
            // while the host and the outside are reached
            VERIFY_RESULT(connectTcp(::gettid(), two.pid(), "172.30.0.3"));
            VERIFY_RESULT(connectTcp(one.pid(), outside.machine.pid(), kOutside6));
        });
    }
    void hasTheMtuThatWasAsked() {
        onNewHost([] {
            auto network = dualNetwork();
            network.mtu = 9000;
            VERIFY_RESULT(ensureBridge(network));
            const NamespaceProcess one;
            VERIFY_RESULT(attachEndpoint(network, dualEndpoint(2), one.pid()));
            QVERIFY(has(output({"/usr/sbin/ip", "link", "show", "escale0"}), "mtu 9000"));
            QVERIFY(has(outputIn(one, {"/usr/sbin/ip", "link", "show", "eth0"}), "mtu 9000"));
        });
    }
    void hasTheMacAndAddressThatWereAsked() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(dualNetwork()));
            const NamespaceProcess one;
            auto endpoint = dualEndpoint(2);
            endpoint.mac = "4A:00:00:00:00:99";
            endpoint.addresses.front() = *IpAddress::parse("172.30.99.9");
            VERIFY_RESULT(attachEndpoint(dualNetwork(), endpoint, one.pid()));
            const auto seen = outputIn(one, {"/usr/sbin/ip", "address", "show", "eth0"});
            QVERIFY2(has(seen, "4a:00:00:00:00:99") && has(seen, "172.30.99.9/16"), seen.c_str());
            VERIFY_RESULT(connectTcp(::gettid(), one.pid(), "172.30.99.9"));
            VERIFY_RESULT(connectTcp(::gettid(), one.pid(), "fd00:30::2"));
        });
    }
    void joinsAndLeavesSeveralNetworksWhileItRuns() {
        onNewHost([] {
            // Given a container in one network
            const Outside outside;
            VERIFY_RESULT(outside.join());
            const auto second = testNetwork("escale1", "172.29.0.0/16");
            VERIFY_RESULT(ensureBridge(testNetwork()));
            VERIFY_RESULT(ensureBridge(second));
            const NamespaceProcess both;
            const NamespaceProcess other;
            const auto first = testEndpoint("esc1", "172.30.0.2");
            VERIFY_RESULT(attachEndpoint(testNetwork(), first, both.pid()));
            VERIFY_RESULT(attachEndpoint(second, testEndpoint("esc2", "172.29.0.3"), other.pid()));
            // when it joins another
            auto endpoint = testEndpoint("esc3", "172.29.0.2");
            endpoint.inside = "eth1";
            endpoint.isDefaultRoute = false;
            VERIFY_RESULT(attachEndpoint(second, endpoint, both.pid()));
            // then it reaches both, and has one default route
            VERIFY_RESULT(connectTcp(both.pid(), other.pid(), "172.29.0.3"));
            VERIFY_RESULT(connectTcp(both.pid(), outside.machine.pid(), kOutside));
            // when it leaves the one that has it, then the other can take that over
            VERIFY_RESULT(detachEndpoint(testNetwork(), first, both.pid()));
            QVERIFY(!connectTcp(both.pid(), outside.machine.pid(), kOutside, kBriefMilliseconds));
            const auto space = openNetworkNamespace(both.pid());
            VERIFY_RESULT(space);
            VERIFY_RESULT(moveDefaultRoute(second, endpoint, space->get()));
            VERIFY_RESULT(connectTcp(both.pid(), outside.machine.pid(), kOutside));
            QVERIFY(has(outputIn(both, {"/usr/sbin/ip", "route"}), "default via 172.29.0.1 dev eth1"));
        });
    }
};
ESCALE_TEST(UserNetworkTest)

#include "user_network_test.moc"
