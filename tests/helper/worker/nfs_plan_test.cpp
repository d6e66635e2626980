// What mount.nfs(8) would ask the kernel for.
#include "helper/worker/nfs_mount.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::test;
using worker::NfsMount;
using worker::planNfs;

namespace {

Result<NfsMount> planOf(const std::string& type, const std::string& device, const std::string& options,
                        bool hasStatd = false) {
    TRY_ASSIGN(const MountOptions parsed, parseMountOptions(options));
    return planNfs(type, device, parsed, hasStatd);
}

std::string textOf(const std::vector<MountOption>& options) {
    MountOptions all;
    all.forKernel = options;
    return all.text();
}

} // namespace

class NfsPlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothFormsOfAServerAreOne() {
        for (const auto& [device, options] :
             {std::pair("server:/export", "vers=3,nolock"), {":/export", "addr=server,vers=3,nolock"}}) {
            const auto plan = planOf("nfs", device, options);
            VERIFY_RESULT(plan);
            QCOMPARE(plan->host, std::string("server"));
            QCOMPARE(plan->source, std::string("server:/export"));
            QCOMPARE(plan->tries.size(), std::size_t{1});
            QCOMPARE(textOf(plan->tries.front()), std::string("nolock,vers=3"));
        }
    }
    void theAddressOfAnIPv6ServerIsInBrackets() {
        const auto plan = planOf("nfs4", "[fd00::1]:/export", "");
        VERIFY_RESULT(plan);
        QCOMPARE(plan->host, std::string("fd00::1"));
        QCOMPARE(plan->source, std::string("[fd00::1]:/export"));
    }
    void theNewestVersionComesFirst() {
        const auto plan = planOf("nfs", "server:/export", "soft");
        VERIFY_RESULT(plan);
        QCOMPARE(plan->tries.size(), std::size_t{4});
        QCOMPARE(textOf(plan->tries.at(0)), std::string("soft,vers=4.2"));
        QCOMPARE(textOf(plan->tries.at(3)), std::string("soft,vers=3,nolock"));
    }
    void fourIsAnyOfFour() {
        const auto plan = planOf("nfs", "server:/export", "nfsvers=4");
        VERIFY_RESULT(plan);
        QCOMPARE(plan->tries.size(), std::size_t{3});
    }
    void locksReachTheServerWhereStatdRuns() {
        const auto plan = planOf("nfs", "server:/export", "vers=3", true);
        VERIFY_RESULT(plan);
        QCOMPARE(textOf(plan->tries.front()), std::string("vers=3"));
        const auto asked = planOf("nfs", "server:/export", "vers=3,lock");
        VERIFY_RESULT(asked);
        QCOMPARE(textOf(asked->tries.front()), std::string("lock,vers=3"));
    }
    void whatIsMountsOwnIsLeftOut() {
        const auto plan = planOf("nfs", "server:/export", "vers=4.1,bg,retry=5,rsize=8192");
        VERIFY_RESULT(plan);
        QCOMPARE(textOf(plan->tries.front()), std::string("rsize=8192,vers=4.1"));
    }
};

ESCALE_TEST(NfsPlanTest)
#include "nfs_plan_test.moc"
