// pause and resume, and what the other commands do with a container that stands still.
#include "engine/base/file.h"
#include "engine/cgroup/metrics.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <csignal>
#include <unistd.h>

using namespace escale;
using test::Bundle;

class PauseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void aPausedContainerUsesNoTimeUntilItIsResumed() {
        Bundle bundle({"sh", "-c", "while true; do true; done"});
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(bundle.runtime({"pause"}).code, 0);
        QCOMPARE(bundle.state().at("status").toString(), std::string("paused"));
        QVERIFY(bundle.state().at("pid").toInteger() > 0);
        const auto before = readCgroupMetrics(bundle.cgroup());
        QTest::qWait(100);
        const auto after = readCgroupMetrics(bundle.cgroup());
        VERIFY_RESULT(before);
        VERIFY_RESULT(after);
        QCOMPARE(after->cpuNanoseconds, before->cpuNanoseconds);
        QCOMPARE(bundle.runtime({"resume"}).code, 0);
        QCOMPARE(bundle.state().at("status").toString(), std::string("running"));
        QTRY_VERIFY(readCgroupMetrics(bundle.cgroup())->cpuNanoseconds > after->cpuNanoseconds);
    }

    void whatDoesNotRunIsNotPausedAndWhatRunsIsNotResumed() {
        Bundle bundle({"sleep", "1000"});
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        const auto early = bundle.runtime({"resume"});
        QCOMPARE(early.code, 1);
        QVERIFY(early.err.find("is running, not paused") != std::string::npos);
        QCOMPARE(bundle.runtime({"pause"}).code, 0);
        QCOMPARE(bundle.runtime({"pause"}).code, 1);
        QCOMPARE(bundle.runtime({"resume"}).code, 0);
        QCOMPARE(bundle.runtime({"kill"}, {"KILL"}).code, 0);
        QVERIFY(!bundle.waitForExit().isNull());
        const auto late = bundle.runtime({"pause"});
        QCOMPARE(late.code, 1);
        QVERIFY(late.err.find("is stopped, not running") != std::string::npos);
    }

    void nobodyEntersAPausedContainer() {
        Bundle bundle({"sleep", "1000"});
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(bundle.runtime({"pause"}).code, 0);
        const auto outcome = bundle.runtime({"exec"}, {"true"});
        QVERIFY(outcome.code != 0);
        QVERIFY(outcome.err.find("is paused") != std::string::npos);
    }

    void killingAPausedContainerEndsIt() {
        Bundle bundle({"sleep", "1000"});
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(bundle.runtime({"pause"}).code, 0);
        QCOMPARE(bundle.runtime({"kill"}, {"KILL"}).code, 0);
        QCOMPARE(bundle.waitForExit().at("signal").toInteger(), SIGKILL);
    }

    void deletingAPausedContainerByForceLeavesNothing() {
        Bundle bundle({"sh", "-c", "sleep 1000 & sleep 1000"});
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(bundle.runtime({"pause"}).code, 0);
        QCOMPARE(bundle.runtime({"delete", "--force"}).code, 0);
        QCOMPARE(bundle.leftovers(), std::string());
    }
};

ESCALE_TEST(PauseTest)
#include "pause_test.moc"
