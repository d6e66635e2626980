#include "engine/network/host_routes.h"
#include "tests/network/test_network.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace escale;
using namespace escale::test;

namespace {

std::string interfaces() {
    return output({"/usr/sbin/ip", "-o", "link"});
}
std::string rules() {
    return output({"/usr/sbin/nft", "list", "ruleset"});
}
} // namespace

class BridgeNetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void makesABridgeWithItsGatewayAndRules() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const auto bridge = output({"/usr/sbin/ip", "-d", "link", "show", "escale0"});
            QVERIFY2(has(bridge, ",UP") && has(bridge, "stp_state 0") && has(bridge, "02:42:ac:1e:00:01"),
                     bridge.c_str());
            const auto addresses = output({"/usr/sbin/ip", "-o", "address", "show", "escale0"});
            QVERIFY2(has(addresses, "172.30.0.1/16 brd 172.30.255.255") && !has(addresses, "inet6"),
                     addresses.c_str());
            QCOMPARE(output({"/usr/bin/cat", "/proc/sys/net/ipv4/ip_forward"}), std::string("1\n"));
            QVERIFY2(has(rules(), "ip saddr 172.30.0.0/16 oifname != \"escale0\" masquerade"),
                     rules().c_str());
        });
    }

    void changesNothingTheSecondTime() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            // One line an address: whether a bridge without ports has a carrier is told late.
            const auto before = output({"/usr/sbin/ip", "-o", "address"}) + rules();
            VERIFY_RESULT(ensureBridge(testNetwork()));
            QCOMPARE(output({"/usr/sbin/ip", "-o", "address"}) + rules(), before);
        });
    }

    void completesWhatWasTakenAway() {
        onNewHost([] {
            // Given a bridge that lost its rules, its address and its state
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const auto before = rules();
            (void)output({"/usr/sbin/nft", "flush", "ruleset"});
            (void)output({"/usr/sbin/ip", "address", "flush", "dev", "escale0"});
            (void)output({"/usr/sbin/ip", "link", "set", "escale0", "down"});
            // when it is ensured again
            VERIFY_RESULT(ensureBridge(testNetwork()));
            // then all is there again
            QCOMPARE(rules(), before);
            QVERIFY(has(output({"/usr/sbin/ip", "-o", "address", "show", "escale0"}), "172.30.0.1/16"));
            QVERIFY(has(output({"/usr/sbin/ip", "-o", "link", "show", "up"}), "escale0:"));
        });
    }

    void leavesNothingWhenRemoved() {
        onNewHost([] {
            const auto before = interfaceNames();
            VERIFY_RESULT(ensureBridge(testNetwork()));
            VERIFY_RESULT(removeBridge(testNetwork()));
            QCOMPARE(interfaceNames(), before);
            QCOMPARE(rules(), std::string());
            // and again is no error
            VERIFY_RESULT(removeBridge(testNetwork()));
        });
    }

    void keepsOtherNetworksOfTheSameTable() {
        onNewHost([] {
            const auto other = testNetwork("escale1", "172.29.0.0/16");
            VERIFY_RESULT(ensureBridge(other));
            const auto before = rules();
            VERIFY_RESULT(ensureBridge(testNetwork()));
            VERIFY_RESULT(removeBridge(testNetwork()));
            QCOMPARE(rules(), before);
        });
    }

    void leavesForeignTablesAlone() {
        onNewHost([] {
            (void)output(
                {"/usr/sbin/nft",
                 "add table inet mine; add chain inet mine c { type filter hook forward priority 0; };"
                 "add rule inet mine c tcp dport 1 drop; add table ip escale"});
            const auto before = rules();
            QVERIFY2(has(before, "dport 1 drop") && has(before, "table ip escale"), before.c_str());
            VERIFY_RESULT(ensureBridge(testNetwork()));
            QVERIFY(has(rules(), "dport 1 drop"));
            VERIFY_RESULT(removeBridge(testNetwork()));
            QCOMPARE(rules(), before);
        });
    }

    void refusesSomebodyElsesInterface_data() {
        QTest::addColumn<QString>("kind");
        QTest::newRow("bridge") << "bridge";
        QTest::newRow("veth") << "veth";
    }
    void refusesSomebodyElsesInterface() {
        QFETCH(QString, kind);
        onNewHost([&] {
            (void)output({"/usr/sbin/ip", "link", "add", "escale0", "type", kind.toStdString()});
            (void)output({"/usr/sbin/ip", "link", "set", "escale0", "up"});
            const auto before = interfaceNames();
            const auto made = ensureBridge(testNetwork());
            QVERIFY(!made);
            QCOMPARE(made.error().code, ErrorCode::AlreadyExists);
            const auto removed = removeBridge(testNetwork());
            QVERIFY(!removed);
            QCOMPARE(removed.error().code, ErrorCode::WrongState);
            QCOMPARE(interfaceNames(), before);
            QCOMPARE(rules(), std::string());
        });
    }

    void refusesNamesAndSubnets_data() {
        QTest::addColumn<QString>("bridge");
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("subnet");
        QTest::newRow("bridge") << "esc ale"
                                << "escale"
                                << "172.30.0.0/16";
        QTest::newRow("table") << "escale0"
                               << "escale;flush ruleset"
                               << "172.30.0.0/16";
        QTest::newRow("too small a subnet") << "escale0"
                                            << "escale"
                                            << "172.30.0.0/31";
        QTest::newRow("the whole internet") << "escale0"
                                            << "escale"
                                            << "0.0.0.0/0";
    }
    void refusesNamesAndSubnets() {
        QFETCH(QString, bridge);
        QFETCH(QString, table);
        QFETCH(QString, subnet);
        onNewHost([&] {
            const auto before = interfaceNames();
            auto network = testNetwork(bridge.toStdString(), subnet.toStdString());
            network.table = table.toStdString();
            const auto made = ensureBridge(network);
            QVERIFY(!made);
            QCOMPARE(made.error().code, ErrorCode::InvalidArgument);
            QCOMPARE(interfaceNames(), before);
        });
    }

    void leavesNothingWhenTheRulesCannotBeInstalled() {
        onNewHost([] {
            // Given a table that nftables' grammar cannot take
            const auto before = interfaceNames();
            auto network = testNetwork();
            network.table = "flush";
            // when the bridge is made, then it fails and nothing of it stays
            const auto made = ensureBridge(network);
            QVERIFY(!made);
            QVERIFY2(made.error().causes.empty(), made.error().text().c_str());
            QCOMPARE(interfaceNames(), before);
            QCOMPARE(output({"/usr/bin/cat", "/proc/sys/net/ipv4/ip_forward"}), std::string("0\n"));
        });
    }

    void followsTheMtuOfTheUplink() {
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(outside.join(1400));
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const NamespaceProcess container;
            VERIFY_RESULT(attachEndpoint(testNetwork(), testEndpoint("esc1", "172.30.0.2"), container.pid()));
            QVERIFY2(has(output({"/usr/sbin/ip", "link", "show", "escale0"}), "mtu 1400"),
                     interfaces().c_str());
            VERIFY_RESULT(container.run([]() -> Result<void> {
                const auto link = output({"/usr/sbin/ip", "link", "show", "eth0"});
                return has(link, "mtu 1400") ? Result<void>() : fail(ErrorCode::Internal, link);
            }));
        });
    }

    void knowsTheSubnetsOfTheHost() {
        onNewHost([] {
            const Outside outside;
            VERIFY_RESULT(outside.join());
            VERIFY_RESULT(runProgramInTest({"route", "add", "10.20.0.0/16", "via", kOutside}));
            VERIFY_RESULT(
                runProgramInTest({"route", "add", "192.168.7.0/24", "via", kOutside, "table", "100"}));
            VERIFY_RESULT(runProgramInTest({"route", "add", "0.0.0.0/1", "via", kOutside}));
            const auto subnets = hostSubnets();
            VERIFY_RESULT(subnets);
            const auto contains = [&](const char* text) {
                return std::find(subnets->begin(), subnets->end(), *IpSubnet::parse(text)) != subnets->end();
            };
            QVERIFY(contains("203.0.113.0/24"));
            QVERIFY(contains("10.20.0.0/16"));
            QVERIFY(contains("192.168.7.0/24"));
            // neither the default route, nor one in disguise
            QVERIFY(!contains("0.0.0.0/0"));
            QVERIFY(!contains("0.0.0.0/1"));
        });
    }

private:
    static Result<void> runProgramInTest(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "/usr/sbin/ip");
        const auto text = output(std::move(arguments));
        return text.empty() ? Result<void>() : fail(ErrorCode::Internal, text);
    }
};
ESCALE_TEST(BridgeNetworkTest)

#include "bridge_network_test.moc"
