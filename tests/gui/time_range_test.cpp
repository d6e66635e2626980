#include "gui/common/chart_scale.h"
#include "gui/common/time_range.h"
#include "tests/support/test_registry.h"

#include <QSignalSpy>

using namespace escale::gui;

class TimeRangeTest : public QObject {
    Q_OBJECT

    static constexpr qint64 kNow = 1'767'225'600'000;
    static constexpr qint64 kMinute = 60'000;

private Q_SLOTS:
    void aLiveRangeFollows() {
        TimeRange range;
        range.setNow(kNow);
        range.setNow(kNow + 1000);
        QCOMPARE(range.to(), kNow + 1000);
        QVERIFY(range.isLive());
    }

    void aLongRangeMovesByPixels() {
        // A second of an hour is less than a pixel: nothing is to be drawn.
        TimeRange range;
        range.setNow(kNow);
        range.setSpan(60 * kMinute);
        QSignalSpy changed(&range, &TimeRange::changed);
        for (int second = 1; second <= 12; ++second)
            range.setNow(kNow + second * 1000);
        QCOMPARE(changed.count(), 2);
    }

    void zoomKeepsTheTimeUnderThePointer() {
        TimeRange range;
        range.setNow(kNow);
        range.setSpan(10 * kMinute);
        const qint64 anchor = kNow - 4 * kMinute;
        range.zoom(0.5, anchor);
        QCOMPARE(range.span(), 5 * kMinute);
        QCOMPARE(range.to(), kNow - 2 * kMinute);
        QVERIFY(!range.isLive());
    }

    void zoomAtTheNewestValueStaysLive() {
        TimeRange range;
        range.setNow(kNow);
        range.zoom(0.5, kNow);
        QVERIFY(range.isLive());
        range.setNow(kNow + 2000);
        QCOMPARE(range.to(), kNow + 2000);
    }

    void zoomEndsAtTenSecondsAndAnHour() {
        TimeRange range;
        range.setNow(kNow);
        for (int i = 0; i < 40; ++i)
            range.zoom(0.5, kNow);
        QCOMPARE(range.span(), TimeRange::kLeast);
        for (int i = 0; i < 40; ++i)
            range.zoom(2, kNow);
        QCOMPARE(range.span(), TimeRange::kMost);
        QCOMPARE(range.from(), kNow - TimeRange::kMost);
    }

    void theWholeHourAndNoMoreIsReachedByPanning() {
        TimeRange range;
        range.setNow(kNow);
        range.setSpan(kMinute);
        range.pan(-1000 * kMinute);
        QCOMPARE(range.from(), kNow - TimeRange::kMost);
        range.pan(1000 * kMinute);
        QCOMPARE(range.to(), kNow);
        QVERIFY(range.isLive());
    }

    void whatIsLookedAtStaysWhenTimeGoesOn() {
        TimeRange range;
        range.setNow(kNow);
        range.pan(-10 * kMinute);
        const qint64 to = range.to();
        range.setNow(kNow + kMinute);
        QCOMPARE(range.to(), to);
        range.goLive();
        QCOMPARE(range.to(), kNow + kMinute);
    }

    void ticksAreRoundTimes() {
        const QList<qint64> ticks = timeTicks(kNow - 5 * kMinute + 17, kNow + 17, 6);
        QCOMPARE(ticks.size(), 5);
        for (const qint64 tick : ticks)
            QCOMPARE(tick % kMinute, 0);
    }
};

ESCALE_TEST(TimeRangeTest)
#include "time_range_test.moc"
