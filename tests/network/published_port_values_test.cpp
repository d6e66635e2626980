#include "engine/network/published_port.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;

namespace {

PublishedPort port(const std::string& words, const std::string& containerIp = "172.30.0.2") {
    PublishedPort value = parsePortWords(words)->front();
    value.containerIp = *IpAddress::parse(containerIp);
    return value;
}

} // namespace

class PublishedPortValuesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAndWritesDockersWords_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("count");
        for (const auto* words :
             {"127.0.0.1:8080->80/tcp", "0.0.0.0:53->53/udp", "[fd00::5]:8080->80/tcp", "[::]:65535->1/sctp"})
            QTest::newRow(words) << words << 1;
        QTest::newRow("a range") << "0.0.0.0:8000-8002->80-82/tcp" << 3;
    }
    void readsAndWritesDockersWords() {
        QFETCH(QString, words);
        QFETCH(int, count);
        const auto ports = parsePortWords(words.toStdString());
        VERIFY_RESULT(ports);
        QCOMPARE(static_cast<int>(ports->size()), count);
        QCOMPARE(toWords(*ports), words.toStdString());
    }
    void refusesOtherWords_data() {
        QTest::addColumn<QString>("words");
        for (const auto* words :
             {"", "80/tcp", "8080->80/tcp", "127.0.0.1:8080->80", "127.0.0.1:8080->80/icmp",
              "::1:8080->80/tcp", "[127.0.0.1]:8080->80/tcp", "127.0.0.1:0->80/tcp",
              "127.0.0.1:65536->80/tcp", "127.0.0.1:80-82->80-81/tcp", "127.0.0.1:82-80->82-80/tcp",
              "host:80->80/tcp", "1:2->3/4->5/tcp"})
            QTest::newRow(words) << words;
    }
    void refusesOtherWords() {
        QFETCH(QString, words);
        const auto ports = parsePortWords(words.toStdString());
        QVERIFY(!ports);
        QCOMPARE(ports.error().code, ErrorCode::InvalidArgument);
    }
    void joinsOnlyWhatBelongsTogether() {
        QCOMPARE(toWords({port("0.0.0.0:81->81/tcp"), port("0.0.0.0:80->80/tcp"), port("0.0.0.0:80->80/udp"),
                          port("0.0.0.0:83->83/tcp"), port("127.0.0.1:82->82/tcp")}),
                 std::string("0.0.0.0:80-81->80-81/tcp, 0.0.0.0:83->83/tcp, 127.0.0.1:82->82/tcp, "
                             "0.0.0.0:80->80/udp"));
    }

    void refusesWhatNoRuleCanDo_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("container");
        QTest::newRow("from IPv6 to IPv4") << "[fd00::5]:8080->80/tcp"
                                           << "172.30.0.2";
        QTest::newRow("from IPv4 to IPv6") << "127.0.0.1:8080->80/tcp"
                                           << "fd30::2";
        QTest::newRow("to no address") << "127.0.0.1:8080->80/tcp"
                                       << "0.0.0.0";
        QTest::newRow("to loopback") << "127.0.0.1:8080->80/tcp"
                                     << "127.0.0.1";
        QTest::newRow("on the loopback of IPv6") << "[::1]:8080->80/tcp"
                                                 << "fd30::2";
    }
    void refusesWhatNoRuleCanDo() {
        QFETCH(QString, words);
        QFETCH(QString, container);
        const auto checked = checkPublishedPort(port(words.toStdString(), container.toStdString()));
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(checked.error().message.find(words.toStdString()) != std::string::npos,
                 checked.error().message.c_str());
    }

    void knowsWhatTakesTheSamePort() {
        const auto all = port("0.0.0.0:80->80/tcp");
        QVERIFY(overlaps(all, port("127.0.0.1:80->81/tcp")));
        QVERIFY(overlaps(port("127.0.0.1:80->81/tcp"), all));
        QVERIFY(!overlaps(port("127.0.0.2:80->81/tcp"), port("127.0.0.1:80->81/tcp")));
        QVERIFY(!overlaps(all, port("0.0.0.0:80->80/udp")));
        QVERIFY(!overlaps(all, port("[::]:80->80/tcp", "fd30::2")));
    }
};
ESCALE_TEST(PublishedPortValuesTest)

#include "published_port_values_test.moc"
