#include "engine/base/file.h"
#include "engine/cgroup/limits.h"
#include "engine/cgroup/metrics.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

using namespace escale;

// A folder that looks like one cgroup of a v2 machine.
class MetricsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        VERIFY_RESULT(makeDirectories(directory()));
        write("cpu.stat", "usage_usec 2500\nuser_usec 2000\nsystem_usec 500\nnr_periods 9\nnr_throttled 4\n"
                          "throttled_usec 70\n");
        write("cpu.max", "150000 100000\n");
        for (const auto& [name, total] :
             {std::pair("cpu", 11), std::pair("memory", 22), std::pair("io", 33)}) {
            write(std::string(name) + ".pressure",
                  "some avg10=0.00 avg60=0.00 avg300=0.00 total=" + std::to_string(total) +
                      "\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=" + std::to_string(total * 10) + "\n");
        }
        write("memory.swap.current", "8192\n");
        write("memory.current", "1048576\n");
        write("memory.stat",
              "anon 4096\nfile 50000\nkernel 700\nshmem 80\ninactive_file 48576\nactive_file 1\n");
        write("memory.max", "67108864\n");
        write("memory.events", "low 0\nhigh 0\nmax 3\noom 1\noom_kill 2\n");
        write("pids.current", "7\n");
        write("pids.max", "max\n");
        write("io.stat", "8:0 rbytes=100 wbytes=200 rios=1 wios=1 dbytes=0 dios=0\n8:16 rbytes=1 wbytes=2\n");
    }

    void readsTheFilesOfVersion2() {
        const auto metrics = readCgroupMetrics(layout(), "/escale/x");
        VERIFY_RESULT(metrics);
        QCOMPARE(metrics->cpuNanoseconds, std::uint64_t(2500000));
        QCOMPARE(metrics->memoryBytes, std::uint64_t(1000000)); // without the inactive file cache
        QCOMPARE(metrics->memoryLimit, std::uint64_t(67108864));
        QCOMPARE(metrics->oomKills, std::uint64_t(2));
        QCOMPARE(metrics->pids, std::uint64_t(7));
        QCOMPARE(metrics->pidsLimit, std::uint64_t(0)); // "max"
        QCOMPARE(metrics->ioReadBytes, std::uint64_t(101));
        QCOMPARE(metrics->ioWrittenBytes, std::uint64_t(202));
        QCOMPARE(metrics->ioReads, std::uint64_t(1));
        QCOMPARE(metrics->ioWrites, std::uint64_t(1));
    }

    void readsWhatALimitCosts() {
        const auto metrics = readCgroupMetrics(layout(), "/escale/x");
        VERIFY_RESULT(metrics);
        QCOMPARE(metrics->cpuLimit, 1.5);
        QCOMPARE(metrics->cpuPeriods, std::uint64_t(9));
        QCOMPARE(metrics->cpuThrottledPeriods, std::uint64_t(4));
        QCOMPARE(metrics->cpuThrottledNanoseconds, std::uint64_t(70000));
    }

    void readsTheKindsOfMemory() {
        const auto metrics = readCgroupMetrics(layout(), "/escale/x");
        VERIFY_RESULT(metrics);
        QCOMPARE(metrics->anonymousBytes, std::uint64_t(4096));
        QCOMPARE(metrics->fileBytes, std::uint64_t(50000));
        QCOMPARE(metrics->kernelBytes, std::uint64_t(700));
        QCOMPARE(metrics->sharedBytes, std::uint64_t(80));
        QCOMPARE(metrics->swapBytes, std::uint64_t(8192));
    }

    void readsPressure() {
        const auto metrics = readCgroupMetrics(layout(), "/escale/x");
        VERIFY_RESULT(metrics);
        QVERIFY(metrics->hasPressure);
        QCOMPARE(metrics->cpuPressure.some, std::uint64_t(11));
        QCOMPARE(metrics->memoryPressure.full, std::uint64_t(220));
        QCOMPARE(metrics->ioPressure.some, std::uint64_t(33));
    }

    void aReaderReadsAgain() {
        const auto reader = MetricsReader::open(layout(), "/escale/x");
        VERIFY_RESULT(reader);
        std::vector<char> buffer(MetricsReader::kBuffer);
        CgroupMetrics metrics;
        VERIFY_RESULT(reader->read(metrics, buffer));
        VERIFY_RESULT(reader->read(metrics, buffer));
        QCOMPARE(metrics.ioReadBytes, std::uint64_t(101)); // of two devices, not of two readings
        QCOMPARE(metrics.memoryBytes, std::uint64_t(1000000));
    }

    void readsTheFilesOfVersion1() {
        const std::string folder = m_folder.path().toStdString() + "/one/x";
        VERIFY_RESULT(makeDirectories(folder));
        const std::pair<const char*, const char*> files[] = {
            {"cpuacct.usage", "300\n"},
            {"cpuacct.usage_percpu", "100 200 \n"},
            {"cpu.stat", "nr_periods 9\nnr_throttled 4\nthrottled_time 70\n"},
            {"cpu.cfs_quota_us", "50000\n"},
            {"cpu.cfs_period_us", "100000\n"},
            {"memory.usage_in_bytes", "1000\n"},
            {"memory.limit_in_bytes", "9223372036854771712\n"},
            {"memory.stat",
             "cache 1\ntotal_cache 40\ntotal_rss 50\ntotal_shmem 5\ntotal_swap 6\ntotal_inactive_file 10\n"},
            {"memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n"},
            {"blkio.throttle.io_service_bytes_recursive",
             "8:0 Read 10\n8:0 Write 20\n8:16 Read 1\nTotal 31\n"},
            {"blkio.throttle.io_serviced_recursive", "8:0 Read 2\n8:0 Write 3\nTotal 5\n"}};
        for (const auto& [name, text] : files)
            VERIFY_RESULT(writeFileAtomically(folder + "/" + name, text));
        const CgroupLayout old(
            {{1, m_folder.path().toStdString() + "/one", {"cpuacct", "cpu", "memory", "blkio"}}});
        const auto metrics = readCgroupMetrics(old, "/x");
        VERIFY_RESULT(metrics);
        QCOMPARE(metrics->cpuNanoseconds, std::uint64_t(300));
        QCOMPARE(metrics->perCpuNanoseconds, (std::vector<std::uint64_t>{100, 200}));
        QCOMPARE(metrics->cpuThrottledNanoseconds, std::uint64_t(70));
        QCOMPARE(metrics->cpuLimit, 0.5);
        QCOMPARE(metrics->memoryBytes, std::uint64_t(990));
        QCOMPARE(metrics->memoryLimit, std::uint64_t(0)); // none
        QCOMPARE(metrics->anonymousBytes, std::uint64_t(50));
        QCOMPARE(metrics->swapBytes, std::uint64_t(6));
        QCOMPARE(metrics->ioReadBytes, std::uint64_t(11));
        QCOMPARE(metrics->ioWrites, std::uint64_t(3));
        QCOMPARE(metrics->oomKills, std::uint64_t(3));
        QVERIFY(!metrics->hasPressure);
    }

    void saysNotFoundWhenTheCgroupIsGone() {
        const auto metrics = readCgroupMetrics(layout(), "/escale/gone");
        QVERIFY(!metrics);
        QCOMPARE(metrics.error().code, ErrorCode::NotFound);
    }

    void leavesFieldsOfAMissingControllerAtZero() {
        const CgroupLayout few({{2, m_folder.path().toStdString(), {"pids"}}});
        const auto metrics = readCgroupMetrics(few, "/escale/x");
        VERIFY_RESULT(metrics);
        QCOMPARE(metrics->pids, std::uint64_t(7));
        QCOMPARE(metrics->memoryBytes, std::uint64_t(0));
    }

private:
    [[nodiscard]] std::string directory() const { return m_folder.path().toStdString() + "/escale/x"; }
    [[nodiscard]] CgroupLayout layout() const {
        return CgroupLayout({{2, m_folder.path().toStdString(), {"cpu", "memory", "pids", "io"}}});
    }
    void write(const std::string& name, const std::string& text) const {
        VERIFY_RESULT(writeFileAtomically(directory() + "/" + name, text));
    }
    [[nodiscard]] std::string read(const std::string& name) const {
        return readFile(directory() + "/" + name).value_or("");
    }
    QTemporaryDir m_folder;
};

ESCALE_TEST(MetricsTest)
#include "metrics_test.moc"
