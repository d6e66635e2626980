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
        write("cpu.stat", "usage_usec 2500\nuser_usec 2000\nsystem_usec 500\n");
        write("memory.current", "1048576\n");
        write("memory.stat", "anon 4096\ninactive_file 48576\nactive_file 1\n");
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
