// Attaching is a transaction: what fails at any step leaves nothing; what others took away is put back.
#include "tests/network/test_network.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <array>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

/// Interfaces and rules of the host.
std::string everything() {
    return interfaceNames() + output({"/usr/sbin/nft", "list", "ruleset"});
}

Network dualNetwork() {
    Network network = testNetwork();
    addPool(network, "fd00:30::/64");
    return network;
}

} // namespace

class EndpointTransactionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void leavesNothingOfAnEndpoint_data() {
        QTest::addColumn<QString>("step");
        for (const char* step : {"pair", "inside", "guard", "port"})
            QTest::newRow(step) << step;
    }
    void leavesNothingOfAnEndpoint() {
        QFETCH(QString, step);
        onNewHost([&] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const NamespaceProcess container;
            const auto before = everything();
            {
                const FailingStep failing(step.toStdString());
                const auto attached =
                    attachEndpoint(testNetwork(), testEndpoint("esc1", "172.30.0.2"), container.pid());
                QVERIFY(!attached && failing.reached());
                QVERIFY2(attached.error().causes.empty(), attached.error().text().c_str());
            }
            QCOMPARE(everything(), before);
            VERIFY_RESULT(container.run([]() -> Result<void> {
                const auto left = interfaceNames();
                return left == "lo " ? Result<void>() : fail(ErrorCode::Internal, left);
            }));
            // and the next attempt succeeds
            VERIFY_RESULT(attachEndpoint(testNetwork(), testEndpoint("esc1", "172.30.0.2"), container.pid()));
        });
    }
    void leavesNothingThatTheNextOneCannotTakeAway_data() { leavesNothingOfAnEndpoint_data(); }
    void leavesNothingThatTheNextOneCannotTakeAway() {
        QFETCH(QString, step);
        onNewHost([&] {
            // Given an engine that is killed while it attaches a container that runs
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const NamespaceProcess container;
            const auto before = everything();
            const auto endpoint = testEndpoint("esc1", "172.30.0.2");
            QVERIFY(isKilledAt(step.toStdString(),
                               [&] { (void)attachEndpoint(testNetwork(), endpoint, container.pid()); }));
            QVERIFY(has(interfaceNames(), "esc1"));
            // when the next one detaches what it does not know to be attached, then nothing is left
            VERIFY_RESULT(detachEndpoint(testNetwork(), endpoint, container.pid()));
            QCOMPARE(everything(), before);
            QVERIFY(!has(outputIn(container, {"/usr/sbin/ip", "link"}), "eth0"));
        });
    }
    void leavesNothingOfANetwork_data() {
        QTest::addColumn<QString>("step");
        for (const char* step : {"bridge addresses", "bridge up", "forwarding"})
            QTest::newRow(step) << step;
    }
    void leavesNothingOfANetwork() {
        QFETCH(QString, step);
        onNewHost([&] {
            const auto before = everything();
            const FailingStep failing(step.toStdString());
            const auto made = ensureBridge(dualNetwork());
            QVERIFY(!made && failing.reached());
            QVERIFY2(made.error().causes.empty(), made.error().text().c_str());
            QCOMPARE(everything(), before);
            for (const char* path :
                 {"/proc/sys/net/ipv4/ip_forward", "/proc/sys/net/ipv6/conf/all/forwarding"})
                QCOMPARE(output({"/usr/bin/cat", path}), std::string("0\n"));
        });
    }
    void leavesNoRulesWhenAContainerHasGone() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const auto before = everything();
            NamespaceProcess container;
            const auto endpoint = testEndpoint("esc1", "172.30.0.2");
            VERIFY_RESULT(attachEndpoint(testNetwork(), endpoint, container.pid()));
            container.end();
            VERIFY_RESULT(detachEndpoint(testNetwork(), endpoint));
            QCOMPARE(everything(), before);
        });
    }
    void putsBackRulesThatWereFlushed() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const NamespaceProcess container;
            const auto endpoint = testEndpoint("esc1", "172.30.0.2");
            VERIFY_RESULT(attachEndpoint(testNetwork(), endpoint, container.pid()));
            const auto before = everything();
            (void)output({"/usr/sbin/nft", "flush", "ruleset"});
            const auto driver = driverNamed("bridge");
            VERIFY_RESULT(driver);
            VERIFY_RESULT((*driver)->ensure(testNetwork()));
            VERIFY_RESULT((*driver)->repair(testNetwork(), endpoint));
            QCOMPARE(everything(), before);
        });
    }
    void putsBackABridgeThatWasRemoved() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            const NamespaceProcess container;
            const auto endpoint = testEndpoint("esc1", "172.30.0.2");
            VERIFY_RESULT(attachEndpoint(testNetwork(), endpoint, container.pid()));
            (void)output({"/usr/sbin/ip", "link", "delete", "escale0"});
            QVERIFY(!connectTcp(::gettid(), container.pid(), "172.30.0.2", kBriefMilliseconds));
            const auto driver = driverNamed("bridge");
            VERIFY_RESULT(driver);
            VERIFY_RESULT((*driver)->ensure(testNetwork()));
            VERIFY_RESULT((*driver)->repair(testNetwork(), endpoint));
            VERIFY_RESULT(connectTcp(::gettid(), container.pid(), "172.30.0.2"));
        });
    }
    void tellsHowLongAttachingTakes() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(dualNetwork()));
            std::vector<double> attaching;
            const std::array<NamespaceProcess, 31> containers;
            for (int i = 0; i < 31; ++i) {
                const std::string host = std::to_string(i + 2);
                auto endpoint = testEndpoint("esc" + host, "172.30.0." + host);
                endpoint.addresses.push_back(*IpAddress::parse("fd00:30::" + host));
                QElapsedTimer timer;
                timer.start();
                VERIFY_RESULT(attachEndpoint(dualNetwork(), endpoint, containers.at(i).pid()));
                attaching.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            }
            std::sort(attaching.begin(), attaching.end());
            qInfo("attach, both families: median %.2f ms, fastest %.2f ms", attaching[15], attaching[0]);
        });
    }
};
ESCALE_TEST(EndpointTransactionTest)

#include "endpoint_transaction_test.moc"
