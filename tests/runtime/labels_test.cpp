// AppArmor profiles and SELinux labels.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "engine/runtime/plan/labels.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <fstream>
#include <sys/prctl.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;

namespace {

// What it may not do tells that it is confined: reading /etc/secret.
const char* const kProfile = "profile escale-test flags=(attach_disconnected,mediate_deleted) {\n"
                             "  file,\n  signal,\n  ptrace,\n  capability,\n  network,\n"
                             "  deny /etc/secret r,\n}\n";

Bundle& withSecret(Bundle& bundle) {
    std::ofstream(bundle.root() + "/etc/secret") << "open\n";
    return bundle;
}

} // namespace

class LabelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
        if (!hasAppArmor() || !exists("/sbin/apparmor_parser"))
            return;
        VERIFY_RESULT(writeFileAtomically("/tmp/escale-test.profile", kProfile));
        VERIFY_RESULT(
            runProgram({"/sbin/apparmor_parser", "--replace", "--skip-cache", "/tmp/escale-test.profile"}));
        m_loaded = true;
    }
    void cleanupTestCase() {
        if (m_loaded)
            VERIFY_RESULT(runProgram({"/sbin/apparmor_parser", "--remove", "/tmp/escale-test.profile"}));
    }

    void aProfileConfinesTheProgram_data() {
        QTest::addColumn<bool>("noNewPrivileges");
        QTest::newRow("no_new_privs") << true;
        QTest::newRow("without") << false;
    }
    void aProfileConfinesTheProgram() {
        SKIP_UNLESS(m_loaded,
                    "AppArmor is not enabled on this machine, or has no parser (./dev test --system)");
        QFETCH(bool, noNewPrivileges);
        Bundle bundle({"sh", "-c", "cat /proc/self/attr/current; cat /etc/secret"});
        withSecret(bundle);
        bundle.set("process/noNewPrivileges", Json(noNewPrivileges));
        QVERIFY(bundle.run().out.ends_with("open\n")); // given: nobody confines it
        bundle.set("process/apparmorProfile", "escale-test");
        const auto outcome = bundle.run();
        QCOMPARE(outcome.out, std::string("escale-test (enforce)\n"));
        QVERIFY2(outcome.err.find("Permission denied") != std::string::npos, outcome.err.c_str());
    }

    void execIsConfinedAsTheContainerIs() {
        SKIP_UNLESS(m_loaded,
                    "AppArmor is not enabled on this machine, or has no parser (./dev test --system)");
        Bundle bundle({"sleep", "1000"});
        bundle.set("process/apparmorProfile", "escale-test");
        QCOMPARE(bundle.runtime({"run", "--detach"}).err, std::string());
        QCOMPARE(exec(bundle, {}, {"cat", "/proc/self/attr/current"}).out,
                 std::string("escale-test (enforce)\n"));
    }

    void execTakesAProfileOfItsOwn() {
        SKIP_UNLESS(m_loaded,
                    "AppArmor is not enabled on this machine, or has no parser (./dev test --system)");
        Bundle bundle({"sleep", "1000"});
        QCOMPARE(bundle.runtime({"run", "--detach"}).err, std::string());
        QCOMPARE(exec(bundle, {"--apparmor", "escale-test"}, {"cat", "/proc/self/attr/current"}).out,
                 std::string("escale-test (enforce)\n"));
    }

    void aProfileThatIsNotLoadedIsAnError() {
        SKIP_UNLESS(m_loaded,
                    "AppArmor is not enabled on this machine, or has no parser (./dev test --system)");
        Bundle bundle({"true"});
        bundle.set("process/apparmorProfile", "no-such-profile");
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("no-such-profile") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void aProfileIsNotIgnoredWhereNothingEnforcesIt() {
        SKIP_UNLESS(!hasAppArmor(), "AppArmor is enabled on this machine");
        Bundle bundle({"true"});
        bundle.set("process/apparmorProfile", "some-profile");
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("AppArmor is not enabled") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void unconfinedNeedsNoAppArmor() {
        Bundle bundle({"true"});
        bundle.set("process/apparmorProfile", "unconfined");
        QCOMPARE(bundle.run().err, std::string());
    }

    void aLabelIsNotIgnoredWhereNothingEnforcesIt() {
        SKIP_UNLESS(!hasSelinux(), "SELinux is enabled on this machine");
        Bundle bundle({"true"});
        bundle.set("process/selinuxLabel", "system_u:system_r:container_t:s0");
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("SELinux is not enabled") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void aMountLabelIsWarnedOf() {
        SKIP_UNLESS(!hasSelinux(), "SELinux is enabled on this machine");
        Bundle bundle({"true"});
        bundle.set("linux/mountLabel", "system_u:object_r:container_file_t:s0");
        const auto outcome = bundle.run();
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.err.find("linux.mountLabel is left out") != std::string::npos, outcome.err.c_str());
    }

private:
    bool m_loaded = false;
};

ESCALE_TEST(LabelsTest)
#include "labels_test.moc"
