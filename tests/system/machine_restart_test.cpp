// The machine is restarted with containers on it. In two runs of this class: before, and after
// (tests/system/inside.sh).
#include "tests/helper/service/helper_machine.h"
#include "tests/system/system_machine.h"

#include <QRegularExpression>

using namespace escale;
using namespace escale::test;

namespace {

// A file of the disk: the boot in which the containers were made.
const std::string kMark = "/var/lib/escale-before-restart";
// SIGINT is the stop signal of the image.
const char* const kPolite = "trap 'echo bye; exit 7' INT; echo ready; while :; do /bin/sleep 0.1; done";

std::string thisBoot() {
    return readFile("/proc/sys/kernel/random/boot_id").value_or("");
}

} // namespace

class MachineRestartTest : public QObject {
    Q_OBJECT

    QMap<QString, dbus::Container> m_containers; // by name

    static QMap<QString, dbus::Container> list() {
        const auto bus = connectToBusAs(0, QStringLiteral("unix:path=/run/dbus/system_bus_socket"),
                                        QStringLiteral("restart"));
        const auto reply = call(bus, QStringLiteral("org.escale.Engine1.Containers"), QStringLiteral("List"));
        QMap<QString, dbus::Container> found;
        for (const auto& container : qdbus_cast<dbus::ContainerList>(reply.arguments().value(0)))
            found.insert(container.name, container);
        return found;
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = whyNoSystemMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        dbus::registerTypes();
    }

    void before() {
        SKIP_UNLESS(!exists(kMark), "the machine has been restarted");
        auto machine = HelperMachine::installed();
        VERIFY_RESULT(machine);
        const auto run = [&](const char* name, const char* policy) {
            const QVariantMap options{{QStringLiteral("name"), QLatin1String(name)},
                                      {QStringLiteral("restart"), QLatin1String(policy)}};
            return (*machine)->run(
                0, {QStringLiteral("/bin/sh"), QStringLiteral("-c"), QLatin1String(kPolite)}, options);
        };
        QVERIFY(!run("always", "always").isEmpty());
        QVERIFY(!run("unless", "unless-stopped").isEmpty());
        QVERIFY(!run("never", "no").isEmpty());
        const QString stopped = run("stopped", "unless-stopped");
        const auto job = (*machine)->ask(0, "Stop", {stopped, QVariantMap()}).arguments().value(0);
        QCOMPARE((*machine)->ended(0, job).state, QStringLiteral("done"));
        VERIFY_RESULT(writeFileAtomically(kMark, thisBoot()));
    }

    void theUnitHasComeByItself() {
        SKIP_UNLESS(exists(kMark) && readFile(kMark).value_or("") != thisBoot(),
                    "the machine has not been restarted");
        QCOMPARE(unitProperty("ActiveState"), std::string("active"));
        m_containers = list();
        QCOMPARE(m_containers.size(), 4);
    }
    void whatThePolicySaysRuns_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("always") << "always";
        QTest::newRow("unless stopped") << "unless";
    }
    void whatThePolicySaysRuns() {
        SKIP_UNLESS(!m_containers.isEmpty(), "the machine has not been restarted");
        QFETCH(const QString, name);
        QTRY_COMPARE(list().value(name).state, QStringLiteral("running"));
    }
    void whatSomebodyHadStoppedDoesNot() {
        SKIP_UNLESS(!m_containers.isEmpty(), "the machine has not been restarted");
        QCOMPARE(m_containers.value(QStringLiteral("stopped")).state, QStringLiteral("exited"));
    }
    void itWasAskedToEndBeforeTheMachineDid() {
        SKIP_UNLESS(!m_containers.isEmpty(), "the machine has not been restarted");
        const auto container = m_containers.value(QStringLiteral("never"));
        QCOMPARE(container.state, QStringLiteral("exited"));
        QCOMPARE(container.exitCode, 7);
        QCOMPARE(container.error, QString());
    }
};

ESCALE_TEST(MachineRestartTest)
#include "machine_restart_test.moc"
