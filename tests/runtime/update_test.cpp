// update and events on a container that runs.
#include "engine/base/file.h"
#include "engine/cgroup/cgroup.h"
#include "engine/cgroup/metrics.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <QProcess>

#include <unistd.h>

using namespace escale;
using test::Bundle;

class UpdateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void optionsChangeTheLimitsOfARunningContainer() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        QCOMPARE(
            bundle.runtime({"update", "--memory", "64m", "--memory-swap", "64m", "--pids-limit", "21"}).code,
            0);
        const auto metrics = readCgroupMetrics(bundle.cgroup());
        VERIFY_RESULT(metrics);
        QCOMPARE(metrics->memoryLimit, std::uint64_t(64 << 20));
        QCOMPARE(metrics->pidsLimit, std::uint64_t(21));
    }

    void memoryGrowsAndShrinksWithItsSwap() {
        Bundle bundle({"sleep", "1000"});
        bundle.set("linux/resources/memory", Json::parse(R"({"limit": 33554432, "swap": 33554432})").value());
        start(bundle);
        for (const char* size : {"128m", "16m", "64m"}) {
            const auto outcome = bundle.runtime({"update", "--memory", size, "--memory-swap", size});
            QCOMPARE(outcome.err, std::string());
            QCOMPARE(outcome.code, 0);
        }
        QCOMPARE(readCgroupMetrics(bundle.cgroup())->memoryLimit, std::uint64_t(64 << 20));
    }

    void aFileHoldsWholeResources() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        VERIFY_RESULT(writeFileAtomically(bundle.path() + "/r.json", R"({"pids": {"limit": 17}})"));
        QCOMPARE(bundle.runtime({"update", "-r", bundle.path() + "/r.json"}).code, 0);
        QCOMPARE(readCgroupMetrics(bundle.cgroup())->pidsLimit, std::uint64_t(17));
    }

    void aValueThatTheKernelRefusesChangesNothing() {
        Bundle bundle({"sleep", "1000"});
        bundle.set("linux/resources/pids", Json::parse(R"({"limit": 30})").value());
        bundle.set("linux/resources/memory", Json::parse(R"({"limit": 33554432})").value());
        start(bundle);
        const auto outcome =
            bundle.runtime({"update", "--memory", "16m", "--cpuset-cpus", "4000", "--pids-limit", "20"});
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.err.find("cpuset.cpus") != std::string::npos);
        QCOMPARE(readCgroupMetrics(bundle.cgroup())->memoryLimit, std::uint64_t(32 << 20));
        QCOMPARE(readCgroupMetrics(bundle.cgroup())->pidsLimit, std::uint64_t(30));
    }

    void aNumberThatIsNoneIsRefused() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        QCOMPARE(bundle.runtime({"update", "--memory", "much"}).code, 1);
        QCOMPARE(bundle.runtime({"update", "--cpu-share", "-5"}).code, 1);
    }

    void aStoppedContainerHasNoLimitsToChange() {
        Bundle bundle({"true"});
        start(bundle);
        QVERIFY(!bundle.waitForExit().isNull());
        const auto outcome = bundle.runtime({"update", "--pids-limit", "5"});
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.err.find("is stopped, not running") != std::string::npos);
    }

    void statisticsHaveRuncsForm() {
        Bundle bundle({"sh", "-c", "while true; do true; done"});
        bundle.set("linux/resources/pids", Json::parse(R"({"limit": 30})").value());
        start(bundle);
        const auto outcome = bundle.runtime({"events", "--stats"});
        QCOMPARE(outcome.code, 0);
        const auto json = Json::parse(outcome.out);
        VERIFY_RESULT(json);
        QCOMPARE(json->at("type").toString(), std::string("stats"));
        QCOMPARE(json->at("id").toString(), bundle.id());
        QCOMPARE(json->at("data").at("pids").at("limit").toInteger(), std::int64_t(30));
        QVERIFY(json->at("data").at("memory").at("usage").at("usage").toInteger() > 0);
    }

    // The child that takes too much is killed; the container lives on, and nobody waits for the next
    // interval.
    void eventsTellAtOnceThatMemoryRanOut() {
        Bundle bundle(
            {"sh", "-c",
             "while [ ! -e /tmp/go ]; do sleep 0.05; done; dd if=/dev/zero of=/dev/null bs=128M count=1;"
             "sleep 1000"});
        bundle.set("linux/resources/memory", Json::parse(R"({"limit": 33554432, "swap": 33554432})").value());
        start(bundle);
        QProcess events;
        events.start(QString::fromStdString(test::runtimeProgram()),
                     {"--root", QString::fromStdString(bundle.path() + "/state"), "events", "--interval",
                      "1000s", QString::fromStdString(bundle.id())});
        QTRY_VERIFY(events.bytesAvailable() > 0); // the first statistics
        VERIFY_RESULT(writeFileAtomically(bundle.root() + "/tmp/go", "", 0644));
        QByteArray told;
        QTRY_VERIFY2((told += events.readAllStandardOutput()).contains(R"("type":"oom")"), told.constData());
        QCOMPARE(bundle.state().at("status").toString(), std::string("running"));
        bundle.runtime({"kill"}, {"KILL"});
        QVERIFY(events.waitForFinished(10000));
    }

    void eventsEndWithTheContainerAndTellThatMemoryRanOut() {
        // Again and again: it was maybe over once before anybody watched.
        Bundle bundle(
            {"sh", "-c",
             "for i in 1 2 3 4 5; do (dd if=/dev/zero of=/dev/shm/$i bs=1M count=60); rm /dev/shm/$i; "
             "sleep 0.3; done"});
        bundle.set("linux/resources/memory", Json::parse(R"({"limit": 16777216, "swap": 16777216})").value());
        start(bundle);
        const auto outcome = bundle.runtime({"events", "--interval", "50ms"});
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.out.find(R"("type":"stats")") != std::string::npos);
        QVERIFY(outcome.out.find(R"("type":"oom")") != std::string::npos);
    }

private:
    static void start(Bundle& bundle) {
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
    }
};

ESCALE_TEST(UpdateTest)
#include "update_test.moc"
