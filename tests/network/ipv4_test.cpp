#include "engine/network/ipv4.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;

class Ipv4Test : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAndWritesAddresses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<quint32>("bits");
        QTest::newRow("lowest") << "0.0.0.0" << 0x00000000U;
        QTest::newRow("private") << "172.16.0.2" << 0xac100002U;
        QTest::newRow("highest") << "255.255.255.255" << 0xffffffffU;
    }
    void readsAndWritesAddresses() {
        QFETCH(QString, text);
        QFETCH(quint32, bits);
        const auto address = Ipv4Address::parse(text.toStdString());
        VERIFY_RESULT(address);
        QCOMPARE(address->bits, bits);
        QCOMPARE(address->toString(), text.toStdString());
    }

    void refusesWhatIsNoAddress_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("word") << QByteArray("localhost");
        QTest::newRow("three numbers") << QByteArray("10.0.1");
        QTest::newRow("five numbers") << QByteArray("10.0.0.0.1");
        QTest::newRow("too large") << QByteArray("10.0.0.256");
        QTest::newRow("octal") << QByteArray("010.0.0.1");
        QTest::newRow("hexadecimal") << QByteArray("0x0a.0.0.1");
        QTest::newRow("space") << QByteArray(" 10.0.0.1");
        QTest::newRow("IPv6") << QByteArray("::1");
        QTest::newRow("zero byte") << QByteArray("10.0.0.1\0x", 10);
        QTest::newRow("nftables command") << QByteArray("10.0.0.1; flush ruleset");
    }
    void refusesWhatIsNoAddress() {
        QFETCH(QByteArray, text);
        const auto address = Ipv4Address::parse(text.toStdString());
        QVERIFY(!address);
        QCOMPARE(address.error().code, ErrorCode::InvalidArgument);
    }

    void readsAndWritesSubnets_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"0.0.0.0/0", "10.0.0.0/8", "172.16.0.0/12", "192.168.1.128/25", "192.168.1.1/32"})
            QTest::newRow(text) << text;
    }
    void readsAndWritesSubnets() {
        QFETCH(QString, text);
        const auto subnet = Ipv4Subnet::parse(text.toStdString());
        VERIFY_RESULT(subnet);
        QCOMPARE(subnet->toString(), text.toStdString());
    }

    void refusesWhatIsNoSubnet_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"", "10.0.0.0", "10.0.0.0/", "/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8 ",
              "10.0.0.0/008", "10.0.0.1/8", "10.0.0.0/255.0.0.0", "a/8"})
            QTest::newRow(text) << text;
    }
    void refusesWhatIsNoSubnet() {
        QFETCH(QString, text);
        const auto subnet = Ipv4Subnet::parse(text.toStdString());
        QVERIFY(!subnet);
        QCOMPARE(subnet.error().code, ErrorCode::InvalidArgument);
        QVERIFY(!subnet.error().hint.empty());
    }

    void knowsWhatASubnetContains_data() {
        QTest::addColumn<QString>("subnet");
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("contained");
        QTest::newRow("first") << "172.16.0.0/16"
                               << "172.16.0.0" << true;
        QTest::newRow("last") << "172.16.0.0/16"
                              << "172.16.255.255" << true;
        QTest::newRow("before") << "172.16.0.0/16"
                                << "172.15.255.255" << false;
        QTest::newRow("after") << "172.16.0.0/16"
                               << "172.17.0.0" << false;
        QTest::newRow("everything") << "0.0.0.0/0"
                                    << "8.8.8.8" << true;
        QTest::newRow("one") << "10.0.0.1/32"
                             << "10.0.0.1" << true;
        QTest::newRow("not the one") << "10.0.0.1/32"
                                     << "10.0.0.2" << false;
    }
    void knowsWhatASubnetContains() {
        QFETCH(QString, subnet);
        QFETCH(QString, address);
        QFETCH(bool, contained);
        QCOMPARE(
            Ipv4Subnet::parse(subnet.toStdString())->contains(*Ipv4Address::parse(address.toStdString())),
            contained);
    }

    void knowsWhichSubnetsOverlap_data() {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("overlap");
        QTest::newRow("same") << "10.1.0.0/16"
                              << "10.1.0.0/16" << true;
        QTest::newRow("inside") << "10.0.0.0/8"
                                << "10.1.2.0/24" << true;
        QTest::newRow("neighbours") << "10.1.0.0/16"
                                    << "10.2.0.0/16" << false;
        QTest::newRow("everything") << "0.0.0.0/0"
                                    << "192.168.0.0/16" << true;
        QTest::newRow("halves") << "0.0.0.0/1"
                                << "128.0.0.0/1" << false;
    }
    void knowsWhichSubnetsOverlap() {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QFETCH(bool, overlap);
        const auto first = *Ipv4Subnet::parse(one.toStdString());
        const auto second = *Ipv4Subnet::parse(other.toStdString());
        QCOMPARE(first.overlaps(second), overlap);
        QCOMPARE(second.overlaps(first), overlap);
    }
};
ESCALE_TEST(Ipv4Test)

#include "ipv4_test.moc"
