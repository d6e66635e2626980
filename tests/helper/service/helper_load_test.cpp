// Images out of archives over the bus, as two users: Load and Import. What archives hold and which are
// refused: tests/helper/worker/load_test.cpp.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/subprocess.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/helper/worker/archive_fixture.h"
#include "tests/support/session_client.h"
#include "tests/support/test_registry.h"

#include <QDBusUnixFileDescriptor>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

QVariant passed(const UniqueFd& fd) {
    return QVariant::fromValue(QDBusUnixFileDescriptor(fd.get()));
}

UniqueFd memory(const std::string& content) {
    UniqueFd fd(::memfd_create("archive", MFD_CLOEXEC));
    (void)writeAll(fd.get(), content, "memory");
    return fd;
}

TarBuilder busyboxRoot() {
    TarBuilder root;
    root.folder("bin").folder("proc").folder("dev").folder("sys").folder("etc").folder("tmp", 01777);
    root.add({.name = "bin/busybox",
              .content = readFile("/bin/busybox").value_or(""),
              .mode = 0755,
              .owner = 0,
              .group = 0});
    for (const char* name : {"sh", "sleep", "cat", "id"})
        root.add(
            {.name = std::string("bin/") + name, .type = '2', .link = "busybox", .owner = 0, .group = 0});
    return root;
}

} // namespace

