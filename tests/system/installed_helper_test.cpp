// The helper as a package installs it, on a machine with systemd: its unit, real polkitd and logind, cgroups
// beside systemd's. It changes the machine (units, sessions, cgroups), so it wants one of its own: ./dev test
// --system.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "engine/cgroup/layout.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/support/session_client.h"
#include "tests/system/system_machine.h"

#include <QDBusConnectionInterface>

#include <csignal>
#include <fcntl.h>

using namespace escale;
using namespace escale::test;

namespace {

const QString kErrors = QStringLiteral("org.escale.Error.");

} // namespace

class InstalledHelperTest : public QObject {
    Q_OBJECT
    std::unique_ptr<HelperMachine> m_machine;
    QString m_image;

    dbus::Container find(const QString& id) { return m_machine->container(0, id); }
    QString run(const char* script, const QVariantMap& options = {}) {
        return m_machine->run(0, {QStringLiteral("/bin/sh"), QStringLiteral("-c"), QLatin1String(script)},
                              options);
    }
    pid_t helperPid() {
        const QDBusReply<uint> pid = m_machine->as(0).interface()->servicePid(QLatin1String(dbus::kService));
        return pid.isValid() ? static_cast<pid_t>(pid.value()) : 0;
    }
    std::string log(const QString& id) {
        const auto reply = m_machine->ask(0, "OpenLog", {id, QVariantMap()});
        const auto files = qdbus_cast<dbus::FileList>(reply.arguments().value(0));
        return files.isEmpty() ? std::string() : readFd(files.last().fileDescriptor()).value_or("");
    }
    static std::string cgroupFile(const QString& id, const char* file) {
        const auto text = readFile("/sys/fs/cgroup/escale/" + id.toStdString() + "/" + file);
        return text ? text->substr(0, text->find('\n')) : text.error().message;
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = whyNoSystemMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        VERIFY_RESULT(systemctl({"stop", kUnit}));
        auto machine = HelperMachine::installed();
        VERIFY_RESULT(machine);
        m_machine = std::move(*machine);
        m_image = m_machine->image();
    }
    void cleanup() {
        if (!m_machine)
            return;
        if (QTest::currentTestFailed())
            qWarning("%s", runProgram({"/usr/bin/journalctl", "--unit", kUnit, "--no-pager", "--lines", "30"})
                               .value_or("")
                               .c_str());
        const auto list = m_machine->ask(0, "List", {});
        for (const auto& container : qdbus_cast<dbus::ContainerList>(list.arguments().value(0)))
            m_machine->remove(0, container.id);
    }

    void isStartedAsItsUnit() {
        // Given no helper, when somebody calls,
        VERIFY_RESULT(systemctl({"stop", kUnit}));
        QCOMPARE(helperPid(), 0);
        QCOMPARE(m_machine->ask(PrivateBus::kNobody, "List", {}).type(), QDBusMessage::ReplyMessage);
        // then systemd has started its unit.
        QCOMPARE(unitProperty("MainPID"), std::to_string(helperPid()));
        QCOMPARE(unitProperty("ActiveState"), std::string("active"));
    }

    void somebodyWithoutASessionSeesOnly() {
        QCOMPARE(m_machine->ask(PrivateBus::kNobody, "List", {}).type(), QDBusMessage::ReplyMessage);
        const auto reply =
            m_machine->ask(PrivateBus::kNobody, "Run", {m_image, QStringList(), QVariantMap()});
        QCOMPARE(reply.errorName(), kErrors + QStringLiteral("AuthorizationNeeded"));
    }

