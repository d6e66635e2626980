// The engine over D-Bus, end to end: a real registry, worker, runtime and container.
#include "engine/base/file.h"
#include "helper/dbus/types.h"
#include "tests/helper/worker/image_fixture.h"
#include "tests/support/docker_registry.h"
#include "tests/support/private_bus.h"
#include "tests/support/test_registry.h"

#include <QDBusUnixFileDescriptor>
#include <QFileInfo>

#include <csignal>
#include <fcntl.h>

using namespace escale;
using namespace escale::test;

namespace {

const QString kEngine = QStringLiteral("org.escale.Engine1");
const QString kImages = QStringLiteral("org.escale.Engine1.Images");
const QString kContainers = QStringLiteral("org.escale.Engine1.Containers");
const QString kJob = QStringLiteral("org.escale.Engine1.Job");
const QString kErrors = QStringLiteral("org.escale.Error.");
constexpr int kPatience = 30'000;

// Prints a number every tenth of a second, and ends at once when asked to.
const QStringList kCount{
    QStringLiteral("/bin/sh"), QStringLiteral("-c"),
    QStringLiteral("trap 'exit 7' INT; i=0; while :; do echo $i; i=$((i+1)); /bin/busybox sleep 0.1; done")};

TestImage busyboxImage() {
    const auto program = readFile("/bin/busybox");
    TarBuilder base;
    base.folder("bin").folder("proc").folder("dev").folder("sys").folder("etc").folder("tmp", 01777);
    base.add({.name = "bin/busybox", .content = program.value_or(""), .mode = 0755, .owner = 0, .group = 0});
    base.add({.name = "bin/sh", .type = '2', .link = "busybox", .owner = 0, .group = 0});
    return TestImage({gzipLayer(base.finish()),
                      zstdLayer(TarBuilder().folder("etc").file("etc/motd", "hello\n").finish())});
}

} // namespace

// Listens to what a connection is told.
class Listener : public QObject {
    Q_OBJECT
public:
    explicit Listener(QDBusConnection bus) {
        bus.connect(kEngine, QStringLiteral("/org/escale/Engine1"), kEngine, QStringLiteral("Changed"), this,
                    SLOT(changed(QString, QStringList)));
        bus.connect(kEngine, {}, kJob, QStringLiteral("Progress"), this, SLOT(progressed(QDBusMessage)));
        // Only who has called is told anything.
        (void)call(bus, kEngine, QStringLiteral("ListJobs"));
    }
    QMap<QString, QStringList> ids; // by kind
    QList<dbus::JobStatus> progress;

private Q_SLOTS:
    void changed(const QString& kind, const QStringList& changedIds) { ids[kind] += changedIds; }
    void progressed(const QDBusMessage& message) {
        progress.append(qdbus_cast<dbus::JobStatus>(message.arguments().value(0)));
    }
};

class HelperContainersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const std::string reason = enterOwnNetwork();
        SKIP_UNLESS(reason.empty(), reason.c_str());
        SKIP_UNLESS(DockerRegistry::isInstalled(), "needs docker-registry");
        SKIP_UNLESS(exists("/bin/busybox"), "needs busybox-static");
        auto registry = DockerRegistry::start();
        VERIFY_RESULT(registry);
        m_registry = std::move(*registry);
        VERIFY_RESULT(busyboxImage().push(*m_registry, "demo", "1"));
        m_image = QString::fromStdString(m_registry->host() + "/demo:1");
        auto bus = PrivateBus::start({"--idle-seconds", "0"});
        VERIFY_RESULT(bus);
        m_bus = std::move(*bus);
        VERIFY_RESULT(
            m_bus->setRules("polkit.addRule(function(action, subject) {\n"
                            "    if (action.id == 'org.escale.engine.manage' && subject.user == 'nobody')\n"
                            "        return polkit.Result.YES;\n});\n"));
    }
    void cleanup() {
        if (QTest::currentTestFailed() && m_bus)
            qWarning("%s", m_bus->log().c_str());
    }
    void cleanupTestCase() {
        m_bus.reset();
        m_registry.reset();
    }

    void pullsAnImageForItsOwnerOnly() {
        Listener rootListens(root());
        const Listener nobodyListens(nobody());
        const auto status = pull(root());
        QCOMPARE(status.state, QStringLiteral("done"));
        QCOMPARE(status.steps.size(), 2);
        QVERIFY(status.done > 0 && status.done == status.total);
        const auto images = imagesOf(root());
        QCOMPARE(images.size(), 1);
        QCOMPARE(images.first().digest, status.result);
        QCOMPARE(images.first().layers.size(), 2);
        QCOMPARE(images.first().tag, QStringLiteral("1"));
        QVERIFY(imagesOf(nobody()).isEmpty());
        QTRY_VERIFY(rootListens.ids[QStringLiteral("images")].contains(status.result));
        QTRY_VERIFY(!rootListens.progress.isEmpty() &&
                    rootListens.progress.last().state == QLatin1String("done"));
        QVERIFY(nobodyListens.ids.isEmpty());
        QVERIFY(nobodyListens.progress.isEmpty());
    }
    void failsToPullWhatIsNotThere() {
        const auto reply = call(root(), kImages, QStringLiteral("Pull"),
                                {QString::fromStdString(m_registry->host() + "/nothing:1"), insecure()});
        const auto status = ended(root(), reply.arguments().value(0));
        QCOMPARE(status.state, QStringLiteral("failed"));
        QCOMPARE(status.errorName, kErrors + QStringLiteral("NotFound"));
    }
    void runsShowsStopsAndRemovesAContainer() {
        const auto bus = root();
        Listener listener(bus);
        const QString id = run(bus, kCount, {{QStringLiteral("name"), QStringLiteral("counter")}});
        QVERIFY(!id.isEmpty());
        const auto running = containerOf(bus, id);
        QCOMPARE(running.state, QStringLiteral("running"));
        QCOMPARE(running.name, QStringLiteral("counter"));
        QVERIFY(running.pid > 0);
        QVERIFY(!running.address.isEmpty());
        QTRY_VERIFY(listener.ids[QStringLiteral("containers")].contains(id));

        QTRY_VERIFY_WITH_TIMEOUT(statsOf(bus, id).cpuNanoseconds > 0, kPatience);
        QVERIFY(statsOf(bus, id).memoryLimit > 0);

        const auto stop = call(bus, kContainers, QStringLiteral("Stop"), {id, QVariantMap()});
        QCOMPARE(ended(bus, stop.arguments().value(0)).state, QStringLiteral("done"));
        QCOMPARE(containerOf(bus, id).state, QStringLiteral("exited"));
        QCOMPARE(containerOf(bus, id).exitCode, 7);
        remove(bus, id);
        QVERIFY(containersOf(bus).isEmpty());
    }
    void opensTheLogForReadingOnly() {
        const auto bus = root();
        const QString id =
            run(bus, {QStringLiteral("/bin/sh"), QStringLiteral("-c"), QStringLiteral("echo hello")}, {});
        QTRY_COMPARE_WITH_TIMEOUT(containerOf(bus, id).state, QStringLiteral("exited"), kPatience);
        const auto reply = call(bus, kContainers, QStringLiteral("OpenLog"), {id, QVariantMap()});
        const auto files = qdbus_cast<dbus::FileList>(reply.arguments().value(0));
        QCOMPARE(files.size(), 1);
        const auto& log = files.last();
        QVERIFY(log.isValid());
        QCOMPARE(::fcntl(log.fileDescriptor(), F_GETFL) & O_ACCMODE, O_RDONLY);
        const auto text = readFd(log.fileDescriptor());
        VERIFY_RESULT(text);
        QVERIFY2(text->find(R"("log":"hello\n","stream":"stdout")") != std::string::npos, text->c_str());
        QCOMPARE(containerOf(bus, id).exitCode, 0);
        remove(bus, id);
    }
    void leavesNothingOfAContainerThatCannotStart() {
        const auto reply = call(root(), kContainers, QStringLiteral("Run"),
                                {m_image, QStringList{QStringLiteral("/no/such/program")}, QVariantMap()});
        QCOMPARE(reply.type(), QDBusMessage::ReplyMessage);
        const auto status = ended(root(), reply.arguments().value(1));
        QCOMPARE(status.state, QStringLiteral("failed"));
        QVERIFY2(status.errorMessage.contains(QLatin1String("/no/such/program")),
                 qPrintable(status.errorMessage));
        QVERIFY(containersOf(root()).isEmpty());
    }
    void separatesUsers() {
        const QString rootsId = run(root(), kCount, {{QStringLiteral("name"), QStringLiteral("mine")}});
        QVERIFY(!rootsId.isEmpty());
        QCOMPARE(pull(nobody()).state, QStringLiteral("done"));
        // The same name is free for another person.
        const QString nobodysId = run(nobody(), kCount, {{QStringLiteral("name"), QStringLiteral("mine")}});
        QVERIFY(!nobodysId.isEmpty());
        QCOMPARE(containersOf(nobody()).size(), 1);
        QCOMPARE(containersOf(nobody()).first().id, nobodysId);
        for (const char* member : {"Stop", "Remove", "OpenLog", "Start"})
            QCOMPARE(call(nobody(), kContainers, QString::fromLatin1(member), {rootsId, QVariantMap()})
                         .errorName(),
                     kErrors + QStringLiteral("NotFound"));
        QVERIFY(statsOf(nobody(), rootsId).id.isEmpty());
        // On the host, the two are mapped to ranges of their own.
        const auto ownerOf = [](quint32 pid) {
            return QFileInfo(QStringLiteral("/proc/%1").arg(pid)).ownerId();
        };
        const uint first = ownerOf(containerOf(root(), rootsId).pid);
        const uint second = ownerOf(containerOf(nobody(), nobodysId).pid);
        QVERIFY(first >= 65536 && second >= 65536 && first != second);

        remove(nobody(), nobodysId);
        remove(root(), rootsId);
    }
    void takesARunningContainerOverAfterItsOwnDeath() {
        const QString id = run(root(), kCount, {});
        QVERIFY(!id.isEmpty());
        const auto before = containerOf(root(), id);
        const pid_t helper = m_bus->helperPid();
        QVERIFY(helper > 0);

        QCOMPARE(::kill(helper, SIGKILL), 0);
        QTRY_COMPARE(m_bus->helperPid(), 0);
        QCOMPARE(::kill(static_cast<pid_t>(before.pid), 0), 0);

        const auto after = containerOf(root(), id); // starts a new helper
        QVERIFY(m_bus->helperPid() > 0 && m_bus->helperPid() != helper);
        QCOMPARE(after.state, QStringLiteral("running"));
        QCOMPARE(after.pid, before.pid);
        const auto stop = call(root(), kContainers, QStringLiteral("Stop"), {id, QVariantMap()});
        QCOMPARE(ended(root(), stop.arguments().value(0)).state, QStringLiteral("done"));
        QCOMPARE(containerOf(root(), id).exitCode, 7);
        QVERIFY(logMissesNoNumber(id));
        remove(root(), id);
    }
    void letsContainersLiveOnWhenItIsToldToEnd() {
        const QString id = run(root(), kCount, {});
        const pid_t helper = m_bus->helperPid();
        QCOMPARE(::kill(helper, SIGTERM), 0);
        QTRY_COMPARE_WITH_TIMEOUT(m_bus->helperPid(), 0, kPatience);
        QCOMPARE(containerOf(root(), id).state, QStringLiteral("running"));
        remove(root(), id);
    }
    void cancelsAStop() {
        const QString id = run(root(),
                               {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                                QStringLiteral("trap '' INT TERM; while :; do /bin/busybox sleep 1; done")},
                               {{QStringLiteral("stop-timeout"), 600U}});
        QVERIFY(!id.isEmpty());
        const auto stop = call(root(), kContainers, QStringLiteral("Stop"), {id, QVariantMap()});
        const QString path = stop.arguments().value(0).value<QDBusObjectPath>().path();
        QCOMPARE(call(root(), kJob, QStringLiteral("Cancel"), {}, path).type(), QDBusMessage::ReplyMessage);
        QCOMPARE(ended(root(), stop.arguments().value(0)).state, QStringLiteral("cancelled"));
        QCOMPARE(containerOf(root(), id).state, QStringLiteral("running"));
        remove(root(), id);
    }
    void removesAnImage() {
        const auto image = imagesOf(root()).value(0);
        const auto reply =
            call(root(), kImages, QStringLiteral("Remove"), {image.repository, image.tag, QVariantMap()});
        QVERIFY2(reply.type() == QDBusMessage::ReplyMessage, qPrintable(reply.errorMessage()));
        QVERIFY(imagesOf(root()).isEmpty());
    }

