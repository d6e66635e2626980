#include "engine/container/health.h"

#include "tests/support/test_registry.h"

using namespace escale;

class HealthTest : public QObject {
    Q_OBJECT
    static HealthConfig config() {
        HealthConfig config;
        config.command = {"CMD", "true"};
        config.retries = 3;
        config.interval = 1000;
        config.startInterval = 100;
        config.startPeriod = 5000;
        return config;
    }
    static HealthProbe probe(std::int64_t at, int code) { return {at, at + 1, code, "text"}; }

private Q_SLOTS:
    void takesTheImagesCheckUnlessToldOtherwise() {
        HealthConfig image = config();
        image.timeout = 7;
        ContainerOptions options;
        options.healthInterval = 5;
        auto taken = healthConfigOf(options, image);
        QVERIFY(taken);
        QCOMPARE(taken->command, image.command);
        QCOMPARE(taken->interval, std::uint64_t(5));
        QCOMPARE(taken->timeout, std::uint64_t(7));
        options.healthCommand = {"NONE"};
        QVERIFY(!healthConfigOf(options, image));
        QVERIFY(!healthConfigOf({}, {}));
        options.healthCommand = {"CMD", "x"};
        taken = healthConfigOf(options, {});
        QCOMPARE(taken->timeout, std::uint64_t(30'000));
        QCOMPARE(taken->retries, 3U);
    }
    void isUnhealthyAfterSomeFailures() {
        Health health(config(), 0);
        QCOMPARE(health.status(), std::string("starting"));
        QVERIFY(!health.take(probe(6000, 1)));
        QVERIFY(!health.take(probe(7000, 1)));
        QVERIFY(health.take(probe(8000, 1)));
        QCOMPARE(health.status(), std::string("unhealthy"));
        QVERIFY(health.take(probe(9000, 0)));
        QCOMPARE(health.status(), std::string("healthy"));
        QCOMPARE(health.failingStreak(), 0U);
    }
    void failuresWhileItStartsDoNotCount() {
        Health health(config(), 0);
        for (int i = 0; i < 10; ++i)
            QVERIFY(!health.take(probe(i * 100, 1)));
        QCOMPARE(health.failingStreak(), 0U);
        QCOMPARE(health.nextDelay(900).count(), 100);
        QCOMPARE(health.nextDelay(5000).count(), 1000);
        QVERIFY(health.take(probe(1000, 0))); // one that is well ends the start
        QCOMPARE(health.nextDelay(1100).count(), 1000);
        QVERIFY(!health.take(probe(1200, 1)));
        QCOMPARE(health.failingStreak(), 1U);
    }
    void keepsFiveProbesAndGoesOnFromThem() {
        Health health(config(), 0);
        for (int i = 0; i < 7; ++i)
            health.take({6000 + i, 6001 + i, 1, std::string(10'000, 'x')});
        QCOMPARE(health.probes().size(), Health::kKept);
        QCOMPARE(health.probes().back().output.size(), Health::kLongestOutput);
        Health again(config(), 0);
        again.restore(*Json::parse(health.toJson().dump()));
        QCOMPARE(again.status(), std::string("unhealthy"));
        QCOMPARE(again.failingStreak(), 7U);
        QCOMPARE(again.probes().size(), Health::kKept);
        again.restore(Json());
        QCOMPARE(again.status(), std::string("unhealthy"));
    }
};

ESCALE_TEST(HealthTest)
#include "health_test.moc"
