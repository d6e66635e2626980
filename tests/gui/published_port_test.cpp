#include "gui/containers/published_port.h"
#include "tests/support/test_registry.h"

using namespace escale::gui;

class PublishedPortTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhereAndForWhom_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("reach");
        QTest::newRow("local") << "127.0.0.1:8080->80/tcp"
                               << "8080→80"
                               << "http://127.0.0.1:8080"
                               << "Only programs on this machine";
        QTest::newRow("everywhere") << "0.0.0.0:80->80/tcp"
                                    << "80"
                                    << "http://localhost:80"
                                    << "Every computer";
        QTest::newRow("IPv6") << "[::]:8443->443/tcp"
                              << "8443→443"
                              << "https://localhost:8443"
                              << "Every computer";
        QTest::newRow("IPv6 local") << "[::1]:8080->80/tcp"
                                    << "8080→80"
                                    << "http://[::1]:8080"
                                    << "Only programs on this machine";
        QTest::newRow("one address") << "192.168.1.5:5432->5432/tcp"
                                     << "5432"
                                     << "http://192.168.1.5:5432"
                                     << "reach the address 192.168.1.5";
        QTest::newRow("UDP") << "0.0.0.0:53->53/udp"
                             << "53/udp"
                             << ""
                             << "Every computer";
        QTest::newRow("no address") << "9000->90"
                                    << "9000→90"
                                    << "http://localhost:9000"
                                    << "Every computer";
    }
    void saysWhereAndForWhom() {
        QFETCH(const QString, text);
        QFETCH(const QString, label);
        QFETCH(const QString, url);
        QFETCH(const QString, reach);
        const std::optional<PublishedPort> port = PublishedPort::parse(text);
        QVERIFY(port.has_value());
        QCOMPARE(port->label(), label);
        QCOMPARE(port->url().toString(), url);
        QVERIFY2(port->reach().contains(reach), qPrintable(port->reach()));
    }

    void otherTextIsNone() {
        for (const char* text :
             {"", "80/tcp", "->", "host:->80/tcp", "127.0.0.1:0->80/tcp", "1.2.3.4:99999->80/tcp"})
            QVERIFY2(!PublishedPort::parse(QString::fromLatin1(text)), text);
    }
};

ESCALE_TEST(PublishedPortTest)
#include "published_port_test.moc"
