// Configurations as engines and older profiles write them: what other runtimes take, ours takes.
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <unistd.h>

using namespace escale;
using test::Bundle;

class CompatibilityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    // Allow-lists from before Linux 5.8 refuse faccessat2 with EPERM, and the filter is in force when the
    // program is looked for.
    void aFilterThatRefusesFaccessat2DoesNotHideTheProgram() {
        Bundle bundle({"sh", "-c", "echo runs"});
        bundle.set("process/noNewPrivileges", Json(false));
        bundle.set("linux/seccomp", Json::parse(R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
            {"names": ["faccessat2"], "action": "SCMP_ACT_ERRNO", "errnoRet": 1}]})")
                                        .value());
        const auto outcome = bundle.run();
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out, std::string("runs\n"));
    }

    void anAmbientCapabilityThatIsNotInheritableIsLeftOut() {
        Bundle bundle({"grep", "CapAmb", "/proc/self/status"});
        bundle.set("process/capabilities/inheritable", Json::strings({"CAP_KILL"}));
        bundle.set("process/capabilities/ambient", Json::strings({"CAP_KILL", "CAP_CHOWN"}));
        const auto outcome = bundle.run();
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out, std::string("CapAmb:\t0000000000000020\n"));
    }

    void anUnknownCapabilityIsWarnedOf() {
        Bundle bundle({"grep", "CapBnd", "/proc/self/status"});
        bundle.set("process/capabilities/bounding", Json::strings({"CAP_KILL", "CAP_OF_TOMORROW"}));
        const auto outcome = bundle.run();
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, std::string("CapBnd:\t0000000000000020\n"));
        QVERIFY2(outcome.err.find("CAP_OF_TOMORROW") != std::string::npos, outcome.err.c_str());
    }

    void theLoopbackOfANewNetworkNamespaceIsUp() {
        Bundle bundle({"sh", "-c", "cat /sys/class/net/lo/flags; ls /sys/class/net"});
        QCOMPARE(bundle.run().out, std::string("0x9\nlo\n")); // IFF_UP, IFF_LOOPBACK
        bundle.useHostIds();                                  // it is made on another thread then
        QCOMPARE(bundle.run().out, std::string("0x9\nlo\n"));
    }

    void standardOutputBelongsToTheContainersUser() {
        // Opening it anew needs its owner's rights, which the process that wrote it had.
        Bundle bundle({"sh", "-c", "echo again >/proc/self/fd/1; stat -L -c %u:%g /proc/self/fd/1"});
        bundle.set("process/user", Json::parse(R"({"uid": 1001, "gid": 1002})").value());
        const auto outcome = bundle.run();
        QCOMPARE(outcome.err, std::string());
        QVERIFY2(outcome.out.ends_with("1001:1002\n"), outcome.out.c_str());
    }
};

ESCALE_TEST(CompatibilityTest)
#include "compatibility_test.moc"
