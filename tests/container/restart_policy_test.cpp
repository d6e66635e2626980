#include "engine/container/restart_policy.h"

#include "tests/support/test_registry.h"

using namespace escale;
using std::chrono::milliseconds;

class RestartPolicyTest : public QObject {
    Q_OBJECT
    static Container ended(const char* policy, int code, std::int64_t ran = 100) {
        Container container;
        container.options.restart = policy;
        container.exitCode = code;
        container.startedAt = 1000;
        container.finishedAt = 1000 + ran;
        return container;
    }

private Q_SLOTS:
    void waitsLongerEachTime() {
        const auto container = ended("always", 0);
        QCOMPARE(restartDelay(container, false, milliseconds(0))->count(), 100);
        QCOMPARE(restartDelay(container, false, milliseconds(100))->count(), 200);
        QCOMPARE(restartDelay(container, false, milliseconds(51'200))->count(), 60'000);
        QCOMPARE(restartDelay(container, false, milliseconds(60'000))->count(), 60'000);
    }
    void beginsAnewAfterALongRun() {
        QCOMPARE(restartDelay(ended("always", 1, 10'000), false, milliseconds(51'200))->count(), 100);
    }
    void knowsWhenToStop() {
        QVERIFY(!restartDelay(ended("always", 1), true, milliseconds(0)));
        QVERIFY(!restartDelay(ended("no", 1), false, milliseconds(0)));
        QVERIFY(!restartDelay(ended("on-failure", 0), false, milliseconds(0)));
        auto container = ended("on-failure", 1);
        container.options.restartMaximum = 3;
        container.restartCount = 2;
        QVERIFY(restartDelay(container, false, milliseconds(0)));
        container.restartCount = 3;
        QVERIFY(!restartDelay(container, false, milliseconds(0)));
    }
    void startsWithTheMachine() {
        auto container = ended("unless-stopped", 0);
        QVERIFY(startsWithMachine(container));
        container.stoppedByUser = true;
        QVERIFY(!startsWithMachine(container));
        container.options.restart = "always";
        QVERIFY(startsWithMachine(container));
        container.options.restart = "on-failure";
        QVERIFY(!startsWithMachine(container));
        container.options.restart = "always";
        container.startedAt = 0; // never started: nobody asked for it yet
        QVERIFY(!startsWithMachine(container));
    }
};

ESCALE_TEST(RestartPolicyTest)
#include "restart_policy_test.moc"
