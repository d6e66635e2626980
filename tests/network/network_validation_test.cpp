// What a network may be: values are checked before anything is made.
#include "engine/network/network.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <functional>

using namespace escale;

namespace {

using Change = std::function<void(Network&)>;

Network valid(const std::string& driver) {
    Network network;
    network.id = "0123456789abcdef";
    network.name = "web";
    network.driver = driver;
    network.table = "escale";
    network.pools = {{*IpSubnet::parse("172.30.0.0/16"), std::nullopt, *IpAddress::parse("172.30.0.1")}};
    (driver == "bridge" ? network.interface : network.parent) = driver == "bridge" ? "escale0" : "eth0";
    return network;
}

} // namespace
Q_DECLARE_METATYPE(Change)

class NetworkValidationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void acceptsEveryModeOfADriver_data() {
        QTest::addColumn<QString>("driver");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("meant");
        const auto row = [](const char* driver, const char* mode, const char* meant) {
            QTest::addRow("%s %s", driver, mode) << driver << mode << meant;
        };
        row("bridge", "", "");
        row("macvlan", "", "bridge");
        for (const char* mode : {"bridge", "private", "vepa", "passthru"})
            row("macvlan", mode, mode);
        row("ipvlan", "", "l2");
        for (const char* mode : {"l2", "l3", "l3s"})
            row("ipvlan", mode, mode);
    }
    void acceptsEveryModeOfADriver() {
        QFETCH(QString, driver);
        QFETCH(QString, mode);
        QFETCH(QString, meant);
        auto network = valid(driver.toStdString());
        network.mode = mode.toStdString();
        VERIFY_RESULT(validateNetwork(network));
        QCOMPARE(modeOf(network), meant.toStdString());
    }
    void acceptsAnInternalNetworkWithoutAParent() {
        auto network = valid("macvlan");
        network.parent.clear();
        network.interface = "escdummy0";
        network.internal = true;
        VERIFY_RESULT(validateNetwork(network));
    }
    void refuses_data() {
        QTest::addColumn<QString>("driver");
        QTest::addColumn<Change>("change");
        const auto row = [](const char* name, const char* driver, Change change) {
            QTest::newRow(name) << driver << change;
        };
        row("another driver", "bridge", [](Network& network) { network.driver = "overlay"; });
        row("a bridge's parent", "bridge", [](Network& network) { network.parent = "eth0"; });
        row("a bridge's mode", "bridge", [](Network& network) { network.mode = "l2"; });
        row("no bridge", "bridge", [](Network& network) { network.interface.clear(); });
        row("another driver's mode", "macvlan", [](Network& network) { network.mode = "l3"; });
        row("a mode of the kernel that is none of ours", "macvlan",
            [](Network& network) { network.mode = "source"; });
        row("no parent, and a way out", "macvlan", [](Network& network) { network.parent.clear(); });
        row("a path as a parent", "ipvlan", [](Network& network) { network.parent = "../all"; });
        row("no id", "ipvlan", [](Network& network) { network.id.clear(); });
        row("an id of two words", "ipvlan", [](Network& network) { network.id = "a b"; });
        row("no subnet", "bridge", [](Network& network) { network.pools.clear(); });
        row("the same subnet twice", "bridge",
            [](Network& network) { network.pools.push_back(network.pools.front()); });
        row("loopback", "bridge", [](Network& network) {
            network.pools.front() = {*IpSubnet::parse("127.0.0.0/8"), std::nullopt,
                                     *IpAddress::parse("127.0.0.1")};
        });
        row("multicast", "bridge", [](Network& network) {
            network.pools.front() = {*IpSubnet::parse("ff02::/64"), std::nullopt,
                                     *IpAddress::parse("ff02::1")};
        });
        row("link-local", "bridge", [](Network& network) {
            network.pools.front() = {*IpSubnet::parse("fe80::/64"), std::nullopt,
                                     *IpAddress::parse("fe80::1")};
        });
        row("a subnet of two addresses", "bridge", [](Network& network) {
            network.pools.front() = {*IpSubnet::parse("10.0.0.0/31"), std::nullopt,
                                     *IpAddress::parse("10.0.0.1")};
        });
        row("a gateway elsewhere", "bridge",
            [](Network& network) { network.pools.front().gateway = *IpAddress::parse("172.31.0.1"); });
        row("the broadcast address as gateway", "bridge",
            [](Network& network) { network.pools.front().gateway = *IpAddress::parse("172.30.255.255"); });
        row("a range elsewhere", "bridge",
            [](Network& network) { network.pools.front().ipRange = *IpSubnet::parse("172.31.0.0/24"); });
        row("an MTU below IPv4's", "bridge", [](Network& network) { network.mtu = 67; });
        row("an MTU below IPv6's", "bridge", [](Network& network) {
            network.pools.front() = {*IpSubnet::parse("fd00::/64"), std::nullopt,
                                     *IpAddress::parse("fd00::1")};
            network.mtu = 1279;
        });
    }
    void refuses() {
        QFETCH(QString, driver);
        QFETCH(Change, change);
        auto network = valid(driver.toStdString());
        change(network);
        const auto checked = validateNetwork(network);
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, ErrorCode::InvalidArgument);
    }
};
ESCALE_TEST(NetworkValidationTest)

#include "network_validation_test.moc"
