// The way to systemd over a message bus, with the real dbus-daemon on a socket of its own. systemd itself is
// asked in tests/runtime/systemd_test.cpp.
#include "engine/base/file.h"
#include "engine/cgroup/systemd_manager.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QTemporaryDir>

using namespace escale;

class SystemdBusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(exists("/usr/bin/dbus-daemon"), "needs dbus-daemon");
        const std::string config = m_folder.path().toStdString() + "/bus.conf";
        VERIFY_RESULT(writeFileAtomically(
            config,
            "<busconfig><listen>unix:path=" + socket() +
                "</listen><auth>EXTERNAL</auth><policy context=\"default\">"
                "<allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow own=\"*\"/>"
                "</policy></busconfig>",
            0644));
        m_bus.start("/usr/bin/dbus-daemon", {"--config-file=" + QString::fromStdString(config), "--nofork",
                                             "--nopidfile", "--nosyslog"});
        QVERIFY(m_bus.waitForStarted());
        QTRY_VERIFY(exists(socket()));
    }
    void cleanupTestCase() {
        qunsetenv("DBUS_SYSTEM_BUS_ADDRESS");
        m_bus.terminate();
        m_bus.waitForFinished();
    }
    void cleanup() { qunsetenv("DBUS_SYSTEM_BUS_ADDRESS"); }

    // The bus has let us in, taken our calls and answered: that nobody of that name is there.
    void aBusWithoutSystemdSaysSo() {
        const auto manager = SystemdManager::connectBus(socket());
        QVERIFY(!manager);
        QVERIFY2(manager.error().message.find("org.freedesktop.systemd1 was not provided") !=
                     std::string::npos,
                 manager.error().message.c_str());
    }

    void theBusOfTheEnvironmentIsTaken() {
        qputenv("DBUS_SYSTEM_BUS_ADDRESS",
                QByteArray::fromStdString("unix:path=" + socket() + ",guid=0;unix:path=/x"));
        const auto manager = SystemdManager::connect();
        QVERIFY(!manager);
        QVERIFY2(manager.error().message.find("org.freedesktop.systemd1 was not provided") !=
                     std::string::npos,
                 manager.error().message.c_str());
    }

    void anAddressOfAnotherFormIsRefused() {
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", "tcp:host=localhost,port=1");
        const auto manager = SystemdManager::connect();
        QVERIFY(!manager);
        QCOMPARE(manager.error().code, ErrorCode::Unsupported);
    }

private:
    [[nodiscard]] std::string socket() const { return m_folder.path().toStdString() + "/bus"; }
    QTemporaryDir m_folder;
    QProcess m_bus;
};

ESCALE_TEST(SystemdBusTest)
#include "systemd_bus_test.moc"
