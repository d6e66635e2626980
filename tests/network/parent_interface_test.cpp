// The parents of macvlan and ipvlan networks: which there are, and those that are made.
#include "engine/network/host_interfaces.h"
#include "engine/network/kernel_drivers.h"
#include "tests/network/test_network.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace escale;
using namespace escale::test;

namespace {

DriverSupport support() {
    const auto asked = driverSupport();
    return asked ? *asked : DriverSupport{};
}

const NetworkDriver& macvlan() {
    return **driverNamed("macvlan");
}

Network vlanNetwork(const std::string& id = "0123456789abcdef") {
    Network network = subInterfaceNetwork("macvlan");
    network.id = id;
    network.parent = "uplink.7";
    network.pools = {{*IpSubnet::parse("10.7.0.0/24"), std::nullopt, *IpAddress::parse("10.7.0.1")}};
    return network;
}

/// The machine outside is 10.7.0.1 in the VLAN 7.
Result<void> joinVlan(const Outside& outside) {
    TRY(outside.join());
    return outside.machine.run([]() -> Result<void> {
        (void)output(
            {"/usr/sbin/ip", "link", "add", "link", "eth0", "name", "eth0.7", "type", "vlan", "id", "7"});
        (void)output({"/usr/sbin/ip", "address", "add", "10.7.0.1/24", "dev", "eth0.7"});
        const auto said = output({"/usr/sbin/ip", "link", "set", "eth0.7", "up"});
        return said.empty() ? Result<void>() : fail(ErrorCode::Internal, said);
    });
}

const HostInterface* find(const std::vector<HostInterface>& all, const std::string& name) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
    return found != all.end() ? &*found : nullptr;
}

} // namespace

class ParentInterfaceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsWhatTheKernelCanDoAndMakesNothing() {
        onNewHost([] {
            const auto asked = driverSupport();
            VERIFY_RESULT(asked);
            QVERIFY(asked->bridge && asked->macvlan);
            qInfo("ipvlan %d, vlan %d, dummy %d", asked->ipvlan, asked->vlan, asked->dummy);
            QCOMPARE(interfaceNames(), std::string("lo "));
            // as the kernel says of itself
            const std::array<std::pair<const char*, bool>, 3> kinds{
                {{"ipvlan", asked->ipvlan}, {"vlan", asked->vlan}, {"dummy", asked->dummy}}};
            for (const auto& [kind, known] : kinds) {
                const auto said = output({"/usr/sbin/ip", "link", "add", "name", "probe", "type", kind});
                QCOMPARE(!has(said, "Unknown device type"), known);
            }
        });
    }
    void listsTheHostsInterfaces() {
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(outside.join());
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const NamespaceProcess container;
            VERIFY_RESULT(attachEndpoint(testNetwork(), testEndpoint("esc1", "172.30.0.2"), container.pid()));
            const auto all = hostInterfaces();
            VERIFY_RESULT(all);
            const auto* uplink = find(*all, "uplink");
            QVERIFY(uplink != nullptr && uplink->isUp);
            QCOMPARE(uplink->kind, std::string("veth"));
            QCOMPARE(uplink->mac.size(), std::size_t(17));
            QCOMPARE(uplink->addresses.front(), std::string(kHostOutside) + "/24");
            QVERIFY(!find(*all, "lo")->unfit.empty());
            QVERIFY(has(find(*all, "esc1")->unfit, "port"));
            QVERIFY(find(*all, "escale0")->unfit.empty());
        });
    }

    void makesAVlanOfAnInterface() {
        SKIP_UNLESS(support().vlan, "this kernel has no driver vlan");
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(joinVlan(outside));
            VERIFY_RESULT(macvlan().ensure(vlanNetwork()));
            VERIFY_RESULT(macvlan().ensure(vlanNetwork()));
            const NamespaceProcess one;
            VERIFY_RESULT(attachEndpoint(vlanNetwork(), testEndpoint({}, "10.7.0.10"), one.pid()));
            // Its frames are in the VLAN, and nowhere else
            VERIFY_RESULT(connectTcp(one.pid(), outside.machine.pid(), "10.7.0.1"));
            VERIFY_RESULT(outside.machine.run([]() -> Result<void> {
                (void)output({"/usr/sbin/ip", "link", "delete", "eth0.7"});
                (void)output({"/usr/sbin/ip", "address", "add", "10.7.0.1/24", "dev", "eth0"});
                return {};
            }));
            QVERIFY(!connectTcp(one.pid(), outside.machine.pid(), "10.7.0.1", kBriefMilliseconds));
        });
    }
    void removesAVlanWithTheLastNetworkOnIt() {
        SKIP_UNLESS(support().vlan, "this kernel has no driver vlan");
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(outside.join());
            const auto second = vlanNetwork("fedcba9876543210");
            VERIFY_RESULT(macvlan().ensure(vlanNetwork()));
            VERIFY_RESULT(macvlan().ensure(second));
            VERIFY_RESULT(macvlan().remove(vlanNetwork()));
            QVERIFY(has(interfaceNames(), "uplink.7"));
            VERIFY_RESULT(macvlan().remove(second));
            QCOMPARE(interfaceNames(), std::string("lo uplink "));
            VERIFY_RESULT(macvlan().remove(second));
        });
    }
    void leavesAVlanOfTheHostsAlone() {
        SKIP_UNLESS(support().vlan, "this kernel has no driver vlan");
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(outside.join());
            (void)output({"/usr/sbin/ip", "link", "add", "link", "uplink", "name", "uplink.7", "type", "vlan",
                          "id", "7"});
            VERIFY_RESULT(macvlan().ensure(vlanNetwork()));
            VERIFY_RESULT(macvlan().remove(vlanNetwork()));
            QVERIFY(has(interfaceNames(), "uplink.7"));
        });
    }
    void makesAVlanAgainThatWasTakenAway() {
        SKIP_UNLESS(support().vlan, "this kernel has no driver vlan");
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(joinVlan(outside));
            VERIFY_RESULT(macvlan().ensure(vlanNetwork()));
            (void)output({"/usr/sbin/ip", "link", "delete", "uplink.7"});
            const NamespaceProcess one;
            VERIFY_RESULT(attachEndpoint(vlanNetwork(), testEndpoint({}, "10.7.0.10"), one.pid()));
            VERIFY_RESULT(connectTcp(one.pid(), outside.machine.pid(), "10.7.0.1"));
            VERIFY_RESULT(macvlan().remove(vlanNetwork()));
            QVERIFY(!has(interfaceNames(), "uplink.7"));
        });
    }
    void leavesNothingOfANetwork_data() {
        QTest::addColumn<QString>("step");
        for (const char* step : {"parent", "parent marked"})
            QTest::newRow(step) << step;
    }
    void leavesNothingOfANetwork() {
        QFETCH(QString, step);
        SKIP_UNLESS(support().vlan, "this kernel has no driver vlan");
        onNewHost([&] {
            const Outside outside;
            VERIFY_RESULT(outside.join());
            const FailingStep failing(step.toStdString());
            const auto made = macvlan().ensure(vlanNetwork());
            QVERIFY(!made && failing.reached());
            QVERIFY2(made.error().causes.empty(), made.error().text().c_str());
            QCOMPARE(interfaceNames(), std::string("lo uplink "));
        });
    }
    void knowsAVlanWhoseMakingWasCutShort() {
        SKIP_UNLESS(support().vlan, "this kernel has no driver vlan");
        onNewHost([] {
            // Given an engine that was killed before it marked the VLAN: it has our group and no alias
            const Outside outside;
            VERIFY_RESULT(outside.join());
            (void)output({"/usr/sbin/ip", "link", "add", "link", "uplink", "name", "uplink.7", "group",
                          "1165189985", "type", "vlan", "id", "7"});
            VERIFY_RESULT(macvlan().remove(vlanNetwork()));
            QVERIFY(!has(interfaceNames(), "uplink.7"));
        });
    }
    void makesADummyInPlaceOfNoParent() {
        SKIP_UNLESS(support().dummy, "this kernel has no driver dummy");
        onNewHost([] {
            auto network = subInterfaceNetwork("macvlan");
            network.parent.clear();
            network.interface = "escdummy0";
            network.internal = true;
            VERIFY_RESULT(macvlan().ensure(network));
            const NamespaceProcess one;
            const NamespaceProcess two;
            VERIFY_RESULT(attachEndpoint(network, testEndpoint({}, "203.0.113.10"), one.pid()));
            VERIFY_RESULT(attachEndpoint(network, testEndpoint({}, "203.0.113.11"), two.pid()));
            VERIFY_RESULT(connectTcp(one.pid(), two.pid(), "203.0.113.11"));
            VERIFY_RESULT(macvlan().remove(network));
            QCOMPARE(interfaceNames(), std::string("lo "));
        });
    }
    void saysWhatTheKernelLacks() {
        SKIP_UNLESS(!support().vlan && !support().dummy, "this kernel has the drivers vlan and dummy");
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(outside.join());
            const auto vlan = macvlan().ensure(vlanNetwork());
            QVERIFY(!vlan);
            QCOMPARE(vlan.error().code, ErrorCode::Unsupported);
            QCOMPARE(vlan.error().message,
                     std::string("this kernel has no driver vlan (module 8021q, CONFIG_VLAN_8021Q)"));
            auto internal = subInterfaceNetwork("macvlan");
            internal.parent.clear();
            internal.interface = "escdummy0";
            internal.internal = true;
            const auto dummy = macvlan().ensure(internal);
            QVERIFY(!dummy);
            QCOMPARE(dummy.error().code, ErrorCode::Unsupported);
            QCOMPARE(interfaceNames(), std::string("lo uplink "));
        });
    }
    void namesWhatIsMissing() {
        onNewHost([] {
            auto network = vlanNetwork();
            for (const char* parent : {"uplink.7", "uplink", "uplink.0", "uplink.4095"}) {
                network.parent = parent;
                const auto made = macvlan().ensure(network);
                QVERIFY(!made);
                QCOMPARE(made.error().code, ErrorCode::NotFound);
                QVERIFY2(has(made.error().message, "uplink"), made.error().text().c_str());
            }
        });
    }
};
ESCALE_TEST(ParentInterfaceTest)

#include "parent_interface_test.moc"