class HelperLoadTest : public HelperTest {
    Q_OBJECT
    QDBusMessage images(uid_t user, const char* member, const QVariantList& arguments = {}) {
        return call(m_machine->as(user), QStringLiteral("org.escale.Engine1.Images"), QLatin1String(member),
                    arguments);
    }
    QStringList names(uid_t user) {
        QStringList names;
        const auto list = images(user, "List").arguments().value(0);
        for (const auto& image : qdbus_cast<dbus::ImageList>(list))
            names.append(image.repository + u':' + image.tag);
        return names;
    }
    dbus::JobStatus load(uid_t user, const UniqueFd& input, const QVariantMap& options = {}) {
        const auto reply = images(user, "Load", {passed(input), options});
        if (reply.type() != QDBusMessage::ReplyMessage)
            qWarning("%s", qPrintable(reply.errorMessage()));
        return m_machine->ended(user, reply.arguments().value(0));
    }
    // What a command prints in a container of the image that lives only for it.
    std::string says(const QString& image, const QStringList& command) {
        const auto reply = m_machine->ask(kUser, "Run", {image, kSleep, QVariantMap()});
        const auto status = m_machine->ended(kUser, reply.arguments().value(1));
        if (status.state != QLatin1String("done"))
            return reply.errorMessage().toStdString() + status.errorMessage.toStdString();
        const QString id = reply.arguments().value(0).toString();
        const auto exec = m_machine->ask(kUser, "Exec", {id, command, QVariantMap()});
        const auto socket = exec.arguments().value(1).value<QDBusUnixFileDescriptor>();
        std::string output;
        {
            SessionClient client(UniqueFd(::fcntl(socket.fileDescriptor(), F_DUPFD_CLOEXEC, 3)));
            output = client.awaitEnd() ? client.output : "no end";
        }
        m_machine->remove(kUser, id);
        return output;
    }
    QString digestOf(uid_t user, const QString& name) {
        const auto list = images(user, "List").arguments().value(0);
        for (const auto& image : qdbus_cast<dbus::ImageList>(list)) {
            if (image.repository + u':' + image.tag == name)
                return image.digest;
        }
        return {};
    }
    std::string configOf(const QString& image) {
        const auto reply = images(kUser, "OpenDocuments", {image});
        const auto fd = reply.arguments().value(2).value<QDBusUnixFileDescriptor>();
        return readFd(fd.fileDescriptor()).value_or(reply.errorMessage().toStdString());
    }

private Q_SLOTS:
    void whatSkopeoSavesIsLoadedAndRuns_data() {
        QTest::addColumn<QString>("target");
        QTest::newRow("docker-archive") << QStringLiteral("docker-archive:%1:saved:docker");
        QTest::newRow("oci-archive") << QStringLiteral("oci-archive:%1:saved:oci");
        QTest::newRow("oci folder") << QStringLiteral("oci:%1:saved:folder");
    }
    void whatSkopeoSavesIsLoadedAndRuns() {
        SKIP_UNLESS(exists("/usr/bin/skopeo"), "needs skopeo");
        QFETCH(QString, target);
        const QTemporaryDir folder;
        QCOMPARE(::chmod(folder.path().toUtf8().constData(), 0755), 0);
        const QString path = folder.filePath(QStringLiteral("out"));
        VERIFY_RESULT(runProgram({"/usr/bin/env", "PATH=/usr/bin:/bin", "HOME=/nonexistent", "skopeo", "copy",
                                  "--src-tls-verify=false", "docker://" + m_machine->image().toStdString(),
                                  target.arg(path).toStdString()}));
        QVERIFY(runProgram({"/bin/chown", "-R", std::to_string(kUser), path.toStdString()}).has_value());
        // When one user loads it
        const UniqueFd input(::open(path.toUtf8().constData(), O_RDONLY | O_CLOEXEC));
        const auto status = load(kUser, input);
        QCOMPARE(status.errorMessage, QString());
        QCOMPARE(status.kind, QStringLiteral("load"));
        // Then the result names it, with the configuration that was saved, and it runs
        const QString name = QStringLiteral("docker.io/library/saved:") + target.section(u':', 3);
        QCOMPARE(status.result, QStringLiteral(R"({"images":["%1"]})").arg(name));
        QCOMPARE(configOf(name), configOf(m_machine->image()));
        QCOMPARE(says(name, {QStringLiteral("/bin/cat"), QStringLiteral("/proc/1/comm")}),
                 std::string("sleep\n"));
        // And the other user does not see it
        QVERIFY(!names(0).contains(name));
    }
    void whoeverWatchesIsToldOfTheLayers() {
        const std::string archive =
            oldDockerArchive({{TestImage({gzipLayer(TarBuilder().file("a").finish())}), {"steps:1"}}})
                .finish();
        const auto status = load(kUser, memory(archive));
        QCOMPARE(status.state, QStringLiteral("done"));
        QCOMPARE(status.steps.size(), 1);
        QCOMPARE(status.steps[0].phase, QStringLiteral("done"));
    }
    void aCancelledLoadLeavesNothing() {
        // Given a pipe through which nothing comes
        std::array<int, 2> ends{};
        QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
        const UniqueFd reading(ends[0]);
        const UniqueFd writing(ends[1]);
        const auto reply = images(kUser, "Load", {passed(reading), QVariantMap()});
        const QString job = reply.arguments().value(0).value<QDBusObjectPath>().path();
        QCOMPARE(call(m_machine->as(0), QStringLiteral("org.escale.Engine1.Job"), QStringLiteral("Cancel"),
                      {}, job)
                     .errorName(),
                 kErrors + QStringLiteral("NotFound")); // it is another's
        (void)call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Job"), QStringLiteral("Cancel"),
                   {}, job);
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("cancelled"));
        QVERIFY(listDirectory(m_machine->bus().folder() + "/state/staging")->empty());
    }
    void loadIsRefused_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("flags");
        QTest::addColumn<QVariantMap>("options");
        const QString file = QStringLiteral("/bin/busybox");
        QTest::newRow("a device") << QStringLiteral("/dev/null") << O_RDONLY << QVariantMap();
        QTest::newRow("a name alone") << file << O_PATH << QVariantMap();
        QTest::newRow("a platform") << file << O_RDONLY
                                    << QVariantMap{{QStringLiteral("platform"), QStringLiteral("a b")}};
        QTest::newRow("a name") << file << O_RDONLY
                                << QVariantMap{{QStringLiteral("name"), QStringLiteral("a b")}};
        QTest::newRow("an option") << file << O_RDONLY << QVariantMap{{QStringLiteral("insecure"), true}};
    }
    void loadIsRefused() {
        QFETCH(QString, path);
        QFETCH(int, flags);
        QFETCH(QVariantMap, options);
        const UniqueFd input(::open(path.toUtf8().constData(), flags | O_CLOEXEC));
        QCOMPARE(images(kUser, "Load", {passed(input), options}).errorName(),
                 kErrors + QStringLiteral("InvalidArgument"));
    }
    void whatIsNoArchiveFailsWithAHint() {
        const UniqueFd input(::open("/bin/busybox", O_RDONLY | O_CLOEXEC));
        const auto status = load(kUser, input);
        QCOMPARE(status.state, QStringLiteral("failed"));
        QCOMPARE(status.errorName, kErrors + QStringLiteral("Untrusted"));
        QVERIFY(!status.hint.isEmpty());
    }
};
ESCALE_TEST(HelperLoadTest)

#include "helper_load_test.moc"
