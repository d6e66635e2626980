#include "engine/network/ipam.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;

namespace {

IpSubnet subnetOf(const QString& text) {
    return *IpSubnet::parse(text.toStdString());
}
IpAddress addressOf(const QString& text) {
    return *IpAddress::parse(text.toStdString());
}
NetworkPool pool(const IpSubnet& subnet) {
    return {subnet, std::nullopt, gatewayOf(subnet)};
}

std::vector<IpSubnet> subnetsOf(const QStringList& texts) {
    std::vector<IpSubnet> subnets;
    for (const auto& text : texts)
        subnets.push_back(subnetOf(text));
    return subnets;
}

} // namespace

class IpamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void choosesTheFirstFreeSubnet_data() {
        QTest::addColumn<QStringList>("taken");
        QTest::addColumn<QString>("chosen");
        QTest::newRow("nothing taken") << QStringList{} << "172.16.0.0/16";
        QTest::newRow("the first taken") << QStringList{"172.16.0.0/16"} << "172.17.0.0/16";
        QTest::newRow("one address of it taken") << QStringList{"172.16.200.7/32"} << "172.17.0.0/16";
        QTest::newRow("a hole") << QStringList{"172.16.0.0/16", "172.18.0.0/16"} << "172.17.0.0/16";
        QTest::newRow("a larger network") << QStringList{"172.16.0.0/13"} << "172.24.0.0/16";
        QTest::newRow("all of 172.16/12") << QStringList{"172.16.0.0/12"} << "192.168.0.0/20";
        QTest::newRow("a home network")
            << QStringList{"172.16.0.0/12", "192.168.1.0/24"} << "192.168.16.0/20";
        QTest::newRow("all of 192.168/16 too")
            << QStringList{"172.16.0.0/12", "192.168.0.0/16"} << "10.0.0.0/24";
        QTest::newRow("half of 10/8")
            << QStringList{"172.16.0.0/12", "192.168.0.0/16", "10.0.0.0/9"} << "10.128.0.0/24";
        QTest::newRow("elsewhere") << QStringList{"8.8.8.0/24", "100.64.0.0/10"} << "172.16.0.0/16";
    }
    void choosesTheFirstFreeSubnet() {
        QFETCH(QStringList, taken);
        QFETCH(QString, chosen);
        const auto subnet = chooseSubnet(subnetsOf(taken));
        VERIFY_RESULT(subnet);
        QCOMPARE(subnet->toString(), chosen.toStdString());
    }
    void saysSoWhenNoSubnetIsFree() {
        const auto subnet = chooseSubnet(subnetsOf({"172.0.0.0/8", "192.168.0.0/16", "10.0.0.0/8"}));
        QVERIFY(!subnet);
        QCOMPARE(subnet.error().code, ErrorCode::NoSpace);
    }

    void readsPools_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("count"); // 0: refused
        QTest::newRow("one") << "10.200.0.0/16:24" << 1;
        QTest::newRow("two") << "10.200.0.0/16:24,192.168.0.0/16:20" << 2;
        QTest::newRow("nothing") << "" << 0;
        QTest::newRow("no length") << "10.200.0.0/16" << 0;
        QTest::newRow("larger than its block") << "10.200.0.0/16:8" << 0;
        QTest::newRow("too small") << "10.200.0.0/16:31" << 0;
        QTest::newRow("no block") << "10.200:24" << 0;
        QTest::newRow("IPv6, which is chosen at random") << "fd00::/48:64" << 0;
    }
    void readsPools() {
        QFETCH(QString, text);
        QFETCH(int, count);
        const auto pools = parsePools(text.toStdString());
        QCOMPARE(pools ? int(pools->size()) : 0, count);
        if (pools)
            QCOMPARE(chooseSubnet({}, *pools)->toString(), std::string("10.200.0.0/24"));
    }

    void givesTheGatewayTheFirstHost() {
        QCOMPARE(gatewayOf(subnetOf("172.16.0.0/16")).toString(), std::string("172.16.0.1"));
        QCOMPARE(gatewayOf(subnetOf("192.168.1.128/25")).toString(), std::string("192.168.1.129"));
    }

    void choosesTheNextFreeAddress_data() {
        QTest::addColumn<QString>("subnet");
        QTest::addColumn<QStringList>("used");
        QTest::addColumn<QString>("last");
        QTest::addColumn<QString>("chosen");
        QTest::newRow("the first") << "172.16.0.0/16" << QStringList{} << "0.0.0.0"
                                   << "172.16.0.2";
        QTest::newRow("after the last, though free") << "172.16.0.0/16" << QStringList{} << "172.16.0.2"
                                                     << "172.16.0.3";
        QTest::newRow("over used ones")
            << "172.16.0.0/16" << QStringList{"172.16.0.3", "172.16.0.4"} << "172.16.0.2"
            << "172.16.0.5";
        QTest::newRow("wraps before broadcast") << "10.0.0.0/24" << QStringList{} << "10.0.0.254"
                                                << "10.0.0.2";
        QTest::newRow("wraps over used ones")
            << "10.0.0.0/24" << QStringList{"10.0.0.254", "10.0.0.2"} << "10.0.0.253"
            << "10.0.0.3";
        QTest::newRow("only the last itself is free")
            << "10.0.0.0/29" << QStringList{"10.0.0.2", "10.0.0.3", "10.0.0.5", "10.0.0.6"} << "10.0.0.4"
            << "10.0.0.4";
        QTest::newRow("last of another subnet") << "10.0.0.0/24" << QStringList{} << "172.16.0.9"
                                                << "10.0.0.2";
        QTest::newRow("last is the gateway") << "10.0.0.0/24" << QStringList{} << "10.0.0.1"
                                             << "10.0.0.2";
        QTest::newRow("last is the highest of all") << "10.0.0.0/24" << QStringList{} << "255.255.255.255"
                                                    << "10.0.0.2";
        QTest::newRow("used ones of another subnet")
            << "10.0.0.0/24" << QStringList{"10.1.0.2", "9.0.0.2"} << "0.0.0.0"
            << "10.0.0.2";
        QTest::newRow("smallest subnet") << "10.0.0.0/30" << QStringList{} << "0.0.0.0"
                                         << "10.0.0.2";
    }
    void choosesTheNextFreeAddress() {
        QFETCH(QString, subnet);
        QFETCH(QStringList, used);
        QFETCH(QString, last);
        QFETCH(QString, chosen);
        std::set<IpAddress> inUse;
        for (const auto& text : used)
            inUse.insert(addressOf(text));
        const auto address = chooseAddress(pool(subnetOf(subnet)), inUse, addressOf(last));
        VERIFY_RESULT(address);
        QCOMPARE(address->toString(), chosen.toStdString());
    }

    void fillsASubnetWithEachHostOnce() {
        // Given a /24, when addresses are taken until none is left
        const auto subnet = subnetOf("10.9.8.0/24");
        std::set<IpAddress> used;
        IpAddress last;
        auto next = chooseAddress(pool(subnet), used, last);
        for (; next; next = chooseAddress(pool(subnet), used, last)) {
            QVERIFY(used.insert(*next).second);
            last = *next;
        }
        // then all hosts but the gateway were given out
        QCOMPARE(next.error().code, ErrorCode::NoSpace);
        QCOMPARE(used.size(), std::size_t{253});
        QCOMPARE(used.begin()->toString(), std::string("10.9.8.2"));
        QCOMPARE(used.rbegin()->toString(), std::string("10.9.8.254"));
    }
    void givesNothingInASubnetWithoutHosts_data() {
        QTest::addColumn<QString>("subnet");
        for (const char* text : {"10.0.0.0/31", "10.0.0.0/32"})
            QTest::newRow(text) << text;
    }
    void givesNothingInASubnetWithoutHosts() {
        QFETCH(QString, subnet);
        const auto address = chooseAddress(pool(subnetOf(subnet)), {}, {});
        QVERIFY(!address);
        QCOMPARE(address.error().code, ErrorCode::NoSpace);
    }
    void doesNotGiveAnAddressAgainAtOnce() {
        // Given an address that was given and freed
        const auto subnet = subnetOf("10.0.0.0/24");
        const auto first = chooseAddress(pool(subnet), {}, {});
        VERIFY_RESULT(first);
        // when the next one is chosen, then it is another
        const auto second = chooseAddress(pool(subnet), {}, *first);
        VERIFY_RESULT(second);
        QVERIFY(*second != *first);
    }
};
ESCALE_TEST(IpamTest)

#include "ipam_test.moc"
