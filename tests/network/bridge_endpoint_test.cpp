#include "tests/network/test_network.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QTest>

#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

/// Two containers in one network, and a machine outside.
struct Topology {
    Outside outside;
    NamespaceProcess one;
    NamespaceProcess two;

    [[nodiscard]] Result<void> make() const {
        TRY(outside.join());
        TRY(ensureBridge(testNetwork()));
        TRY(attachEndpoint(testNetwork(), testEndpoint("esc1", "172.30.0.2"), one.pid()));
        return attachEndpoint(testNetwork(), testEndpoint("esc2", "172.30.0.3"), two.pid());
    }
};

} // namespace

class BridgeEndpointTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesTheContainerAnInterface() {
        onNewHost([] {
            const Topology topology;
            VERIFY_RESULT(topology.make());
            std::string seen;
            VERIFY_RESULT(topology.one.run([&]() -> Result<void> {
                seen = output({"/usr/sbin/ip", "address"}) + output({"/usr/sbin/ip", "route"});
                return {};
            }));
            QVERIFY2(has(seen, "lo: <LOOPBACK,UP,LOWER_UP>"), seen.c_str());
            QVERIFY2(has(seen, "eth0") && has(seen, "172.30.0.2/16") && has(seen, "02:42:ac:1e:00:02"),
                     seen.c_str());
            QVERIFY2(has(seen, "default via 172.30.0.1 dev eth0"), seen.c_str());
        });
    }
    void leavesTheCallersNamespaceAlone() {
        onNewHost([] {
            const auto before = output({"/usr/bin/readlink", "/proc/self/ns/net"});
            const Topology topology;
            VERIFY_RESULT(topology.make());
            QCOMPARE(output({"/usr/bin/readlink", "/proc/self/ns/net"}), before);
        });
    }
    void joinsContainersOfOneNetwork() {
        onNewHost([] {
            const Topology topology;
            VERIFY_RESULT(topology.make());
            const auto seen = connectTcp(topology.one.pid(), topology.two.pid(), "172.30.0.3");
            VERIFY_RESULT(seen);
            QCOMPARE(*seen, std::string("172.30.0.2"));
        });
    }
    void letsTheHostIn() {
        onNewHost([] {
            const Topology topology;
            VERIFY_RESULT(topology.make());
            VERIFY_RESULT(connectTcp(::gettid(), topology.one.pid(), "172.30.0.2"));
        });
    }
    void hidesContainersBehindTheHostsAddress() {
        onNewHost([] {
            const Topology topology;
            VERIFY_RESULT(topology.make());
            const auto seen = connectTcp(topology.one.pid(), topology.outside.machine.pid(), kOutside);
            VERIFY_RESULT(seen);
            QCOMPARE(*seen, std::string(kHostOutside));
        });
    }
    void refusesConnectionsFromOutside() {
        onNewHost([] {
            // Given a machine outside that routes the containers' subnet to this host
            const Topology topology;
            VERIFY_RESULT(topology.make());
            VERIFY_RESULT(topology.outside.machine.run([]() -> Result<void> {
                const auto text =
                    output({"/usr/sbin/ip", "route", "add", "172.30.0.0/16", "via", kHostOutside});
                return text.empty() ? Result<void>() : fail(ErrorCode::Internal, text);
            }));
            // when it connects, then nothing answers
            const auto refused = connectTcp(topology.outside.machine.pid(), topology.one.pid(), "172.30.0.2",
                                            kBriefMilliseconds);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::Unreachable);
            // though without our rules it would
            (void)output({"/usr/sbin/nft", "flush", "ruleset"});
            VERIFY_RESULT(connectTcp(topology.outside.machine.pid(), topology.one.pid(), "172.30.0.2"));
        });
    }
    void keepsNetworksApart() {
        onNewHost([] {
            const Topology topology;
            VERIFY_RESULT(topology.make());
            const auto other = testNetwork("escale1", "172.29.0.0/16");
            VERIFY_RESULT(ensureBridge(other));
            const NamespaceProcess three;
            VERIFY_RESULT(attachEndpoint(other, testEndpoint("esc3", "172.29.0.2"), three.pid()));
            QVERIFY(!connectTcp(topology.one.pid(), three.pid(), "172.29.0.2", kBriefMilliseconds));
            QVERIFY(!connectTcp(three.pid(), topology.one.pid(), "172.30.0.2", kBriefMilliseconds));
            VERIFY_RESULT(connectTcp(three.pid(), topology.outside.machine.pid(), kOutside));
        });
    }
    void dropsForgedAddresses() {
        onNewHost([] {
            // Given a container that took an address of another subnet, to which the outside could answer
            const Topology topology;
            VERIFY_RESULT(topology.make());
            VERIFY_RESULT(topology.one.run([]() -> Result<void> {
                (void)output({"/usr/sbin/ip", "address", "add", "198.51.100.7/32", "dev", "eth0"});
                (void)output({"/usr/sbin/ip", "route", "replace", "default", "via", "172.30.0.1", "src",
                              "198.51.100.7"});
                return {};
            }));
            (void)output({"/usr/sbin/ip", "route", "add", "198.51.100.7/32", "dev", "escale0"});
            VERIFY_RESULT(topology.outside.machine.run([]() -> Result<void> {
                (void)output({"/usr/sbin/ip", "route", "add", "198.51.100.7/32", "via", kHostOutside});
                return {};
            }));
            QVERIFY(!connectTcp(topology.one.pid(), topology.outside.machine.pid(), kOutside,
                                kBriefMilliseconds));
            (void)output({"/usr/sbin/nft", "flush", "ruleset"});
            const auto seen = connectTcp(topology.one.pid(), topology.outside.machine.pid(), kOutside);
            VERIFY_RESULT(seen);
            QCOMPARE(*seen, std::string("198.51.100.7"));
        });
    }

    void leavesNothingWhenDetached() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const NamespaceProcess container;
            const auto endpoint = testEndpoint("esc1", "172.30.0.2");
            VERIFY_RESULT(attachEndpoint(testNetwork(), endpoint, container.pid()));
            VERIFY_RESULT(detachEndpoint(testNetwork(), endpoint));
            QVERIFY2(!has(interfaceNames(), "esc1"), interfaceNames().c_str());
            VERIFY_RESULT(container.run([]() -> Result<void> {
                const auto left = interfaceNames();
                return has(left, "eth0") ? fail(ErrorCode::Internal, left) : Result<void>();
            }));
            // and again is no error
            VERIFY_RESULT(detachEndpoint(testNetwork(), endpoint));
        });
    }
    void needsNoDetachAfterTheNamespaceIsGone() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            NamespaceProcess container;
            const auto endpoint = testEndpoint("esc1", "172.30.0.2");
            VERIFY_RESULT(attachEndpoint(testNetwork(), endpoint, container.pid()));
            container.end();
            VERIFY_RESULT(detachEndpoint(testNetwork(), endpoint));
            QVERIFY2(!has(interfaceNames(), "esc1"), interfaceNames().c_str());
        });
    }
    void detachesOnlyContainersInterfaces() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const auto refused = detachEndpoint(testNetwork(), testEndpoint("escale0", "172.30.0.2"));
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::WrongState);
        });
    }

    void leavesNothingWhenItFails_data() {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("mac");
        QTest::addColumn<ErrorCode>("code");
        const QString mac = "02:42:ac:1e:00:02";
        QTest::newRow("name too long") << "esc0123456789abc"
                                       << "172.30.0.2" << mac << ErrorCode::InvalidArgument;
        QTest::newRow("name taken") << "escale0"
                                    << "172.30.0.2" << mac << ErrorCode::AlreadyExists;
        QTest::newRow("address elsewhere") << "esc1"
                                           << "172.29.0.2" << mac << ErrorCode::InvalidArgument;
        QTest::newRow("address of the network") << "esc1"
                                                << "172.30.0.0" << mac << ErrorCode::InvalidArgument;
        QTest::newRow("address of the gateway") << "esc1"
                                                << "172.30.0.1" << mac << ErrorCode::InvalidArgument;
        QTest::newRow("broadcast address") << "esc1"
                                           << "172.30.255.255" << mac << ErrorCode::InvalidArgument;
        QTest::newRow("no MAC") << "esc1"
                                << "172.30.0.2"
                                << "zz" << ErrorCode::InvalidArgument;
        QTest::newRow("multicast MAC") << "esc1"
                                       << "172.30.0.2"
                                       << "03:42:ac:1e:00:02" << ErrorCode::InvalidArgument;
    }
    void leavesNothingWhenItFails() {
        QFETCH(QString, host);
        QFETCH(QString, address);
        QFETCH(QString, mac);
        QFETCH(ErrorCode, code);
        onNewHost([&] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const NamespaceProcess container;
            const auto before = interfaceNames();
            const Endpoint endpoint{"id",
                                    host.toStdString(),
                                    "eth0",
                                    {*IpAddress::parse(address.toStdString())},
                                    mac.toStdString()};
            const auto attached = attachEndpoint(testNetwork(), endpoint, container.pid());
            QVERIFY(!attached);
            QCOMPARE(attached.error().code, code);
            QCOMPARE(interfaceNames(), before);
        });
    }
    void leavesNothingWhenTheProcessIsGone() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            NamespaceProcess container;
            const pid_t pid = container.pid();
            container.end();
            const auto before = interfaceNames();
            const auto attached = attachEndpoint(testNetwork(), testEndpoint("esc1", "172.30.0.2"), pid);
            QVERIFY(!attached);
            QCOMPARE(attached.error().code, ErrorCode::NotFound);
            QCOMPARE(interfaceNames(), before);
        });
    }
    void leavesNothingWhenTheInsideCannotBeConfigured() {
        onNewHost([] {
            // Given a container that has a default route already
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const NamespaceProcess container;
            VERIFY_RESULT(container.run([]() -> Result<void> {
                (void)output({"/usr/sbin/ip", "link", "set", "lo", "up"});
                (void)output({"/usr/sbin/ip", "route", "add", "default", "dev", "lo"});
                return {};
            }));
            const auto before = interfaceNames();
            // when it is attached, then the last step fails and the pair is gone
            const auto attached =
                attachEndpoint(testNetwork(), testEndpoint("esc1", "172.30.0.2"), container.pid());
            QVERIFY(!attached);
            QCOMPARE(attached.error().code, ErrorCode::AlreadyExists);
            QVERIFY2(attached.error().causes.empty(), attached.error().text().c_str());
            QCOMPARE(interfaceNames(), before);
        });
    }
    void refusesAProcessInTheHostsNamespace() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const auto before = interfaceNames();
            const auto attached =
                attachEndpoint(testNetwork(), testEndpoint("esc1", "172.30.0.2"), ::gettid());
            QVERIFY(!attached);
            QCOMPARE(attached.error().code, ErrorCode::WrongState);
            QCOMPARE(interfaceNames(), before);
        });
    }
    void refusesANetworkThatIsNotThere() {
        onNewHost([] {
            const NamespaceProcess container;
            const auto attached =
                attachEndpoint(testNetwork(), testEndpoint("esc1", "172.30.0.2"), container.pid());
            QVERIFY(!attached);
            QCOMPARE(attached.error().code, ErrorCode::NotFound);
        });
    }
};
ESCALE_TEST(BridgeEndpointTest)

#include "bridge_endpoint_test.moc"
