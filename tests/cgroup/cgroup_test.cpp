// On this machine's real cgroups, whatever version they are.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/subprocess.h"
#include "engine/cgroup/cgroup.h"
#include "engine/cgroup/metrics.h"
#include "tests/support/test_registry.h"

#include <algorithm>
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;

class CgroupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        m_parent = "/escale-test-" + shortId(randomId());
        auto layout = CgroupLayout::detect();
        VERIFY_RESULT(layout);
        m_layout = *layout;
    }

    void cleanup() {
        if (m_parent.empty())
            return;
        for (const char* name : {"/a", "/b", "/first", "/second"}) { // what a failed test has left
            const auto cgroup = Cgroup::open(m_layout, m_parent + name);
            if (const auto killed = cgroup.killAll(); !killed)
                qWarning("%s", killed.error().text().c_str());
            if (const auto removed = cgroup.remove(); !removed)
                qWarning("%s", removed.error().text().c_str());
        }
    }

    void appliesLimitsThatTheMetricsShow() {
        const auto cgroup = Cgroup::create(m_layout, m_parent + "/a");
        VERIFY_RESULT(cgroup);
        CgroupLimits limits;
        limits.memory = 64 << 20;
        limits.pids = 33;
        limits.cpuQuota = 50000;
        limits.cpuPeriod = 100000;
        VERIFY_RESULT(cgroup->apply(limits));
        const auto metrics = readCgroupMetrics(cgroup->path());
        VERIFY_RESULT(metrics);
        QCOMPARE(metrics->memoryLimit, std::uint64_t(64 << 20));
        QCOMPARE(metrics->pidsLimit, std::uint64_t(33));
        VERIFY_RESULT(cgroup->remove());
        QVERIFY(isGone());
    }

    void aParentThatSomebodyIsStillMakingIsReady() {
        const auto* hierarchy = m_layout.find("cpuset");
        SKIP_UNLESS(hierarchy != nullptr && hierarchy->version == 1,
                    "needs the cpuset controller of cgroup v1");
        // Given a parent that was made and marked, and has no processors yet,
        const auto first = Cgroup::create(m_layout, m_parent + "/first");
        VERIFY_RESULT(first);
        QCOMPARE(::rmdir(first->directory(*hierarchy).c_str()), 0);
        const std::string parent = hierarchy->mountPoint + m_parent;
        VERIFY_RESULT(writeExisting(parent + "/cpuset.cpus", "\n"));
        // when another process makes a cgroup in it,
        const auto second = Cgroup::create(m_layout, m_parent + "/second");
        VERIFY_RESULT(second);
        // then a process can enter that.
        QVERIFY(readFile(second->directory(*hierarchy) + "/cpuset.cpus")->size() > 1);
        VERIFY_RESULT(second->remove());
        VERIFY_RESULT(first->remove());
        QVERIFY(isGone());
    }

    void killsAllProcessesAndCountsTheirTime() {
        const auto cgroup = Cgroup::create(m_layout, m_parent + "/b");
        VERIFY_RESULT(cgroup);
        auto shell = Subprocess::start(
            {{"/bin/busybox", "sh", "-c", "sleep 0.2; sleep 1000 & while true; do true; done"},
             {},
             {},
             {},
             false});
        VERIFY_RESULT(shell);
        for (const auto& hierarchy : m_layout.hierarchies())
            VERIFY_RESULT(
                writeExisting(cgroup->directory(hierarchy) + "/cgroup.procs", std::to_string(shell->pid())));
        // The shell forks, and burns time, once it is inside.
        QTRY_VERIFY_WITH_TIMEOUT(
            readCgroupMetrics(cgroup->path()).value_or(CgroupMetrics()).cpuNanoseconds > 1000000, 20'000);
        const auto metrics = readCgroupMetrics(cgroup->path());
        VERIFY_RESULT(metrics);
        QVERIFY(metrics->pids >= 1);
        QVERIFY(metrics->memoryBytes > 0);
        VERIFY_RESULT(cgroup->killAll());
        VERIFY_RESULT(cgroup->processes());
        QVERIFY(cgroup->processes()->empty());
        const auto ended = shell->waitFor(std::chrono::seconds(5));
        VERIFY_RESULT(ended);
        QCOMPARE(ended->signal, SIGKILL);
        VERIFY_RESULT(cgroup->remove());
        QVERIFY(isGone());
    }

    void signalsReachTheCgroupsBelowAndNobodyElse() {
        const auto cgroup = Cgroup::create(m_layout, m_parent + "/b");
        VERIFY_RESULT(cgroup);
        const auto below = cgroup->makeBelow("inner/most");
        VERIFY_RESULT(below);
        const auto start = [] {
            return Subprocess::start({{"/bin/busybox", "sleep", "1000"}, {}, {}, {}, false});
        };
        auto inside = start();
        auto deep = start();
        auto outside = start();
        VERIFY_RESULT(inside);
        VERIFY_RESULT(deep);
        VERIFY_RESULT(outside);
        for (const auto& hierarchy : m_layout.hierarchies()) {
            VERIFY_RESULT(
                writeExisting(cgroup->directory(hierarchy) + "/cgroup.procs", std::to_string(inside->pid())));
            VERIFY_RESULT(
                writeExisting(below->directory(hierarchy) + "/cgroup.procs", std::to_string(deep->pid())));
        }
        VERIFY_RESULT(cgroup->signalAll(SIGUSR1));
        for (auto* process : {&*inside, &*deep}) {
            const auto ended = process->waitFor(std::chrono::seconds(5));
            VERIFY_RESULT(ended);
            QCOMPARE(ended->signal, SIGUSR1);
        }
        QCOMPARE(::kill(outside->pid(), 0), 0);
        ::kill(outside->pid(), SIGKILL);
        VERIFY_RESULT(outside->waitFor(std::chrono::seconds(5)));
        VERIFY_RESULT(cgroup->remove());
        QVERIFY(isGone());
    }

    void keepsAParentThatAnotherOneUses() {
        const auto first = Cgroup::create(m_layout, m_parent + "/first");
        const auto second = Cgroup::create(m_layout, m_parent + "/second");
        VERIFY_RESULT(first);
        VERIFY_RESULT(second);
        VERIFY_RESULT(first->remove());
        QVERIFY(readCgroupMetrics(second->path()));
        VERIFY_RESULT(second->remove());
        QVERIFY(isGone());
    }

    void neverTouchesACgroupThatIsNotOurs() {
        const auto& hierarchy = m_layout.hierarchies().front();
        const std::string foreign = hierarchy.mountPoint + m_parent;
        QCOMPARE(::mkdir(foreign.c_str(), 0755), 0);
        const auto made = Cgroup::create(m_layout, m_parent);
        QVERIFY(!made);
        QCOMPARE(made.error().code, ErrorCode::AlreadyExists);
        QVERIFY(!Cgroup::open(m_layout, m_parent).remove());
        QVERIFY(exists(foreign));
        QCOMPARE(::rmdir(foreign.c_str()), 0);
        QVERIFY(isGone());
    }

private:
    [[nodiscard]] bool isGone() const {
        return std::none_of(m_layout.hierarchies().begin(), m_layout.hierarchies().end(),
                            [&](const auto& hierarchy) { return exists(hierarchy.mountPoint + m_parent); });
    }
    CgroupLayout m_layout{{}};
    std::string m_parent;
};

ESCALE_TEST(CgroupTest)
#include "cgroup_test.moc"
