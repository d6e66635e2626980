#include "gui/networks/network_commands.h"
#include "gui/networks/network_text.h"
#include "tests/gui/network_sample.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::gui;

class NetworkTextTest : public QObject {
    Q_OBJECT

    static QString u(const char* text) { return QString::fromUtf8(text); }

private Q_SLOTS:
    void whoReachesAPortIsSaidWithTheReason_data() {
        QTest::addColumn<QString>("who");
        QTest::addColumn<QString>("why");
        QTest::addColumn<QString>("chain");
        QTest::addColumn<QString>("bypassed");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("part");
        QTest::newRow("loopback") << u("machine") << u("loopback") << u("") << u("") << u("This machine only")
                                  << u("loopback address");
        QTest::newRow("dropped") << u("machine") << u("forward-dropped") << u("FORWARD") << u("")
                                 << u("This machine only") << u("in its chain FORWARD");
        QTest::newRow("private") << u("local") << u("private-address") << u("") << u("")
                                 << u("The local network") << u("private address");
        QTest::newRow("no public") << u("local") << u("no-public-address") << u("") << u("")
                                   << u("The local network") << u("private addresses only");
        QTest::newRow("public") << u("everybody") << u("public-address") << u("") << u("") << u("Everybody")
                                << u("whole Internet");
        QTest::newRow("bypassed") << u("everybody") << u("public-address") << u("") << u("INPUT")
                                  << u("Everybody") << u("The firewall's chain INPUT drops by default");
    }
    void whoReachesAPortIsSaidWithTheReason() {
        QFETCH(const QString, who);
        QFETCH(const QString, why);
        QFETCH(const QString, chain);
        QFETCH(const QString, bypassed);
        QFETCH(const QString, words);
        QFETCH(const QString, part);
        const dbus::PortReach reach{u("127.0.0.1:80->80/tcp"), who, why, chain, true, bypassed};
        QCOMPARE(reachWho(reach), words);
        QVERIFY2(reachWhy(reach).contains(part), qPrintable(reachWhy(reach)));
    }

    void whatIsNotCertainIsSaid() {
        const dbus::PortReach reach{u("p"), u("local"), u("private-address"), {}, false, {}};
        QVERIFY(reachWhy(reach).contains(u("not certain")));
    }

    void aNetworkIsToldAsCommands() {
        dbus::Network backend = test::smallTopology().networks[2];
        backend.icc = false;
        backend.labels.insert(u("team"), u("shop front"));
        const QString script = networkCommands(backend);
        for (const char* line : {"docker network create --driver bridge --subnet 10.89.2.0/24", "--internal",
                                 "--opt com.docker.network.bridge.enable_icc=false",
                                 "--label 'team=shop front' backend", "ip link add br-backend type bridge",
                                 "ip -n db address add 10.89.2.3/24 dev eth0", "oifname != br-backend drop"})
            QVERIFY2(script.contains(u(line)), qPrintable(u(line) + u("\n\nin\n\n") + script));
        // Nothing leads out of an internal network.
        QVERIFY(!script.contains(u("masquerade")));
        QVERIFY(!script.contains(u("route add default")));
    }

    void aNetworkOnTheLocalNetworkHasItsParent() {
        dbus::Network lan = test::smallTopology().networks[3];
        lan.parent = u("eth0.7");
        const QString script = networkCommands(lan);
        QVERIFY(script.contains(u("ip link add link eth0 name eth0.7 type vlan id 7")));
        QVERIFY(script.contains(u("link eth0.7 netns printer type macvlan mode bridge")));
    }
};

ESCALE_TEST(NetworkTextTest)
#include "network_text_test.moc"
