// Limits that the container meets.
#include "engine/cgroup/metrics.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <csignal>
#include <unistd.h>

using namespace escale;
using test::Bundle;

class LimitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void processesAreLimited() {
        Bundle bundle({"sh", "-c", "for i in $(seq 40); do sleep 5 & done; wait"});
        bundle.set("linux/resources/pids", Json::parse(R"({"limit": 10})").value());
        const auto outcome = bundle.run();
        QVERIFY(outcome.err.find("fork") != std::string::npos);
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void aProcessAboveTheMemoryLimitIsKilledAndReported() {
        Bundle bundle({"sh", "-c", "exec dd if=/dev/zero of=/dev/shm/big bs=1M count=60"});
        bundle.set("linux/resources/memory", Json::parse(R"({"limit": 16777216, "swap": 16777216})").value());
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        const auto exit = bundle.waitForExit();
        QCOMPARE(exit.at("signal").toInteger(), SIGKILL);
        QCOMPARE(exit.at("exitCode").toInteger(), 137);
        QVERIFY(exit.at("oomKilled").toBool());
    }

    void metricsFollowARunningContainer() {
        Bundle bundle({"sh", "-c", "while true; do true; done"});
        bundle.set("linux/resources/cpu", Json::parse(R"({"quota": 20000, "period": 100000})").value());
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QTest::qWait(500);
        const auto metrics = readCgroupMetrics(bundle.cgroup());
        VERIFY_RESULT(metrics);
        QVERIFY(metrics->cpuNanoseconds > 1'000'000);
        QVERIFY(metrics->cpuNanoseconds <
                400'000'000); // a fifth of half a second, and room for a slow machine
        QCOMPARE(metrics->pids, std::uint64_t(1));
        QCOMPARE(bundle.runtime({"delete", "--force"}).code, 0);
        QVERIFY(!readCgroupMetrics(bundle.cgroup()));
        QCOMPARE(bundle.leftovers(), std::string());
    }
};

ESCALE_TEST(LimitsTest)
#include "limits_test.moc"
