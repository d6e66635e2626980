// What a container under load is said to use: the kernel's own figures, v1 or v2.
#include "engine/base/file.h"
#include "engine/cgroup/layout.h"
#include "tests/container/container_machine.h"

#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/sysmacros.h>

using namespace escale;
using namespace escale::test;

namespace {

constexpr std::uint64_t kMiB = 1u << 20;

bool isUnified() {
    const auto layout = CgroupLayout::detect();
    return layout && layout->find("memory") != nullptr && layout->find("memory")->version == 2;
}

} // namespace

class ContainerUsageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }
    std::string run(const std::string& script, const ContainerMachine::Change& change = {}) {
        const auto id = m_machine->run(kAlice, {"sh", "-c", script}, change);
        if (!id)
            qWarning("%s", id.error().text().c_str());
        return id.value_or("");
    }
    std::string howItIs(const std::string& id) {
        const auto found = containers().find(kAlice, id);
        return !found ? found.error().text()
                      : "state " + std::to_string(int(found->state)) + ", exit code " +
                            std::to_string(found->exitCode) + ", kills for lack of memory " +
                            std::to_string(use(id).oomKills) + ", printed: " + m_machine->output(kAlice, id);
    }
    CgroupMetrics use(const std::string& id) {
        const auto stats = containers().stats(kAlice, id);
        return stats ? stats->cgroup : CgroupMetrics();
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        if (!m_machine || !m_machine->containers)
            return;
        VERIFY_RESULT(m_machine->removeContainers(kAlice));
    }
    void cleanupTestCase() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
    }

    void timeOfTheProcessorAndWhatTheLimitWithholds() {
        const auto id =
            run("while :; do :; done & while :; do :; done", [](ContainerOptions& o) { o.cpus = 0.2; });
        QTRY_VERIFY(use(id).cpuNanoseconds > 100'000'000);
        QTRY_VERIFY(use(id).cpuThrottledNanoseconds > 100'000'000);
        const auto used = use(id);
        QCOMPARE(used.cpuLimit, 0.2);
        QVERIFY(used.cpuThrottledPeriods > 0);
        QVERIFY(used.cpuPeriods >= used.cpuThrottledPeriods);
        QTRY_VERIFY(std::ranges::any_of(*containers().statsHistory(kAlice, id, 0),
                                        [](const auto& p) { return p.cpu > 0.05F && p.throttled > 0; }));
    }

    void memoryByItsKinds() {
        // Given a program with 24 MiB of its own, 8 of shared memory and 16 that it has written to a file,
        const auto id = run("dd if=/dev/zero of=/dev/shm/shared bs=1M count=8 && "
                            "dd if=/dev/zero of=/file bs=1M count=16 && echo ready && "
                            "{ head -c 24m /dev/zero; sleep 1000; } | tail");
        QVERIFY(m_machine->awaitOutput(kAlice, id, "ready"));
        QTRY_VERIFY(use(id).anonymousBytes >= 24 * kMiB);
        const auto used = use(id);
        QVERIFY(used.anonymousBytes < 64 * kMiB);
        QVERIFY(used.sharedBytes >= 8 * kMiB && used.sharedBytes < 9 * kMiB);
        QVERIFY(used.fileBytes >=
                8 * kMiB); // shared memory is part of it; a disk's cache is the kernel's to drop
        QVERIFY(used.kernelBytes > 0);
        QVERIFY(used.memoryBytes >= 32 * kMiB && used.memoryBytes <= used.memoryLimit);
        QCOMPARE(used.memoryLimit, std::uint64_t(512 * kMiB));
    }

    void swapAndThePressureOfMemory() {
        struct sysinfo machine {};
        QCOMPARE(::sysinfo(&machine), 0);
        SKIP_UNLESS(machine.freeswap * machine.mem_unit >= 64 * kMiB, "needs swap on this machine");
        // Given a program that holds more than its memory, but not more than memory and swap,
        const auto id = run("{ head -c 48m /dev/zero; sleep 1000; } | tail", [](ContainerOptions& o) {
            o.memoryBytes = 24 * kMiB;
            o.memorySwap = 160 * kMiB;
        });
        QTRY_VERIFY_WITH_TIMEOUT(use(id).swapBytes > 16 * kMiB, 20'000);
        QVERIFY(use(id).memoryBytes <= 24 * kMiB);
        QCOMPARE(use(id).oomKills, std::uint64_t(0));
        if (isUnified())
            QTRY_VERIFY(use(id).memoryPressure.some > 0);
    }

    void whatIsReadAndWritten() {
        struct stat info {};
        QCOMPARE(::stat(m_machine->stateFolder().c_str(), &info), 0);
        SKIP_UNLESS(major(info.st_dev) != 0, "the temporary folder is not on a disk of its own");
        const auto id = run("dd if=/dev/zero of=/file bs=64k count=64 conv=fsync && "
                            "dd if=/file of=/dev/null bs=64k iflag=direct && echo done; sleep 1000");
        QVERIFY(m_machine->awaitOutput(kAlice, id, "done"));
        QTRY_VERIFY(use(id).ioWrittenBytes >= 4 * kMiB && use(id).ioReadBytes >= 4 * kMiB);
        const auto used = use(id);
        QVERIFY(used.ioWrites > 0 && used.ioReads > 0);
        QVERIFY(used.ioWrittenBytes < 64 * kMiB && used.ioReadBytes < 64 * kMiB);
    }

    void countsProcesses() {
        const auto id = run("for i in 1 2 3 4 5; do sleep 1000 & done; wait");
        QTRY_COMPARE(use(id).pids, std::uint64_t(6));
        QCOMPARE(use(id).pidsLimit, std::uint64_t(1024));
    }

    void pressureOfTheProcessorAndTheDisk() {
        SKIP_UNLESS(isUnified(), "cgroup v1 does not tell pressure");
        SKIP_UNLESS(exists("/proc/pressure/cpu"), "this kernel does not tell pressure (psi=1)");
        // Given more work than the limit lets through, and a disk that is waited for,
        const auto id =
            run("while :; do :; done & while :; do :; done & "
                "while :; do dd if=/dev/zero of=/file bs=64k count=16 conv=fsync 2>/dev/null; done",
                [](ContainerOptions& o) { o.cpus = 0.5; });
        QTRY_VERIFY(use(id).hasPressure);
        QTRY_VERIFY(use(id).cpuPressure.some > 200'000);
        QTRY_VERIFY_WITH_TIMEOUT(use(id).ioPressure.some > 0, 20'000);
        // then the chart shows the share of the time, which is never more than all of it.
        const auto told = [&] {
            const auto points = containers().statsHistory(kAlice, id, 0);
            return points && std::ranges::any_of(*points, [](const auto& p) {
                       return p.cpuPressure > 0.1F && p.cpuPressure <= 1.0F;
                   });
        };
        QTRY_VERIFY(told());
    }

    void aKillForLackOfMemoryCounts() {
        // Given a container whose child, not its first process, takes too much (the kernel may choose a
        // second victim while the first still goes: that the first process is not it, the children ask for),
        const auto id = run("(echo 1000 > /proc/self/oom_score_adj; head -c 200m /dev/zero | tail); "
                            "echo killed; sleep 1000",
                            [](ContainerOptions& o) { o.memoryBytes = o.memorySwap = 16 * kMiB; });
        QVERIFY2(m_machine->awaitOutput(kAlice, id, "killed"), howItIs(id).c_str());
        // then it runs on, and the kill is told.
        QCOMPARE(containers().find(kAlice, id)->state, ContainerState::Running);
        QTRY_VERIFY(use(id).oomKills >= 1);
    }
};

ESCALE_TEST(ContainerUsageTest)
#include "container_usage_test.moc"
