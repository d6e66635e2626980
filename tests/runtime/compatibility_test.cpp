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
};

ESCALE_TEST(CompatibilityTest)
#include "compatibility_test.moc"
