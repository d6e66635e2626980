// When, where and as what a process runs: scheduler, I/O priority, processors, personality.
#include "engine/base/file.h"
#include "engine/runtime/spec/parse_scheduling.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <linux/ioprio.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

Json object(const std::string& text) {
    return Json::parse(text).value();
}

} // namespace

class SchedulingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void setsTheScheduler_data() {
        QTest::addColumn<QString>("scheduler");
        QTest::addColumn<int>("policy");
        QTest::newRow("batch") << R"({"policy": "SCHED_BATCH", "nice": 5})" << SCHED_BATCH;
        QTest::newRow("idle") << R"({"policy": "SCHED_IDLE"})" << SCHED_IDLE;
        QTest::newRow("other") << R"({"policy": "SCHED_OTHER", "nice": 19})" << SCHED_OTHER;
    }
    void setsTheScheduler() {
        QFETCH(QString, scheduler);
        QFETCH(int, policy);
        Bundle bundle({"/bin/true"});
        const auto asked = object(scheduler.toStdString());
        bundle.set("process/scheduler", asked);
        const auto created = bundle.runtime({"create"});
        QVERIFY2(created.code == 0, created.err.c_str());
        const auto pid = static_cast<pid_t>(bundle.state().at("pid").toInteger());
        QCOMPARE(::sched_getscheduler(pid), policy);
        // The nice value, the 19th field of stat (proc_pid_stat(5))
        const auto stat = QString::fromStdString(readFile("/proc/" + std::to_string(pid) + "/stat").value());
        QCOMPARE(stat.section(") ", 1).section(' ', 16, 16).toLongLong(), asked.at("nice").toInteger());
    }
    void setsTheIoPriority() {
        Bundle bundle({"/bin/true"});
        bundle.set("process/ioPriority", object(R"({"class": "IOPRIO_CLASS_BE", "priority": 6})"));
        const auto created = bundle.runtime({"create"});
        QVERIFY2(created.code == 0, created.err.c_str());
        const auto value =
            ::syscall(SYS_ioprio_get, 1 /* IOPRIO_WHO_PROCESS */, bundle.state().at("pid").toInteger());
        QCOMPARE(value, static_cast<long>(IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 6)));
    }
    void refusesWhatIsNoSchedulingOfAProcess_data() {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("named");
        QTest::newRow("policy") << "scheduler"
                                << R"({"policy": "SCHED_X"})"
                                << "SCHED_X";
        QTest::newRow("nice") << "scheduler"
                              << R"({"policy": "SCHED_OTHER", "nice": 20})"
                              << "nice";
        QTest::newRow("flag") << "scheduler"
                              << R"({"policy": "SCHED_OTHER", "flags": ["SCHED_FLAG_X"]})"
                              << "SCHED_FLAG_X";
        QTest::newRow("time") << "scheduler"
                              << R"({"policy": "SCHED_DEADLINE", "runtime": -1})"
                              << "runtime";
        QTest::newRow("kernel refuses") << "scheduler"
                                        << R"({"policy": "SCHED_DEADLINE", "runtime": 10})"
                                        << "process.scheduler";
        QTest::newRow("io class") << "ioPriority"
                                  << R"({"class": "IOPRIO_CLASS_X"})"
                                  << "IOPRIO_CLASS_X";
        QTest::newRow("io level") << "ioPriority"
                                  << R"({"class": "IOPRIO_CLASS_BE", "priority": 8})"
                                  << "priority";
        QTest::newRow("affinity") << "execCPUAffinity"
                                  << R"({"initial": "0-"})"
                                  << "list of processors";
    }
    void refusesWhatIsNoSchedulingOfAProcess() {
        QFETCH(QString, member);
        QFETCH(QString, value);
        QFETCH(QString, named);
        Bundle bundle({"/bin/true"});
        bundle.set("process/" + member.toStdString(), object(value.toStdString()));
        const auto run = bundle.run();
        QVERIFY(run.code != 0);
        QVERIFY2(run.err.find(named.toStdString()) != std::string::npos, run.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }
    void readsListsOfProcessors() {
        QCOMPARE(spec::parseProcessorList("1-2,4").value(),
                 (std::vector<bool>{false, true, true, false, true}));
        for (const char* wrong : {"", "a", "2-1", "0-9999", "1,,x", "-1"})
            QVERIFY2(!spec::parseProcessorList(wrong), wrong);
    }
    void bindsAnExecdProcessToItsProcessors() {
        SKIP_UNLESS(::sysconf(_SC_NPROCESSORS_ONLN) > 1, "needs two processors");
        // Given a container on all processors whose exec'd processes belong to number 1
        Bundle bundle({"/bin/sleep", "60"});
        bundle.set("process/execCPUAffinity", object(R"({"initial": "0", "final": "1"})"));
        QCOMPARE(bundle.runtime({"create"}).code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        const auto outcome =
            bundle.runtime({"exec"}, {"/bin/grep", "Cpus_allowed_list", "/proc/self/status"});
        QVERIFY2(outcome.code == 0, outcome.err.c_str());
        QCOMPARE(outcome.out, std::string("Cpus_allowed_list:\t1\n"));
    }
    void setsThePersonality() {
        Bundle bundle({"/bin/cat", "/proc/self/personality"});
        bundle.useHostIds();
        bundle.set("linux/personality", object(R"({"domain": "LINUX32"})"));
        const auto run = bundle.run();
        QVERIFY2(run.code == 0, run.err.c_str());
        QCOMPARE(run.out, std::string("00000008\n")); // PER_LINUX32
        bundle.set("linux/personality", object(R"({"domain": "SOLARIS"})"));
        QVERIFY(bundle.run().err.find("SOLARIS") != std::string::npos);
    }
};

ESCALE_TEST(SchedulingTest)
#include "scheduling_test.moc"
