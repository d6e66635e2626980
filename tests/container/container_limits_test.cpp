// Each limit where it counts: in the kernel's files of the container's cgroup, v1 or v2.
#include "engine/base/file.h"
#include "engine/cgroup/layout.h"
#include "tests/container/container_machine.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class ContainerLimitsTest : public QObject {
    Q_OBJECT

    using Change = std::function<void(ContainerOptions&)>;
    /// The file and what stands in it; on v1, on v2. An empty file: the version has no such limit.
    struct Row {
        Change change;
        std::string fileV1, valueV1;
        std::string fileV2, valueV2;
    };

    std::unique_ptr<ContainerMachine> m_machine;
    std::vector<Row> m_rows;
    std::string m_disk;   // "/dev/vda"
    std::string m_number; // "254:0"

    Containers& containers() { return *m_machine->containers; }

    void row(const char* name, Row row) {
        QTest::newRow(name) << int(m_rows.size());
        m_rows.push_back(std::move(row));
    }

    // A whole disk of the machine, whatever it is called.
    void findDisk() {
        const auto names = listDirectory("/sys/block");
        for (const auto& name : names ? *names : std::vector<std::string>()) {
            struct stat info {};
            const std::string file = "/dev/" + name;
            const auto removable = readFile("/sys/block/" + name + "/removable");
            if (name.starts_with("loop") || name.starts_with("ram") || !removable || *removable != "0\n" ||
                ::stat(file.c_str(), &info) != 0 || !S_ISBLK(info.st_mode))
                continue;
            m_disk = file;
            m_number = std::to_string(major(info.st_rdev)) + ":" + std::to_string(minor(info.st_rdev));
            return;
        }
    }

    // Of the hierarchy that has the file's controller; every blank one space.
    std::string valueOf(const std::string& id, const Row& row) {
        const auto layout = CgroupLayout::detect();
        if (!layout)
            return layout.error().message;
        std::string file = row.fileV2;
        const auto* hierarchy = layout->unified();
        if (hierarchy == nullptr || !hierarchy->has(file.substr(0, file.find('.')))) {
            file = row.fileV1;
            hierarchy = layout->find(file.substr(0, file.find('.')));
        }
        if (hierarchy == nullptr)
            return "no controller for " + file;
        const auto text = readFile(hierarchy->mountPoint + m_machine->cgroupParent() + "/" + id + "/" + file);
        if (!text)
            return text.error().message;
        std::string words;
        for (const auto& word : splitWords(*text))
            words += (words.empty() ? "" : " ") + word;
        return words;
    }
    const std::string& expected(const Row& row) const {
        const auto layout = CgroupLayout::detect();
        const bool unified = layout && layout->unified() != nullptr &&
                             layout->unified()->has(row.fileV2.substr(0, row.fileV2.find('.')));
        return unified ? row.valueV2 : row.valueV1;
    }

    // Docker's update knows no rates of devices, either.
    void addRows(bool withDevices) {
        QTest::addColumn<int>("which");
        m_rows.clear();
        using O = ContainerOptions;
        row("memory", {[](O& o) { o.memoryBytes = 64u << 20; }, "memory.limit_in_bytes", "67108864",
                       "memory.max", "67108864"});
        row("memory that is wished for",
            {[](O& o) { o.memoryReservation = 32u << 20; }, "memory.soft_limit_in_bytes", "33554432",
             "memory.low", "33554432"});
        row("swap", {[](O& o) { o.memoryBytes = 64u << 20, o.memorySwap = 96u << 20; },
                     "memory.memsw.limit_in_bytes", "100663296", "memory.swap.max", "33554432"});
        row("swap without a limit", {[](O& o) { o.memorySwap = -1; }, "memory.memsw.limit_in_bytes",
                                     "9223372036854771712", "memory.swap.max", "max"});
        row("processors",
            {[](O& o) { o.cpus = 0.5; }, "cpu.cfs_quota_us", "50000", "cpu.max", "50000 100000"});
        row("quota and period", {[](O& o) { o.cpuQuota = 30000, o.cpuPeriod = 60000; }, "cpu.cfs_period_us",
                                 "60000", "cpu.max", "30000 60000"});
        row("weight", {[](O& o) { o.cpuShares = 2048; }, "cpu.shares", "2048", "cpu.weight", "174"});
        row("processes", {[](O& o) { o.pidsLimit = 33; }, "pids.max", "33", "pids.max", "33"});
        row("processor set", {[](O& o) { o.cpusetCpus = "0"; }, "cpuset.cpus", "0", "cpuset.cpus", "0"});
        row("memory set", {[](O& o) { o.cpusetMems = "0"; }, "cpuset.mems", "0", "cpuset.mems", "0"});
        if (!withDevices || m_disk.empty())
            return;
        const std::string disk = m_disk;
        const std::string rate = m_number + " 1048576";
        const auto maximum = [this](const char* values) { return m_number + " " + values; };
        row("bytes read",
            {[disk](O& o) { o.deviceReadBps = {disk + ":1048576"}; }, "blkio.throttle.read_bps_device", rate,
             "io.max", maximum("rbps=1048576 wbps=max riops=max wiops=max")});
        row("bytes written",
            {[disk](O& o) { o.deviceWriteBps = {disk + ":1048576"}; }, "blkio.throttle.write_bps_device",
             rate, "io.max", maximum("rbps=max wbps=1048576 riops=max wiops=max")});
        row("reads and writes", {[disk](O& o) {
                                     o.deviceReadIops = {disk + ":100"};
                                     o.deviceWriteIops = {disk + ":200"};
                                 },
                                 "blkio.throttle.write_iops_device", m_number + " 200", "io.max",
                                 maximum("rbps=max wbps=max riops=100 wiops=200")});
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        findDisk();
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

    void isInTheKernelsFile_data() { addRows(true); }
    void isInTheKernelsFile() {
        QFETCH(const int, which);
        const Row& row = m_rows.at(std::size_t(which));
        const auto id = m_machine->run(kAlice, {"sleep", "1000"}, row.change);
        VERIFY_RESULT(id);
        QCOMPARE(valueOf(*id, row), expected(row));
    }

    void changesWhileItRuns_data() { addRows(false); }
    void changesWhileItRuns() {
        QFETCH(const int, which);
        const Row& row = m_rows.at(std::size_t(which));
        const auto id = m_machine->run(kAlice, {"sleep", "1000"});
        VERIFY_RESULT(id);
        const auto updated =
            containers().update(kAlice, *id, [&row](ContainerOptions& options) -> Result<void> {
                row.change(options);
                return {};
            });
        VERIFY_RESULT(updated);
        QCOMPARE(valueOf(*id, row), expected(row));
    }

    void aForkAboveTheLimitFails() {
        const auto ran =
            m_machine->runToEnd(kAlice, {"sh", "-c", "for i in $(seq 40); do sleep 5 & done; wait"},
                                [](ContainerOptions& o) { o.pidsLimit = 8; });
        VERIFY_RESULT(ran);
        QVERIFY2(ran->errors.find("fork") != std::string::npos, ran->errors.c_str());
    }

    void runsOnTheProcessorsOfItsSet() {
        const auto ran = m_machine->runToEnd(kAlice, {"grep", "Cpus_allowed_list", "/proc/self/status"},
                                             [](ContainerOptions& o) { o.cpusetCpus = "0"; });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("Cpus_allowed_list:\t0\n"));
    }
};

ESCALE_TEST(ContainerLimitsTest)
#include "container_limits_test.moc"
