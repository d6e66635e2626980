#include "engine/container/host_files.h"

#include "tests/support/test_registry.h"

using namespace escale;

class HostFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTheHostsServersAndOptions() {
        QCOMPARE(containerResolvConf(
                     "# made by hand\nsearch example.org\nnameserver 192.0.2.1\noptions edns0\n", ""),
                 std::string("search example.org\nnameserver 192.0.2.1\noptions edns0\n"));
    }
    void dropsLoopbackServersBesideOthers() {
        QCOMPARE(
            containerResolvConf("nameserver 127.0.0.1\nnameserver 192.0.2.1\n", "nameserver 192.0.2.9\n"),
            std::string("nameserver 192.0.2.1\n"));
    }
    void takesResolvedsUpstreamServers() {
        QCOMPARE(containerResolvConf("nameserver 127.0.0.53\noptions trust-ad\n",
                                     "nameserver 192.0.2.9\nsearch lan\n"),
                 std::string("nameserver 192.0.2.9\nsearch lan\n"));
    }
    void hasNoServerWhenTheHostHasNone() {
        QCOMPARE(containerResolvConf("nameserver ::1\nsearch lan\n", ""), std::string("search lan\n"));
    }
    void namesTheContainerInHosts() {
        QVERIFY(containerHosts("abcdef", "", {"172.17.0.2"}).ends_with("172.17.0.2\tabcdef\n"));
        QVERIFY(containerHosts("abcdef", "lan", {}).ends_with("127.0.1.1\tabcdef.lan abcdef\n"));
        QVERIFY(containerHosts("abcdef", "", {"10.89.1.2", "fd00::2"})
                    .ends_with("10.89.1.2\tabcdef\nfd00::2\tabcdef\n"));
    }
};

ESCALE_TEST(HostFilesTest)
#include "host_files_test.moc"
