// Names that end in nftables commands and in paths below /proc: nothing but a plain word may pass.
#include "engine/network/firewall.h"
#include "engine/network/netlink.h"
#include "engine/network/network.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;

class NetworkNamesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void acceptsInterfaceNames_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"escale0", "esc0123456789ab", "br-1.2_x"})
            QTest::newRow(name) << name;
    }
    void acceptsInterfaceNames() {
        QFETCH(QString, name);
        VERIFY_RESULT(netlink::validateInterfaceName(name.toStdString()));
    }
    void refusesInterfaceNames_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("16 characters") << QByteArray(16, 'a');
        QTest::newRow("path") << QByteArray("../all");
        QTest::newRow("dots") << QByteArray("..");
        QTest::newRow("quote") << QByteArray("a\"b");
        QTest::newRow("space") << QByteArray("a b");
        QTest::newRow("new line") << QByteArray("a\nflush ruleset").left(15);
        QTest::newRow("semicolon") << QByteArray("a;b");
        QTest::newRow("wildcard") << QByteArray("esc*");
        QTest::newRow("zero byte") << QByteArray("a\0b", 3);
        QTest::newRow("not ASCII") << QByteArray("\xc3\xa9t\xc3\xa9");
    }
    void refusesInterfaceNames() {
        QFETCH(QByteArray, name);
        const auto valid = netlink::validateInterfaceName(name.toStdString());
        QVERIFY(!valid);
        QCOMPARE(valid.error().code, ErrorCode::InvalidArgument);
    }
    void refusesTableNames_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("too long") << QByteArray(32, 'a');
        QTest::newRow("digit first") << QByteArray("1a");
        QTest::newRow("dash") << QByteArray("a-b");
        QTest::newRow("command") << QByteArray("a; flush ruleset");
        QTest::newRow("not ASCII") << QByteArray("\xc3\xa9t\xc3\xa9");
    }
    void refusesTableNames() {
        QFETCH(QByteArray, name);
        const auto valid = firewall::validateTableName(name.toStdString());
        QVERIFY(!valid);
        QCOMPARE(valid.error().code, ErrorCode::InvalidArgument);
    }
    void derivesTheMacFromTheAddress() {
        QCOMPARE(macFor(*IpAddress::parse("172.16.0.2")), std::string("02:42:ac:10:00:02"));
        QCOMPARE(macFor(*IpAddress::parse("255.1.2.254")), std::string("02:42:ff:01:02:fe"));
    }
};
ESCALE_TEST(NetworkNamesTest)

#include "network_names_test.moc"
