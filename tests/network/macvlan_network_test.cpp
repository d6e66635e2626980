// macvlan: containers on the link of an interface of the host, with real packets to the machine beyond it.
#include "engine/network/interface_counters.h"
#include "engine/network/network_namespace.h"
#include "tests/network/frames.h"
#include "tests/network/test_network.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

constexpr auto kBeyond = "198.51.100.1";

Endpoint endpointFor(int host) {
    Endpoint endpoint = testEndpoint({}, "203.0.113." + std::to_string(host));
    endpoint.id = "container" + std::to_string(host);
    endpoint.addresses.push_back(*IpAddress::parse("2001:db8::" + std::to_string(host)));
    return endpoint;
}

/// A machine outside, and two containers beside the host on the link to it.
struct Link {
    Network network;
    Outside outside;
    NamespaceProcess one;
    NamespaceProcess two;

    explicit Link(const std::string& mode = {})
        : network(subInterfaceNetwork("macvlan", mode)) {}
    [[nodiscard]] Result<void> make() const {
        TRY(outside.join());
        TRY_ASSIGN(const NetworkDriver* driver, driverNamed("macvlan"));
        TRY(driver->ensure(network));
        return attachEndpoint(network, endpointFor(10), one.pid());
    }
    [[nodiscard]] Result<void> makeBoth() const {
        TRY(make());
        return attachEndpoint(network, endpointFor(11), two.pid());
    }
};

std::string everythingIn(const NamespaceProcess& container) {
    return outputIn(container, {"/usr/sbin/ip", "address"}) + outputIn(container, {"/usr/sbin/ip", "route"}) +
           outputIn(container, {"/usr/sbin/nft", "list", "ruleset"});
}

} // namespace

class MacvlanNetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesTheContainerAnInterface() {
        onNewHost([] {
            const Link link;
            VERIFY_RESULT(link.make());
            const auto seen = outputIn(link.one, {"/usr/sbin/ip", "-d", "address", "show", "eth0"});
            QVERIFY2(has(seen, "macvlan mode bridge") && has(seen, "203.0.113.10/24") &&
                         has(seen, "2001:db8::10/64") && has(seen, "02:42:cb:00:71:0a") &&
                         !has(seen, "tentative"),
                     seen.c_str());
            QVERIFY(has(outputIn(link.one, {"/usr/sbin/ip", "route"}), "default via 203.0.113.2 dev eth0"));
            // and the host nothing
            QCOMPARE(interfaceNames(), std::string("lo uplink "));
        });
    }
    void reachesAndIsReachedAsAMachineOfTheLink_data() {
        QTest::addColumn<QString>("mode");
        for (const char* mode : {"bridge", "private", "vepa", "passthru"})
            QTest::newRow(mode) << mode;
    }
    void reachesAndIsReachedAsAMachineOfTheLink() {
        QFETCH(QString, mode);
        onNewHost([&] {
            const Link link(mode.toStdString());
            VERIFY_RESULT(link.make());
            const auto& machine = link.outside.machine;
            for (const char* address : {kOutside, kOutside6}) {
                const auto seen = connectTcp(link.one.pid(), machine.pid(), address);
                VERIFY_RESULT(seen);
                QCOMPARE(*seen, std::string(address == kOutside ? "203.0.113.10" : "2001:db8::10"));
            }
            VERIFY_RESULT(connectTcp(machine.pid(), link.one.pid(), "203.0.113.10"));
            VERIFY_RESULT(connectTcp(machine.pid(), link.one.pid(), "2001:db8::10"));
            // and beyond its gateway
            (void)outputIn(machine, {"/usr/sbin/ip", "link", "set", "lo", "up"});
            (void)outputIn(machine,
                           {"/usr/sbin/ip", "address", "add", std::string(kBeyond) + "/32", "dev", "lo"});
            VERIFY_RESULT(connectTcp(link.one.pid(), machine.pid(), kBeyond));
        });
    }
    void joinsContainersByItsMode_data() {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<bool>("joined");
        QTest::newRow("bridge") << "bridge" << true;
        QTest::newRow("private") << "private" << false;
        QTest::newRow("vepa, at a switch that does not send back") << "vepa" << false;
    }
    void joinsContainersByItsMode() {
        QFETCH(QString, mode);
        QFETCH(bool, joined);
        onNewHost([&] {
            const Link link(mode.toStdString());
            VERIFY_RESULT(link.makeBoth());
            for (const char* address : {"203.0.113.11", "2001:db8::11"}) {
                const auto seen = connectTcp(link.one.pid(), link.two.pid(), address,
                                             joined ? kPatientMilliseconds : kBriefMilliseconds);
                QCOMPARE(seen.has_value(), joined);
            }
        });
    }
    void keepsContainersAndHostApart() {
        onNewHost([] {
            const Link link;
            VERIFY_RESULT(link.make());
            QVERIFY(!connectTcp(link.one.pid(), ::gettid(), kHostOutside, kBriefMilliseconds));
            QVERIFY(!connectTcp(::gettid(), link.one.pid(), "203.0.113.10", kBriefMilliseconds));
        });
    }
    void hasNoWayOutWhenInternal() {
        onNewHost([] {
            Link link;
            link.network.internal = true;
            VERIFY_RESULT(link.make());
            QVERIFY(!has(outputIn(link.one, {"/usr/sbin/ip", "route"}), "default"));
            QVERIFY(!has(outputIn(link.one, {"/usr/sbin/ip", "-6", "route"}), "default"));
        });
    }
    void passesAParentThroughToOneContainer() {
        onNewHost([] {
            const Link link("passthru");
            VERIFY_RESULT(link.make());
            const auto second = attachEndpoint(link.network, endpointFor(11), link.two.pid());
            QVERIFY(!second);
            QCOMPARE(second.error().code, ErrorCode::InUse);
            QVERIFY2(has(second.error().message, "passthru"), second.error().text().c_str());
            QVERIFY2(second.error().causes.empty(), second.error().text().c_str());
            // and when that one has left, another
            VERIFY_RESULT(detachEndpoint(link.network, endpointFor(10), link.one.pid()));
            VERIFY_RESULT(attachEndpoint(link.network, endpointFor(11), link.two.pid()));
            VERIFY_RESULT(connectTcp(link.two.pid(), link.outside.machine.pid(), kOutside));
        });
    }
    void hasTheMtuThatWasAsked() {
        onNewHost([] {
            Link link;
            link.network.mtu = 1400;
            VERIFY_RESULT(link.make());
            QVERIFY(has(outputIn(link.one, {"/usr/sbin/ip", "link", "show", "eth0"}), "mtu 1400"));
            link.network.mtu = 9000;
            const auto refused = attachEndpoint(link.network, endpointFor(11), link.two.pid());
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        });
    }

    void dropsForgedFrames_data() {
        QTest::addColumn<QByteArray>("frame");
        const auto row = [](const char* name, const Frame& frame) {
            QTest::newRow(name) << QByteArray(frame.data(), static_cast<int>(frame.size()));
        };
        const std::string own = "02:42:cb:00:71:0a";
        const std::string other = "02:42:cb:00:71:0b";
        const std::string link = "fe80::42:cbff:fe00:710a";
        row("another MAC", udpFrame(other, "203.0.113.10", "203.0.113.255"));
        row("another's address", udpFrame(own, "203.0.113.11", "203.0.113.255"));
        row("an address from outside", udpFrame(own, "8.8.8.8", "203.0.113.255"));
        row("another's IPv6 address", udpFrame(own, "2001:db8::11", "ff02::1"));
        row("ARP for the gateway", arpFrame(own, own, kOutside));
        row("ARP with another's MAC inside", arpFrame(own, other, "203.0.113.10"));
        row("advertisement of the gateway", neighbourFrame(136, own, "2001:db8::10", kOutside6));
        row("router advertisement", neighbourFrame(134, own, link, "::"));
        row("inside a VLAN", vlanFrame(udpFrame(own, "2001:db8::10", "ff02::1")));
        row("another protocol", protocolFrame(own, 0x88cc));
    }
    void dropsForgedFrames() {
        QFETCH(QByteArray, frame);
        onNewHost([&] {
            const Link link;
            VERIFY_RESULT(link.make());
            const Frame forged(frame.constData(), static_cast<std::size_t>(frame.size()));
            const Frame honest = udpFrame("02:42:cb:00:71:0a", "203.0.113.10", "203.0.113.255");
            const auto seen = firstSeen(link.one, link.outside.machine, {forged, honest});
            VERIFY_RESULT(seen);
            QVERIFY2(*seen == honest, "the forged frame arrived");
        });
    }
    void isNotDeceivedByASocketThatLies() {
        onNewHost([] {
            // Given a packet socket that says of an IPv4 frame that it is ARP, or IPv6
            const Link link;
            VERIFY_RESULT(link.make());
            const Frame forged = udpFrame("02:42:cb:00:71:0a", "8.8.8.8", "203.0.113.255");
            const Frame honest = udpFrame("02:42:cb:00:71:0a", "203.0.113.10", "203.0.113.255");
            for (const int type : {0x0806, 0x86dd}) {
                const auto seen = firstSeen(link.one, link.outside.machine, {forged, honest}, type);
                VERIFY_RESULT(seen);
                QVERIFY2(*seen == honest, "the forged frame arrived");
            }
        });
    }

    void leavesNothingOfAnEndpoint_data() {
        QTest::addColumn<QString>("step");
        for (const char* step : {"sub-interface", "guard", "inside"})
            QTest::newRow(step) << step;
    }
    void leavesNothingOfAnEndpoint() {
        QFETCH(QString, step);
        onNewHost([&] {
            const Link link;
            VERIFY_RESULT(link.make());
            const auto before = interfaceNames();
            {
                const FailingStep failing(step.toStdString());
                const auto attached = attachEndpoint(link.network, endpointFor(11), link.two.pid());
                QVERIFY(!attached && failing.reached());
                QVERIFY2(attached.error().causes.empty(), attached.error().text().c_str());
            }
            QCOMPARE(interfaceNames(), before);
            const auto left = everythingIn(link.two);
            QVERIFY2(!has(left, "eth0") && !has(left, "table"), left.c_str());
            // and the next attempt succeeds
            VERIFY_RESULT(attachEndpoint(link.network, endpointFor(11), link.two.pid()));
        });
    }
    void leavesNothingWhenItsProcessIsKilled() {
        onNewHost([] {
            // Given an engine that is killed while it attaches a container that runs
            const Link link;
            VERIFY_RESULT(link.make());
            QVERIFY(isKilledAt("guard",
                               [&] { (void)attachEndpoint(link.network, endpointFor(11), link.two.pid()); }));
            QVERIFY(has(everythingIn(link.two), "eth0"));
            // when the next one detaches what it does not know to be attached, then nothing is left
            VERIFY_RESULT(detachEndpoint(link.network, endpointFor(11), link.two.pid()));
            const auto left = everythingIn(link.two);
            QVERIFY2(!has(left, "eth0") && !has(left, "table"), left.c_str());
        });
    }
    void leavesNothingWhenDetached() {
        onNewHost([] {
            const Link link;
            VERIFY_RESULT(link.make());
            VERIFY_RESULT(detachEndpoint(link.network, endpointFor(10), link.one.pid()));
            const auto left = everythingIn(link.one);
            QVERIFY2(!has(left, "eth0") && !has(left, "table"), left.c_str());
            // and again is no error, nor when the container has ended
            VERIFY_RESULT(detachEndpoint(link.network, endpointFor(10), link.one.pid()));
            VERIFY_RESULT(detachEndpoint(link.network, endpointFor(10)));
        });
    }
    void detachesOnlyWhatIsOfTheNetworksDriver() {
        onNewHost([] {
            const Link link;
            VERIFY_RESULT(link.make());
            VERIFY_RESULT(ensureBridge(testNetwork()));
            VERIFY_RESULT(attachEndpoint(testNetwork(), testEndpoint("esc1", "172.30.0.2"), link.two.pid()));
            const auto refused = detachEndpoint(link.network, endpointFor(11), link.two.pid());
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::WrongState);
            // and never what is the host's, should a process id have been given to another
            (void)output(
                {"/usr/sbin/ip", "link", "add", "link", "uplink", "name", "eth0", "type", "macvlan"});
            VERIFY_RESULT(detachEndpoint(link.network, endpointFor(10), ::gettid()));
            QVERIFY(has(interfaceNames(), "eth0"));
        });
    }

    void namesAParentThatHasGone() {
        onNewHost([] {
            const Link link;
            VERIFY_RESULT(link.make());
            (void)output({"/usr/sbin/ip", "link", "delete", "uplink"});
            const auto attached = attachEndpoint(link.network, endpointFor(11), link.two.pid());
            QVERIFY(!attached);
            QCOMPARE(attached.error().code, ErrorCode::NotFound);
            QVERIFY2(has(attached.error().message, "uplink"), attached.error().text().c_str());
            // the network can be removed all the same, and what is left in the container detached
            VERIFY_RESULT(detachEndpoint(link.network, endpointFor(10), link.one.pid()));
            VERIFY_RESULT((*driverNamed("macvlan"))->remove(link.network));
        });
    }
    void refusesWhatCannotBeAParent() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const NamespaceProcess container;
            VERIFY_RESULT(attachEndpoint(testNetwork(), testEndpoint("esc1", "172.30.0.2"), container.pid()));
            auto network = subInterfaceNetwork("macvlan");
            for (const char* parent : {"lo", "esc1"}) {
                network.parent = parent;
                const auto made = (*driverNamed("macvlan"))->ensure(network);
                QVERIFY(!made);
                QCOMPARE(made.error().code, ErrorCode::WrongState);
            }
            // while a bridge can be
            network.parent = "escale0";
            VERIFY_RESULT((*driverNamed("macvlan"))->ensure(network));
        });
    }
    void countsWhatWentThrough() {
        onNewHost([] {
            const Link link;
            VERIFY_RESULT(link.make());
            VERIFY_RESULT(connectTcp(link.one.pid(), link.outside.machine.pid(), kOutside));
            const auto space = openNetworkNamespace(link.one.pid());
            VERIFY_RESULT(space);
            auto file = InterfaceCountersFile::openIn(space->get());
            VERIFY_RESULT(file);
            InterfaceCounters counters;
            VERIFY_RESULT(file->read([&](std::string_view name, const InterfaceCounters& all) {
                if (name == "eth0")
                    counters = all;
            }));
            QVERIFY(counters.sentPackets > 0 && counters.receivedPackets > 0);
        });
    }
};
ESCALE_TEST(MacvlanNetworkTest)

#include "macvlan_network_test.moc"
