// Time namespaces: linux.timeOffsets, config-linux.md#offset-for-time-namespace.
#include "engine/base/file.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <ctime>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;

namespace {

constexpr double kDay = 86400;

void giveClocks(Bundle& bundle, const char* offsets) {
    bundle.append("linux/namespaces", Json::parse(R"({"type": "time"})").value());
    bundle.set("linux/timeOffsets", Json::parse(offsets).value());
}

double hostsUptime() {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

double uptimeIn(const std::string& text) { // /proc/uptime
    return std::strtod(text.c_str(), nullptr);
}

} // namespace

class TimeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        SKIP_UNLESS(exists("/proc/self/timens_offsets"), "this kernel has no time namespaces");
        ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }

    void theContainersClocksAreAhead_data() {
        QTest::addColumn<bool>("hostIds");
        QTest::newRow("user namespace") << false;
        QTest::newRow("host's ids") << true;
    }
    void theContainersClocksAreAhead() {
        QFETCH(bool, hostIds);
        Bundle bundle({"sh", "-c", "cat /proc/uptime; cat /proc/self/timens_offsets"});
        if (hostIds)
            bundle.useHostIds();
        giveClocks(bundle, R"({"boottime": {"secs": 864000}, "monotonic": {"secs": 3600, "nanosecs": 5}})");
        const double before = hostsUptime();
        const auto outcome = bundle.run();
        QCOMPARE(outcome.err, std::string());
        QVERIFY2(uptimeIn(outcome.out) >= before + 10 * kDay - 1 &&
                     uptimeIn(outcome.out) < before + 10 * kDay + 60,
                 outcome.out.c_str());
        QVERIFY2(
            QString::fromStdString(outcome.out).simplified().contains("monotonic 3600 5 boottime 864000 0"),
            outcome.out.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void execSeesTheContainersClocks() {
        Bundle bundle({"sleep", "1000"});
        giveClocks(bundle, R"({"boottime": {"secs": 864000}})");
        QCOMPARE(bundle.runtime({"run", "--detach"}).err, std::string());
        const auto outcome = exec(bundle, {}, {"cat", "/proc/uptime"});
        QCOMPARE(outcome.err, std::string());
        QVERIFY2(uptimeIn(outcome.out) > hostsUptime() + 9 * kDay, outcome.out.c_str());
    }

    void aNamespaceCanBeJoinedByItsPath() {
        Bundle owner({"sleep", "1000"});
        giveClocks(owner, R"({"boottime": {"secs": 864000}})");
        QCOMPARE(owner.runtime({"run", "--detach"}).err, std::string());
        Bundle guest({"cat", "/proc/uptime"});
        Json joined;
        joined.set("type", "time")
            .set("path", "/proc/" + std::to_string(owner.state().at("pid").toInteger()) + "/ns/time");
        guest.append("linux/namespaces", joined);
        const auto outcome = guest.run();
        QCOMPARE(outcome.err, std::string());
        QVERIFY2(uptimeIn(outcome.out) > hostsUptime() + 9 * kDay, outcome.out.c_str());
    }

    // The runtime goes back: what it runs for the container on the host has the host's clocks.
    void aHookOnTheHostHasTheHostsClocks() {
        Bundle bundle({"true"});
        giveClocks(bundle, R"({"boottime": {"secs": 864000}})");
        Json hook;
        hook.set("path", "/bin/sh")
            .set("args", Json::strings({"sh", "-c", "cat /proc/uptime >" + bundle.path() + "/up"}));
        bundle.set("hooks/createRuntime", Json(Json::Array{hook}));
        QCOMPARE(bundle.run().err, std::string());
        QVERIFY(uptimeIn(readFile(bundle.path() + "/up").value_or("")) < hostsUptime() + 1);
    }

    void wrongOffsetsAreRefused_data() {
        QTest::addColumn<QString>("offsets");
        QTest::addColumn<QString>("says");
        QTest::newRow("another clock") << R"({"realtime": {"secs": 1}})"
                                       << "realtime";
        QTest::newRow("nanoseconds") << R"({"boottime": {"nanosecs": 1000000000}})"
                                     << "nanosecs";
        QTest::newRow("before the start") << R"({"boottime": {"secs": -900000000}})"
                                          << "timeOffsets";
    }
    void wrongOffsetsAreRefused() {
        QFETCH(QString, offsets);
        QFETCH(QString, says);
        Bundle bundle({"true"});
        giveClocks(bundle, offsets.toUtf8().constData());
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(QString::fromStdString(outcome.err).contains(says), outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void offsetsNeedANamespace() {
        Bundle bundle({"true"});
        bundle.set("linux/timeOffsets", Json::parse(R"({"boottime": {"secs": 1}})").value());
        const auto outcome = bundle.run();
        QVERIFY2(outcome.err.find("needs a time namespace") != std::string::npos, outcome.err.c_str());
    }
};

ESCALE_TEST(TimeTest)
#include "time_test.moc"
