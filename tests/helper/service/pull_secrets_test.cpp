// Where the password of a pull or a push may be seen, and where not: everything on the machine is searched
// while it runs, and all that is left afterwards.
#include "engine/base/file.h"
#include "helper/dbus/types.h"
#include "tests/helper/worker/image_fixture.h"
#include "tests/support/private_bus.h"
#include "tests/support/test_registry.h"

#include <QProcess>

#include <atomic>
#include <filesystem>
#include <thread>

using namespace escale;
using namespace escale::test;

class PullSecretsTest : public QObject {
    Q_OBJECT
    std::unique_ptr<DockerRegistry> m_registry;
    std::unique_ptr<DockerRegistry> m_other;
    std::unique_ptr<PrivateBus> m_bus;

    static bool hasSecret(const std::string& text) {
        return text.find(DockerRegistry::kPassword) != std::string::npos;
    }
    /// Command lines and environments, as everybody, or their owner, reads them.
    static std::vector<std::string> processesThatShowIt() {
        std::vector<std::string> found;
        for (const auto& name : listDirectory("/proc").value_or(std::vector<std::string>())) {
            for (const char* file : {"/cmdline", "/environ"}) {
                const auto text = readFile("/proc/" + name + file);
                if (text && hasSecret(*text))
                    found.push_back(name + file);
            }
        }
        return found;
    }
    /// A job of root's for the image, with the account.
    dbus::JobStatus finish(const char* method, QVariantMap options) {
        options.insert(QStringLiteral("username"), QLatin1String(DockerRegistry::kUser));
        options.insert(QStringLiteral("password"), QLatin1String(DockerRegistry::kPassword));
        const QDBusConnection root = m_bus->connectAs(0);
        const auto reply = call(root, QStringLiteral("org.escale.Engine1.Images"), QLatin1String(method),
                                {QString::fromStdString(m_registry->host() + "/team/app:1"), options});
        const QString job = reply.arguments().value(0).value<QDBusObjectPath>().path();
        dbus::JobStatus status;
        (void)QTest::qWaitFor(
            [&] {
                const auto asked =
                    call(root, QStringLiteral("org.escale.Engine1.Job"), QStringLiteral("Status"), {}, job);
                status = qdbus_cast<dbus::JobStatus>(asked.arguments().value(0));
                return status.state != QLatin1String("running");
            },
            30'000);
        return status;
    }
private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "only root can start the helper");
        SKIP_UNLESS(DockerRegistry::isInstalled() && exists("/usr/bin/dbus-monitor"),
                    "docker-registry or dbus-monitor is not installed");
        if (const std::string why = enterOwnNetwork(); !why.empty())
            QSKIP(why.c_str());
        m_registry = DockerRegistry::start(true).value();
        m_other = DockerRegistry::start(true).value();
        m_bus = PrivateBus::start({"--idle-seconds", "0"}).value();
    }
    void cleanupTestCase() {
        m_bus.reset();
        m_registry.reset();
        m_other.reset();
    }

    void aPasswordIsSeenNowhereElse() {
        // Given registries with accounts, and an image that takes a moment,
        TarBuilder tar;
        for (int i = 0; i < 200; ++i)
            tar.file("file" + std::to_string(i), std::string(20'000, static_cast<char>('a' + i % 26)));
        VERIFY_RESULT(TestImage({gzipLayer(tar.finish())}).push(*m_registry, "team/app", "1"));
        // and someone who watches all signals, and all processes,
        QProcess monitor;
        monitor.start(QStringLiteral("/usr/bin/dbus-monitor"),
                      {QStringLiteral("--address"),
                       QStringLiteral("unix:path=%1/bus/bus").arg(QString::fromStdString(m_bus->folder())),
                       QStringLiteral("type='signal'")});
        QVERIFY2(monitor.waitForReadyRead(), monitor.readAllStandardError().constData());
        std::atomic<bool> isOver = false;
        std::vector<std::string> shown;
        std::jthread watcher([&] {
            while (!isOver && shown.empty())
                shown = processesThatShowIt();
        });
        // when root pulls it with name and password, and pushes it elsewhere,
        const auto pulled = finish("Pull", {});
        const auto pushed = finish(
            "Push", {{QStringLiteral("target"), QString::fromStdString(m_other->host() + "/team/copy:1")}});
        isOver = true;
        watcher.join();
        // then it works,
        for (const auto& status : {pulled, pushed})
            QVERIFY2(status.state == QLatin1String("done"), qPrintable(status.errorMessage));
        // no process list shows the password,
        QVERIFY2(shown.empty(), shown.empty() ? "" : shown.front().c_str());
        // no signal does, though there were some,
        QString signalsSeen;
        QTRY_VERIFY((signalsSeen += QString::fromUtf8(monitor.readAll())).contains(QLatin1String("Changed")));
        QVERIFY(!hasSecret(signalsSeen.toStdString()));
        monitor.terminate();
        QVERIFY(monitor.waitForFinished());
        // nor does a log, nor any file of the store.
        QVERIFY(!hasSecret(m_bus->log()));
        for (const auto& entry : std::filesystem::recursive_directory_iterator(
                 m_bus->folder(), std::filesystem::directory_options::skip_permission_denied)) {
            if (!entry.is_regular_file())
                continue;
            const auto text = readFile(entry.path().string(), 64u << 20);
            VERIFY_RESULT(text);
            QVERIFY2(!hasSecret(*text), entry.path().c_str());
        }
    }
};

ESCALE_TEST(PullSecretsTest)
#include "pull_secrets_test.moc"