private:
    QDBusConnection root() { return m_root ? *m_root : m_root.emplace(m_bus->connectAs(0)); }
    QDBusConnection nobody() {
        return m_nobody ? *m_nobody : m_nobody.emplace(m_bus->connectAs(PrivateBus::kNobody));
    }
    static QVariantMap insecure() { return {{QStringLiteral("insecure"), true}}; }

    /// Waits for the end of a job, given as the object path that a method answered.
    static dbus::JobStatus ended(const QDBusConnection& bus, const QVariant& job) {
        dbus::JobStatus status;
        const QString path = job.value<QDBusObjectPath>().path();
        (void)QTest::qWaitFor(
            [&] {
                status = qdbus_cast<dbus::JobStatus>(
                    call(bus, kJob, QStringLiteral("Status"), {}, path).arguments().value(0));
                return status.state != QLatin1String("running");
            },
            kPatience);
        if (!status.errorMessage.isEmpty())
            qInfo("%s: %s", qPrintable(status.errorName), qPrintable(status.errorMessage));
        return status;
    }
    dbus::JobStatus pull(const QDBusConnection& bus) {
        return ended(bus,
                     call(bus, kImages, QStringLiteral("Pull"), {m_image, insecure()}).arguments().value(0));
    }
    /// The id of a container that runs; "" when it could not be started.
    QString run(const QDBusConnection& bus, const QStringList& command, const QVariantMap& options) {
        const auto reply = call(bus, kContainers, QStringLiteral("Run"), {m_image, command, options});
        if (reply.type() != QDBusMessage::ReplyMessage) {
            qWarning("%s", qPrintable(reply.errorMessage()));
            return {};
        }
        return ended(bus, reply.arguments().value(1)).state == QLatin1String("done")
                   ? reply.arguments().value(0).toString()
                   : QString();
    }
    static void remove(const QDBusConnection& bus, const QString& id) {
        const auto reply = call(bus, kContainers, QStringLiteral("Remove"),
                                {id, QVariantMap{{QStringLiteral("force"), true}}});
        QCOMPARE(ended(bus, reply.arguments().value(0)).state, QStringLiteral("done"));
    }
    static dbus::ImageList imagesOf(const QDBusConnection& bus) {
        return qdbus_cast<dbus::ImageList>(call(bus, kImages, QStringLiteral("List")).arguments().value(0));
    }
    static dbus::ContainerList containersOf(const QDBusConnection& bus) {
        return qdbus_cast<dbus::ContainerList>(
            call(bus, kContainers, QStringLiteral("List")).arguments().value(0));
    }
    static dbus::Container containerOf(const QDBusConnection& bus, const QString& id) {
        for (const auto& container : containersOf(bus)) {
            if (container.id == id)
                return container;
        }
        return {};
    }
    static dbus::ContainerStats statsOf(const QDBusConnection& bus, const QString& id) {
        const auto reply = call(bus, kContainers, QStringLiteral("Stats"), {QStringList{id}});
        return qdbus_cast<dbus::StatsList>(reply.arguments().value(0)).value(0);
    }
    bool logMissesNoNumber(const QString& id) {
        const auto reply = call(root(), kContainers, QStringLiteral("OpenLog"), {id, QVariantMap()});
        const auto files = qdbus_cast<dbus::FileList>(reply.arguments().value(0));
        const auto text = files.isEmpty() ? Result<std::string>("") : readFd(files.last().fileDescriptor());
        if (!text)
            return false;
        int next = 0;
        for (std::size_t at = 0; at < text->size(); ++next) {
            const auto end = text->find('\n', at);
            if (end == std::string::npos || text->compare(at, 8 + std::to_string(next).size() + 2,
                                                          "{\"log\":\"" + std::to_string(next) + "\\n") != 0)
                return false;
            at = end + 1;
        }
        return next > 0;
    }

    std::unique_ptr<DockerRegistry> m_registry;
    std::unique_ptr<PrivateBus> m_bus;
    std::optional<QDBusConnection> m_root;
    std::optional<QDBusConnection> m_nobody;
    QString m_image;
};
ESCALE_TEST(HelperContainersTest)

#include "helper_containers_test.moc"
