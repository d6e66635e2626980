// ipvlan: containers that share the MAC of an interface of the host, with real packets to the machine beyond.
#include "engine/network/kernel_drivers.h"
#include "tests/network/frames.h"
#include "tests/network/test_network.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <array>

using namespace escale;
using namespace escale::test;

namespace {

/// l2: in the link's own subnets; l3: in some that are routed to the host.
Network networkOf(const std::string& mode) {
    Network network = subInterfaceNetwork("ipvlan", mode);
    if (mode.starts_with("l3")) {
        network.pools = {{*IpSubnet::parse("172.31.0.0/24"), std::nullopt, *IpAddress::parse("172.31.0.1")},
                         {*IpSubnet::parse("fd00:31::/64"), std::nullopt, *IpAddress::parse("fd00:31::1")}};
    }
    return network;
}

Endpoint endpointOf(const Network& network, unsigned host) {
    const IpAddress address = network.pools.front().subnet.base.next(host);
    return {"container", {}, "eth0", {address, network.pools.back().subnet.base.next(host)}, macFor(address)};
}

Result<const NetworkDriver*> ready(const Outside& outside, const Network& network) {
    TRY(outside.join());
    const auto routes = outside.machine.run([]() -> Result<void> {
        (void)output({"/usr/sbin/ip", "route", "add", "172.31.0.0/24", "via", kHostOutside});
        (void)output({"/usr/sbin/ip", "-6", "route", "add", "fd00:31::/64", "via", kHostOutside6});
        return {};
    });
    TRY(routes);
    TRY_ASSIGN(const NetworkDriver* driver, driverNamed("ipvlan"));
    TRY(driver->ensure(network));
    return driver;
}

bool hasIpvlan() {
    const auto support = driverSupport();
    return support && support->ipvlan;
}

} // namespace

class IpvlanNetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reachesAndIsReached_data() {
        QTest::addColumn<QString>("mode");
        for (const char* mode : {"l2", "l3", "l3s"})
            QTest::newRow(mode) << mode;
    }
    void reachesAndIsReached() {
        QFETCH(QString, mode);
        SKIP_UNLESS(hasIpvlan(), "this kernel has no driver ipvlan");
        onNewHost([&] {
            // Given two containers on the link to a machine
            const auto network = networkOf(mode.toStdString());
            const Outside outside;
            VERIFY_RESULT(ready(outside, network));
            const NamespaceProcess one;
            const NamespaceProcess two;
            const Endpoint first = endpointOf(network, 10);
            const Endpoint second = endpointOf(network, 11);
            VERIFY_RESULT(attachEndpoint(network, first, one.pid()));
            VERIFY_RESULT(attachEndpoint(network, second, two.pid()));
            // then they reach it, it reaches them, and they reach each other, each with its own addresses
            const std::array<std::string, 2> machine{kOutside, kOutside6};
            for (std::size_t i = 0; i < 2; ++i) {
                const auto seen = connectTcp(one.pid(), outside.machine.pid(), machine.at(i));
                VERIFY_RESULT(seen);
                QCOMPARE(*seen, first.addresses.at(i).toString());
                VERIFY_RESULT(connectTcp(outside.machine.pid(), one.pid(), first.addresses.at(i).toString()));
                VERIFY_RESULT(connectTcp(one.pid(), two.pid(), second.addresses.at(i).toString()));
            }
            // and there is nothing of them on the host
            QCOMPARE(interfaceNames(), std::string("lo uplink "));
        });
    }
    void hasTheModeThatWasAsked_data() { reachesAndIsReached_data(); }
    void hasTheModeThatWasAsked() {
        QFETCH(QString, mode);
        SKIP_UNLESS(hasIpvlan(), "this kernel has no driver ipvlan");
        onNewHost([&] {
            const auto network = networkOf(mode.toStdString());
            const Outside outside;
            VERIFY_RESULT(ready(outside, network));
            const NamespaceProcess one;
            VERIFY_RESULT(attachEndpoint(network, endpointOf(network, 10), one.pid()));
            const auto seen = outputIn(one, {"/usr/sbin/ip", "-d", "link", "show", "eth0"});
            QVERIFY2(has(seen, "ipvlan") && has(seen, "mode " + mode.toStdString() + " "), seen.c_str());
        });
    }
    void dropsForgedFrames() {
        SKIP_UNLESS(hasIpvlan(), "this kernel has no driver ipvlan");
        onNewHost([] {
            const auto network = networkOf("l2");
            const Outside outside;
            VERIFY_RESULT(ready(outside, network));
            const NamespaceProcess one;
            VERIFY_RESULT(attachEndpoint(network, endpointOf(network, 10), one.pid()));
            const auto links = output({"/usr/sbin/ip", "-o", "link", "show", "uplink"});
            const std::string own = links.substr(links.find("link/ether ") + 11, 17);
            const Frame honest = udpFrame(own, "203.0.113.10", "203.0.113.255");
            const auto seen = firstSeen(one, outside.machine,
                                        {udpFrame(own, "203.0.113.11", "203.0.113.255"),
                                         udpFrame("02:42:00:00:00:01", "203.0.113.10", "203.0.113.255"),
                                         arpFrame(own, own, kOutside), honest});
            VERIFY_RESULT(seen);
            QVERIFY2(*seen == honest, "a forged frame arrived");
        });
    }
    void leavesNothingOfAnEndpoint_data() {
        QTest::addColumn<QString>("step");
        for (const char* step : {"sub-interface", "guard", "inside"})
            QTest::newRow(step) << step;
    }
    void leavesNothingOfAnEndpoint() {
        QFETCH(QString, step);
        SKIP_UNLESS(hasIpvlan(), "this kernel has no driver ipvlan");
        onNewHost([&] {
            const auto network = networkOf("l2");
            const Outside outside;
            VERIFY_RESULT(ready(outside, network));
            const NamespaceProcess one;
            {
                const FailingStep failing(step.toStdString());
                QVERIFY(!attachEndpoint(network, endpointOf(network, 10), one.pid()));
                QVERIFY(failing.reached());
            }
            const auto left =
                outputIn(one, {"/usr/sbin/ip", "link"}) + outputIn(one, {"/usr/sbin/nft", "list", "ruleset"});
            QVERIFY2(!has(left, "eth0") && !has(left, "table"), left.c_str());
            VERIFY_RESULT(attachEndpoint(network, endpointOf(network, 10), one.pid()));
            VERIFY_RESULT(detachEndpoint(network, endpointOf(network, 10), one.pid()));
            QVERIFY(!has(outputIn(one, {"/usr/sbin/ip", "link"}), "eth0"));
        });
    }
    void sharesNoParentWithMacvlan() {
        SKIP_UNLESS(hasIpvlan(), "this kernel has no driver ipvlan");
        onNewHost([] {
            const auto network = networkOf("l2");
            const Outside outside;
            VERIFY_RESULT(ready(outside, network));
            const NamespaceProcess one;
            const NamespaceProcess two;
            VERIFY_RESULT(attachEndpoint(network, endpointOf(network, 10), one.pid()));
            const auto other = subInterfaceNetwork("macvlan");
            const auto refused = attachEndpoint(other, endpointOf(other, 11), two.pid());
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::InUse);
        });
    }
    void saysWhatTheKernelLacks() {
        SKIP_UNLESS(!hasIpvlan(), "this kernel has the driver ipvlan");
        onNewHost([] {
            const auto network = networkOf("l2");
            const Outside outside;
            VERIFY_RESULT(ready(outside, network));
            const NamespaceProcess one;
            const auto refused = attachEndpoint(network, endpointOf(network, 10), one.pid());
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::Unsupported);
            QCOMPARE(refused.error().message,
                     std::string("this kernel has no driver ipvlan (module ipvlan, CONFIG_IPVLAN)"));
            QVERIFY(refused.error().causes.empty());
        });
    }
};
ESCALE_TEST(IpvlanNetworkTest)

#include "ipvlan_network_test.moc"
