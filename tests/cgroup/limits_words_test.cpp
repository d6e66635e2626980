// Which file says what in either version: needs no machine that has it.
#include "engine/cgroup/cgroup.h"
#include "engine/cgroup/limits.h"
#include "tests/support/test_registry.h"

using namespace escale;

class LimitsWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void version2CountsSwapApart() {
        CgroupLimits limits;
        limits.memory = 1000;
        limits.memorySwap = 1500;
        QCOMPARE(said(settingsV2(limits)), std::string("memory.max=1000 memory.swap.max=500 "));
        limits.memory = -1;
        limits.memorySwap.reset();
        QCOMPARE(said(settingsV2(limits)), std::string("memory.max=max memory.swap.max=max "));
        limits.memory.reset();
        limits.memorySwap = 1500;
        QVERIFY(!settingsV2(limits));
    }

    void zeroIsNotSet() {
        CgroupLimits limits;
        limits.memory = 0;
        limits.memorySwap = 0;
        limits.cpuShares = 0;
        limits.cpuQuota = 0;
        QCOMPARE(said(settingsV1(limits)), std::string());
        QCOMPARE(said(settingsV2(limits)), std::string());
    }

    void cpuIsConvertedAsRuncAndCrunDo() {
        QCOMPARE(cpuWeightFromShares(2), std::uint64_t(1));
        QCOMPARE(cpuWeightFromShares(1024), std::uint64_t(100));
        QCOMPARE(cpuWeightFromShares(262144), std::uint64_t(10000));
        CgroupLimits limits;
        limits.cpuQuota = -1;
        limits.cpuPeriod = 50000;
        limits.cpuBurst = 10;
        limits.cpuIdle = 1;
        QCOMPARE(said(settingsV1(limits)),
                 std::string("cpu.cfs_period_us=50000 cpu.cfs_quota_us=-1 cpu.cfs_burst_us=10 cpu.idle=1 "));
        QCOMPARE(said(settingsV2(limits)), std::string("cpu.max=max 50000 cpu.max.burst=10 cpu.idle=1 "));
    }

    void blockLimitsNameTheirDevice() {
        CgroupLimits limits;
        limits.block.weight = 500;
        limits.block.readBps = {{8, 16, 1000}};
        limits.block.writeIops = {{8, 16, 7}};
        QCOMPARE(said(settingsV1(limits)),
                 std::string("blkio.weight=500 blkio.throttle.read_bps_device=8:16 1000 "
                             "blkio.throttle.write_iops_device=8:16 7 "));
        QCOMPARE(said(settingsV2(limits)),
                 std::string("io.bfq.weight=500 io.max=8:16 rbps=1000 io.max=8:16 wiops=7 "));
        QCOMPARE(settingsV2(limits)->front().otherValue, std::string("default 4950"));
    }

    void theSmallControllers() {
        CgroupLimits limits;
        limits.hugepages = {{"2MB", 4096}};
        limits.rdma = {{"mlx5", 3, std::nullopt}};
        limits.pids = -1;
        QCOMPARE(said(settingsV1(limits)),
                 std::string("pids.max=max hugetlb.2MB.limit_in_bytes=4096 rdma.max=mlx5 hca_handle=3 "));
        QCOMPARE(said(settingsV2(limits)),
                 std::string("pids.max=max hugetlb.2MB.max=4096 rdma.max=mlx5 hca_handle=3 "));
        CgroupLimits network;
        network.networkClass = 7;
        network.networkPriorities = {{"lo", 3}};
        QCOMPARE(said(settingsV1(network)), std::string("net_cls.classid=7 net_prio.ifpriomap=lo 3 "));
    }

    void whatVersion2LacksIsRefusedByName() {
        CgroupLimits limits;
        limits.swappiness = 10;
        const auto refused = settingsV2(limits);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unsupported);
        QVERIFY(refused.error().message.find("memory.swappiness") != std::string::npos);
    }

    void aUnifiedNameThatIsAPathIsRefused() {
        CgroupLimits limits;
        limits.unified = {{"../other/memory.max", "1"}};
        QVERIFY(!settingsV2(limits));
    }

    void aLimitWhoseControllerIsMissingIsRefused() {
        CgroupLimits limits;
        limits.hugepages = {{"2MB", 4096}};
        const CgroupLayout few({{2, "/nowhere", {"pids"}}});
        const auto refused = Cgroup::open(few, "/x").apply(limits);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unsupported);
        QVERIFY(refused.error().message.find("hugetlb") != std::string::npos);
    }

private:
    static std::string said(const Result<std::vector<CgroupSetting>>& settings) {
        if (!settings)
            return settings.error().text();
        std::string text;
        for (const auto& one : *settings)
            text += one.file + "=" + one.value + " ";
        return text;
    }
};

ESCALE_TEST(LimitsWordsTest)
#include "limits_words_test.moc"
