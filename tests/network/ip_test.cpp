#include "engine/network/ip.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;

namespace {

IpAddress address(const QString& text) {
    return *IpAddress::parse(text.toStdString());
}
IpSubnet subnet(const QString& text) {
    return *IpSubnet::parse(text.toStdString());
}

} // namespace

class IpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAndWritesAddresses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        const auto row = [](const char* name, const char* text, const char* written) {
            QTest::newRow(name) << text << written;
        };
        row("IPv4", "172.16.0.2", "172.16.0.2");
        // RFC 5952, section 4
        row("leading zeros", "2001:0db8:0000:0001:0000:0000:0000:0001", "2001:db8:0:1::1");
        row("longest run of zeros", "2001:0:0:1:0:0:0:1", "2001:0:0:1::1");
        row("first of two equal runs", "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1");
        row("one zero is not shortened", "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1");
        row("lower case", "FD00:ABCD::EF", "fd00:abcd::ef");
        row("unspecified", "0:0:0:0:0:0:0:0", "::");
        row("loopback", "::1", "::1");
        row("highest", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        row("the end in dots", "64:ff9b::192.0.2.33", "64:ff9b::c000:221");
    }
    void readsAndWritesAddresses() {
        QFETCH(QString, text);
        QFETCH(QString, written);
        const auto parsed = IpAddress::parse(text.toStdString());
        VERIFY_RESULT(parsed);
        QCOMPARE(parsed->toString(), written.toStdString());
        QCOMPARE(parsed->isV6, written.contains(u':'));
        // and what is written is the same address
        QVERIFY(address(written) == *parsed);
    }
    void refusesWhatIsNoAddress_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("colon") << QByteArray(":");
        QTest::newRow("two gaps") << QByteArray("fd00::1::2");
        QTest::newRow("nine groups") << QByteArray("1:2:3:4:5:6:7:8:9");
        QTest::newRow("seven groups") << QByteArray("1:2:3:4:5:6:7");
        QTest::newRow("five digits") << QByteArray("fd00::12345");
        QTest::newRow("zone") << QByteArray("fe80::1%eth0");
        QTest::newRow("brackets") << QByteArray("[::1]");
        QTest::newRow("prefix") << QByteArray("fd00::/64");
        QTest::newRow("IPv4 in IPv6's dress") << QByteArray("::ffff:10.0.0.1");
        QTest::newRow("the same in hex") << QByteArray("::ffff:a00:1");
        QTest::newRow("zero byte") << QByteArray("fd00::1\0x", 9);
        QTest::newRow("nftables command") << QByteArray("fd00::1; flush ruleset");
    }
    void refusesWhatIsNoAddress() {
        QFETCH(QByteArray, text);
        const auto parsed = IpAddress::parse(text.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
    }
    void countsOn_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<quint64>("steps");
        QTest::addColumn<QString>("to");
        const auto row = [](const char* name, const char* from, quint64 steps, const char* to) {
            QTest::newRow(name) << from << steps << to;
        };
        row("IPv4", "10.0.0.254", 1, "10.0.0.255");
        row("IPv4, into the next byte", "10.0.0.255", 2, "10.0.1.1");
        row("IPv4, beyond the last", "255.255.255.255", 1, "0.0.0.0");
        row("IPv6", "fd00::ffff", 1, "fd00::1:0");
        row("IPv6, into the upper half", "fd00::ffff:ffff:ffff:ffff", 1, "fd00:0:0:1::");
        row("IPv6, beyond the last", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1, "::");
        row("nowhere", "fd00::1", 0, "fd00::1");
    }
    void countsOn() {
        QFETCH(QString, from);
        QFETCH(quint64, steps);
        QFETCH(QString, to);
        QCOMPARE(address(from).next(steps).toString(), to.toStdString());
    }
    void givesItsBytesInNetworkOrder() {
        const auto six = address("2001:db8::102:3");
        QCOMPARE(int(six.bytes()[0]), 0x20);
        QCOMPARE(int(six.bytes()[13]), 0x02);
        QVERIFY(IpAddress::fromV6(six.bytes().data()) == six);
        const auto four = address("192.0.2.1");
        QCOMPARE(int(four.bytes()[0]), 192);
        QCOMPARE(int(four.bytes()[3]), 1);
        QVERIFY(four.v4() && !six.v4());
    }
    void ordersIpv4BeforeIpv6() {
        QVERIFY(address("255.255.255.255") < address("::"));
        QVERIFY(address("9.0.0.0") < address("10.0.0.0"));
        QVERIFY(address("fd00::ffff:ffff:ffff:ffff") < address("fd00:0:0:1::"));
    }

    void readsAndWritesSubnets_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("last");
        QTest::newRow("IPv4") << "172.30.0.0/16"
                              << "172.30.255.255";
        QTest::newRow("all of IPv4") << "0.0.0.0/0"
                                     << "255.255.255.255";
        QTest::newRow("one address") << "10.0.0.1/32"
                                     << "10.0.0.1";
        QTest::newRow("IPv6") << "fd00:30::/64"
                              << "fd00:30::ffff:ffff:ffff:ffff";
        QTest::newRow("in the upper half") << "fd00:30::/48"
                                           << "fd00:30:0:ffff:ffff:ffff:ffff:ffff";
        QTest::newRow("in the lower half") << "fd00:30::/120"
                                           << "fd00:30::ff";
        QTest::newRow("all of IPv6") << "::/0"
                                     << "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
        QTest::newRow("one IPv6 address") << "fd00::1/128"
                                          << "fd00::1";
    }
    void readsAndWritesSubnets() {
        QFETCH(QString, text);
        QFETCH(QString, last);
        const auto parsed = IpSubnet::parse(text.toStdString());
        VERIFY_RESULT(parsed);
        QCOMPARE(parsed->toString(), text.toStdString());
        QCOMPARE(parsed->last().toString(), last.toStdString());
        QVERIFY(subnetAround(parsed->last(), parsed->prefix) == *parsed);
    }
    void refusesWhatIsNoSubnet_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"fd00::", "fd00::/", "fd00::/129", "fd00::/-1", "fd00::/+64", "fd00::/64x",
                                 "fd00::1/64", "fd00:0:0:1::/63", "::ffff:0:0/96", "10.0.0.1/8", "/64"})
            QTest::newRow(text) << text;
    }
    void refusesWhatIsNoSubnet() {
        QFETCH(QString, text);
        const auto parsed = IpSubnet::parse(text.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
    }
    void knowsWhatIsInASubnet_data() {
        QTest::addColumn<QString>("whole");
        QTest::addColumn<QString>("part");
        QTest::addColumn<bool>("contains");
        QTest::addColumn<bool>("overlaps");
        const auto row = [](const char* whole, const char* part, bool contains, bool overlaps) {
            QTest::addRow("%s, %s", whole, part) << whole << part << contains << overlaps;
        };
        row("10.0.0.0/8", "10.1.0.0/16", true, true);
        row("10.0.0.0/8", "10.0.0.0/8", true, true);
        row("10.1.0.0/16", "10.0.0.0/8", false, true);
        row("10.0.0.0/8", "11.0.0.0/8", false, false);
        row("fd00::/48", "fd00:0:0:1::/64", true, true);
        row("fd00:0:0:1::/64", "fd00::/48", false, true);
        row("fd00::/64", "fd00:0:0:1::/64", false, false);
        row("fd00::/120", "fd00::100/120", false, false);
        row("::/0", "fd00::/8", true, true);
        row("0.0.0.0/0", "::/0", false, false); // families are apart
        row("::/0", "10.0.0.0/8", false, false);
    }
    void knowsWhatIsInASubnet() {
        QFETCH(QString, whole);
        QFETCH(QString, part);
        QFETCH(bool, contains);
        QFETCH(bool, overlaps);
        QCOMPARE(subnet(whole).contains(subnet(part)), contains);
        QCOMPARE(subnet(whole).overlaps(subnet(part)), overlaps);
        QCOMPARE(subnet(part).overlaps(subnet(whole)), overlaps);
        // and its first and last address are in it as it is in the whole
        QCOMPARE(subnet(whole).contains(subnet(part).last()) && subnet(whole).contains(subnet(part).base),
                 contains);
    }
};
ESCALE_TEST(IpTest)

#include "ip_test.moc"