    void aPersonAtTheScreenManagesTheirOwn() {
        // Given somebody whose session is the one that is seen, when they call, then polkit lets them pass:
        const std::string create = "Create sasa{sv} " + m_image.toStdString() + " 0 ";
        const auto allowed = callInSession("tty1", create + "0");
        VERIFY_RESULT(allowed);
        // the image is root's, not theirs.
        QVERIFY2(allowed->find("yes\n") == 0, allowed->c_str());
        QVERIFY2(allowed->find("no image") != std::string::npos, allowed->c_str());
        // What reaches over the machine takes an administrator's word all the same.
        const auto refused = callInSession("tty1", create + "1 privileged b true");
        VERIFY_RESULT(refused);
        QVERIFY2(refused->find("uthenticat") != std::string::npos ||
                     refused->find("administrator") != std::string::npos,
                 refused->c_str());
    }

    void aPersonWhoIsNotAtTheScreenDoesNot() {
        const auto refused = callInSession("tty5", "Create sasa{sv} " + m_image.toStdString() + " 0 0");
        VERIFY_RESULT(refused);
        QVERIFY2(refused->find("no\n") == 0, refused->c_str());
        QVERIFY2(refused->find("no image") == std::string::npos, refused->c_str());
    }

    void limitsStandBesideSystemds() {
        // Given a container with limits,
        const QString id =
            run("exec sleep 1000", {{QStringLiteral("memory"), QVariant::fromValue(quint64(64) << 20)},
                                    {QStringLiteral("cpus"), 0.5},
                                    {QStringLiteral("pids"), QVariant::fromValue(qint64(33))}});
        QVERIFY(!id.isEmpty());
        // when systemd reads all units anew, and makes and removes cgroups of its own with other controllers,
        VERIFY_RESULT(systemctl({"daemon-reload"}));
        VERIFY_RESULT(runProgram({"/usr/bin/systemd-run", "--quiet", "--wait", "--collect", "--property",
                                  "MemoryMax=100M", "--property", "CPUWeight=50", "--property", "IOWeight=50",
                                  "/bin/true"}));
        // then they stand as they were,
        QCOMPARE(cgroupFile(id, "memory.max"), std::string("67108864"));
        QCOMPARE(cgroupFile(id, "cpu.max"), std::string("50000 100000"));
        QCOMPARE(cgroupFile(id, "pids.max"), std::string("33"));
        // and can be changed.
        const QVariantMap more{{QStringLiteral("memory"), QVariant::fromValue(quint64(96) << 20)},
                               {QStringLiteral("cpus"), 0.75}};
        QCOMPARE(m_machine->ask(0, "Update", {id, more}).errorName(), QString());
        QCOMPARE(cgroupFile(id, "memory.max"), std::string("100663296"));
        QCOMPARE(cgroupFile(id, "cpu.max"), std::string("75000 100000"));
    }

    void pausesByTheFreezer() {
        const QString id = run("exec sleep 1000");
        QCOMPARE(m_machine->ask(0, "Pause", {id}).errorName(), QString());
        QCOMPARE(cgroupFile(id, "cgroup.freeze"), std::string("1"));
        VERIFY_RESULT(systemctl({"restart", kUnit}));
        QCOMPARE(find(id).state, QStringLiteral("paused"));
        QCOMPARE(m_machine->ask(0, "Unpause", {id}).errorName(), QString());
        QCOMPARE(cgroupFile(id, "cgroup.freeze"), std::string("0"));
    }

