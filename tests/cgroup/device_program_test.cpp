// Device rules on the machine's v2 hierarchy: the kernel loads and obeys the program.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/cgroup/cgroup.h"
#include "engine/cgroup/device_program.h"
#include "tests/support/test_registry.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;

class DeviceProgramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        const auto machine = CgroupLayout::detect();
        VERIFY_RESULT(machine);
        SKIP_UNLESS(machine->unified() != nullptr, "this machine has no cgroup v2");
        m_layout = CgroupLayout({{2, machine->unified()->mountPoint, {}}});
    }

    void init() {
        auto made = Cgroup::create(m_layout, "/escale-test-" + shortId(randomId()));
        VERIFY_RESULT(made);
        m_cgroup = *made;
        const auto tried = m_cgroup->apply(only({{false, 'a', -1, -1, "rwm"}}));
        SKIP_UNLESS(tried || tried.error().code == ErrorCode::InvalidArgument,
                    "this kernel has no device programs");
    }

    void cleanup() {
        if (m_cgroup)
            VERIFY_RESULT(m_cgroup->remove());
    }

    void onlyTheNamedDeviceIsOpened() {
        VERIFY_RESULT(m_cgroup->apply(only({{false, 'a', -1, -1, "rwm"}, {true, 'c', 1, 3, "rwm"}})));
        QVERIFY(opens("/dev/null", O_RDWR));
        QVERIFY(!opens("/dev/zero", O_RDONLY));
    }

    void theLastRuleThatSpeaksOfAnAccessDecidesIt() {
        VERIFY_RESULT(m_cgroup->apply(only({{true, 'a', -1, -1, "rwm"}, {false, 'c', 1, 5, "w"}})));
        QVERIFY(opens("/dev/zero", O_RDONLY));
        QVERIFY(!opens("/dev/zero", O_WRONLY));
        QVERIFY(!opens("/dev/zero", O_RDWR));
    }

    void twoRulesTogetherAllowWhatNeitherAllowsAlone() {
        VERIFY_RESULT(m_cgroup->apply(
            only({{false, 'a', -1, -1, "rwm"}, {true, 'c', 1, 5, "r"}, {true, 'c', 1, 5, "w"}})));
        QVERIFY(opens("/dev/zero", O_RDWR));
    }

    void newRulesTakeThePlaceOfTheOld() {
        VERIFY_RESULT(m_cgroup->update(only({{false, 'a', -1, -1, "rwm"}})));
        QVERIFY(!opens("/dev/zero", O_RDONLY));
        VERIFY_RESULT(m_cgroup->update(only({{true, 'a', -1, -1, "rwm"}})));
        QVERIFY(opens("/dev/zero", O_RDONLY));
    }

private:
    static CgroupLimits only(std::vector<CgroupDeviceRule> rules) {
        CgroupLimits limits;
        limits.devices = std::move(rules);
        return limits;
    }

    // By a process inside the cgroup.
    [[nodiscard]] bool opens(const char* device, int flags) const {
        const std::string procs = m_cgroup->directory(*m_layout.unified()) + "/cgroup.procs";
        const pid_t pid = ::fork();
        if (pid == 0) {
            const int file = ::open(procs.c_str(), O_WRONLY);
            if (file < 0 || ::write(file, "0", 1) != 1)
                ::_exit(2);
            ::_exit(::open(device, flags) >= 0 ? 0 : 1);
        }
        int status = 0;
        ::waitpid(pid, &status, 0);
        if (WEXITSTATUS(status) == 2)
            qFatal("cannot enter the cgroup");
        return WEXITSTATUS(status) == 0;
    }

    CgroupLayout m_layout{{}};
    std::optional<Cgroup> m_cgroup;
};

ESCALE_TEST(DeviceProgramTest)
#include "device_program_test.moc"
