#include "engine/container/stats.h"
#include "tests/support/test_registry.h"

#include <cmath>

using namespace escale;

class StatsTest : public QObject {
    Q_OBJECT

    static StatsPoint pointAt(int second) {
        StatsPoint point;
        point.time = second * 1000LL;
        point.cpu = static_cast<float>(second);
        return point;
    }

private Q_SLOTS:
    void aPointIsWhatWasUsedBetweenTwoReadings() {
        ContainerStats before;
        before.time = 1000;
        before.cgroup.cpuNanoseconds = 500'000'000;
        before.cgroup.ioReadBytes = 1000;
        before.interfaces = {{"eth0", {10}}, {"eth1", {5000}}};
        ContainerStats now;
        now.time = 3000;
        now.cgroup.cpuNanoseconds = 3'500'000'000;
        now.cgroup.cpuThrottledNanoseconds = 1'000'000'000;
        now.cgroup.memoryBytes = 4096;
        now.cgroup.ioReadBytes = 5000;
        now.cgroup.ioPressure.some = 500'000;
        // One was made anew meanwhile, and one came.
        now.interfaces = {{"eth0", {110}}, {"eth1", {100}}, {"eth2", {7777}}};
        const auto point = pointBetween(before, now);
        QCOMPARE(point.time, std::int64_t(3000));
        QCOMPARE(point.cpu, 1.5F);
        QCOMPARE(point.throttled, 0.5F);
        QCOMPARE(point.memory, 4096.0F);
        QCOMPARE(point.read, 2000.0F);
        QCOMPARE(point.received, 100.0F);
        QCOMPARE(point.ioPressure, 0.25F);
    }
    void whatWentBackwardsCountsAsNothing() {
        ContainerStats before;
        before.cgroup.cpuNanoseconds = 10;
        ContainerStats now;
        now.time = 1000;
        QCOMPARE(pointBetween(before, now).cpu, 0.0F);
    }
    void keepsFiveMinutesBySeconds() {
        StatsHistory history;
        for (int second = 1; second <= 300; ++second)
            history.add(pointAt(second));
        QCOMPARE(history.since(0).size(), std::size_t(300));
        QCOMPARE(history.since(290'000).size(), std::size_t(10));
        QCOMPARE(history.since(290'000).front().time, std::int64_t(291'000));
    }
    void keepsAnHourByFiveSeconds() {
        StatsHistory history;
        for (int second = 1; second <= 10'000; ++second)
            history.add(pointAt(second));
        const auto points = history.since(0);
        QCOMPARE(points.back().time, std::int64_t(10'000'000));
        QCOMPARE(points.front().time, std::int64_t((10'000 - 300 - 660 * 5 + 5) * 1000));
        QCOMPARE(points.front().cpu, float(10'000 - 300 - 660 * 5 + 3)); // the mean of five
        for (std::size_t i = 1; i < points.size(); ++i)
            QVERIFY(points[i].time > points[i - 1].time && points[i].time <= points[i - 1].time + 5000);
    }
};

ESCALE_TEST(StatsTest)
#include "stats_test.moc"