    void aKillForLackOfMemoryIsTold() {
        const pid_t helper = helperPid();
        const QString id = run("cat /dev/zero | /bin/busybox tail",
                               {{QStringLiteral("memory"), QVariant::fromValue(quint64(16) << 20)},
                                {QStringLiteral("memory-swap"), QVariant::fromValue(qint64(16) << 20)}});
        QTRY_COMPARE_WITH_TIMEOUT(find(id).state, QStringLiteral("exited"), 30'000);
        QVERIFY(find(id).oomKilled);
        QCOMPARE(helperPid(), helper); // systemd does not take it for the unit's
    }

    void containersOutliveTheHelpersRestart() {
        // Given a container that works, is healthy, and has a person at its input,
        const QString id = run("n=0; while read word; do n=$((n+1)); echo $word $n; done; exit 9",
                               {{QStringLiteral("stdin"), true},
                                {QStringLiteral("health-command"),
                                 QStringList{QStringLiteral("CMD"), QStringLiteral("/bin/true")}},
                                {QStringLiteral("health-interval"), QVariant::fromValue(quint64(200))}});
        QTRY_COMPARE(find(id).health, QStringLiteral("healthy"));
        const auto attached = m_machine->ask(0, "Attach", {id, QVariantMap()});
        const auto session = attached.arguments().value(0).value<QDBusUnixFileDescriptor>();
        SessionClient client(UniqueFd(::fcntl(session.fileDescriptor(), F_DUPFD_CLOEXEC, 3)));
        client.type("before\n");
        QVERIFY(client.awaitOutput("before 1\n"));
        const quint32 pid = find(id).pid;
        const pid_t helper = helperPid();
        // when the unit is restarted, as an upgrade does,
        VERIFY_RESULT(systemctl({"restart", kUnit}));
        // then it is the same container, and the session goes on,
        QCOMPARE(find(id).state, QStringLiteral("running"));
        QCOMPARE(find(id).pid, pid);
        QVERIFY(helperPid() != helper);
        client.type("after\n");
        QVERIFY(client.awaitOutput("after 2\n"));
        QVERIFY(log(id).find("after 2") != std::string::npos);
        // is looked after as before,
        QCOMPARE(find(id).health, QStringLiteral("healthy"));
        const auto stats =
            qdbus_cast<dbus::StatsList>(m_machine->ask(0, "Stats", {QStringList{id}}).arguments().value(0));
        QCOMPARE(stats.size(), 1);
        QVERIFY(stats[0].pids >= 1 && stats[0].memory > 0);
        // and its end is told.
        client.send(FrameType::InputEnds);
        QTRY_COMPARE(find(id).state, QStringLiteral("exited"));
        QCOMPARE(find(id).exitCode, 9);
    }

    void whatEndedWithoutTheHelperIsTreatedByItsPolicy() {
        // Given containers that end while there is no helper,
        const QVariantMap always{{QStringLiteral("restart"), QStringLiteral("always")}};
        const QString again = run("exec sleep 1000", always);
        const QString once = run("exec sleep 1000");
        const auto pid = static_cast<pid_t>(find(again).pid);
        const auto other = static_cast<pid_t>(find(once).pid);
        VERIFY_RESULT(systemctl({"stop", kUnit}));
        QCOMPARE(::kill(pid, SIGKILL), 0);
        QCOMPARE(::kill(other, SIGKILL), 0);
        // when it comes by itself, as with the machine, then one runs again and the other's end is known.
        VERIFY_RESULT(systemctl({"start", kUnit}));
        QTRY_COMPARE(find(again).state, QStringLiteral("running"));
        QVERIFY(find(again).pid != quint32(pid));
        QCOMPARE(find(once).state, QStringLiteral("exited"));
        QCOMPARE(find(once).exitCode, 137);
    }

    void systemdBringsAKilledHelperBack() {
        const QString id = run("exec sleep 1000");
        const pid_t helper = helperPid();
        QCOMPARE(::kill(helper, SIGKILL), 0);
        QTRY_VERIFY(helperPid() != 0 && helperPid() != helper); // nobody has called it
        QCOMPARE(find(id).state, QStringLiteral("running"));
    }

    void leavesNoCgroupBehind() {
        const QString id = run("exec sleep 1000");
        m_machine->remove(0, id);
        QTRY_VERIFY(!exists("/sys/fs/cgroup/escale/" + id.toStdString()));
        // Monitors live in the helper's unit: they must go, too, or each restart would find more.
        VERIFY_RESULT(systemctl({"stop", kUnit}));
        QTRY_VERIFY(!exists("/sys/fs/cgroup/system.slice/escale-helper.service"));
    }
};

ESCALE_TEST(InstalledHelperTest)
#include "installed_helper_test.moc"
