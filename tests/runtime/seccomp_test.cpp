#include "engine/runtime/plan/seccomp.h"
#include "tests/support/test_registry.h"

using namespace escale;

class SeccompTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void compilesAndSkipsUnknownCalls() {
        spec::Seccomp seccomp;
        seccomp.defaultAction = "SCMP_ACT_ERRNO";
        seccomp.architectures = {"SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"};
        seccomp.syscalls = {{{"read", "write", "no_such_call_ever"}, "SCMP_ACT_ALLOW", {}, {}}};
        const auto filter = compileSeccomp(seccomp);
        VERIFY_RESULT(filter);
        QVERIFY(filter->program.size() > 4);
    }

    void refusesWhatItDoesNotKnow() {
        spec::Seccomp action;
        action.defaultAction = "SCMP_ACT_NOTIFY";
        QVERIFY(!compileSeccomp(action));
        spec::Seccomp architecture;
        architecture.defaultAction = "SCMP_ACT_ALLOW";
        architecture.architectures = {"SCMP_ARCH_PDP11"};
        QVERIFY(!compileSeccomp(architecture));
        spec::Seccomp comparison;
        comparison.defaultAction = "SCMP_ACT_ALLOW";
        comparison.syscalls = {{{"read"}, "SCMP_ACT_ERRNO", {}, {{0, 1, 0, "SCMP_CMP_NEAR"}}}};
        QVERIFY(!compileSeccomp(comparison));
    }
};

ESCALE_TEST(SeccompTest)
#include "seccomp_test.moc"
