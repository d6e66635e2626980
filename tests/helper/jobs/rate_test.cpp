#include "helper/jobs/rate.h"
#include "tests/support/test_registry.h"

using namespace escale;

class RateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isZeroBeforeTwoSamples() {
        Rate rate;
        QCOMPARE(rate.perSecond(), std::uint64_t(0));
        rate.add(0, 1000);
        QCOMPARE(rate.perSecond(), std::uint64_t(0));
    }
    void isBytesOverTime() {
        Rate rate;
        rate.add(0, 0);
        rate.add(500, 1000);
        QCOMPARE(rate.perSecond(), std::uint64_t(2000));
    }
    void forgetsWhatIsOlderThanItsWindow() {
        Rate rate(1000);
        rate.add(0, 0); // slow for ten seconds, then fast
        for (int second = 1; second <= 10; ++second)
            rate.add(second * 1000, static_cast<std::uint64_t>(second));
        rate.add(10'500, 5010);
        rate.add(11'000, 10'010);
        QCOMPARE(rate.perSecond(), std::uint64_t(10'000));
    }
    void startsAnewWhenTheCountGoesBack() {
        Rate rate;
        rate.add(0, 5000);
        rate.add(1000, 100);
        rate.add(2000, 300);
        QCOMPARE(rate.perSecond(), std::uint64_t(200));
    }
    void survivesTwoSamplesAtOneTime() {
        Rate rate;
        rate.add(5, 0);
        rate.add(5, 10);
        QCOMPARE(rate.perSecond(), std::uint64_t(0));
    }
};
ESCALE_TEST(RateTest)

#include "rate_test.moc"
