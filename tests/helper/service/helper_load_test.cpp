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
#include <QProcess>
#include <QRegularExpression>
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

/// A line an entry: kind, mode, owner, size, time, name, link and the digest of the content.
QStringList entries(const std::string& archive) {
    const auto run = [&archive](const QStringList& arguments) {
        QProcess tar;
        tar.start(QStringLiteral("tar"), arguments);
        tar.write(archive.data(), static_cast<qint64>(archive.size()));
        tar.closeWriteChannel();
        return tar.waitForFinished() ? QString::fromUtf8(tar.readAllStandardOutput()).split(u'\n')
                                     : QStringList();
    };
    QStringList lines = run({QStringLiteral("-tvf"), QStringLiteral("-"), QStringLiteral("--numeric-owner"),
                             QStringLiteral("--full-time")}) +
                        run({QStringLiteral("-xf"), QStringLiteral("-"), QStringLiteral("--to-command"),
                             QStringLiteral("echo \"$TAR_FILENAME $(sha256sum)\"")});
    // Columns are as wide as what came before; fractions of a second stand only where a pax header does
    // anyway.
    static const QRegularExpression fraction(QStringLiteral("(:[0-9]{2})\\.[0-9]+ "));
    for (QString& line : lines)
        line = line.simplified().replace(fraction, QStringLiteral("\\1 "));
    lines.sort();
    return lines;
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
    std::string says(const QString& image, const QStringList& command, const QStringList& first) {
        const auto reply = m_machine->ask(kUser, "Run", {image, first, QVariantMap()});
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
        QCOMPARE(says(name, {QStringLiteral("/bin/cat"), QStringLiteral("/proc/1/comm")}, kSleep),
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

    void aRootIsImportedWithItsChangesAndRuns() {
        const QVariantMap options{
            {QStringLiteral("changes"),
             QStringList{QStringLiteral("CMD [\"/bin/sleep\", \"1000\"]"),
                         QStringLiteral("ENV GREETING=hello"), QStringLiteral("EXPOSE 80")}},
            {QStringLiteral("message"), QStringLiteral("from a test")}};
        const auto reply =
            images(kUser, "Import",
                   {passed(memory(gzip(busyboxRoot().finish()))), QStringLiteral("imported:1"), options});
        const auto status = m_machine->ended(kUser, reply.arguments().value(0));
        QCOMPARE(status.errorMessage, QString());
        QCOMPARE(status.kind, QStringLiteral("import"));
        const QString name = QStringLiteral("docker.io/library/imported:1");
        QCOMPARE(status.result, QStringLiteral(R"({"digest":"%1"})").arg(digestOf(kUser, name)));
        QCOMPARE(says(name,
                      {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                       QStringLiteral("echo $GREETING; cat /proc/1/comm")},
                      {}),
                 std::string("hello\nsleep\n"));
        const std::string config = configOf(name);
        QVERIFY2(config.find("\"80/tcp\"") != std::string::npos &&
                     config.find("from a test") != std::string::npos,
                 config.c_str());
        QVERIFY(!names(0).contains(name));
    }
    void importIsRefused_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("reference");
        QTest::addColumn<QVariantMap>("options");
        const QString file = QStringLiteral("/bin/busybox");
        QTest::newRow("a folder") << QStringLiteral("/bin") << QStringLiteral("a") << QVariantMap();
        QTest::newRow("upper case") << file << QStringLiteral("A") << QVariantMap();
        QTest::newRow("a digest") << file << QStringLiteral("a@sha256:") + QString(64, u'a') << QVariantMap();
        QTest::newRow("a change") << file << QStringLiteral("a")
                                  << QVariantMap{{QStringLiteral("changes"),
                                                  QStringList{QStringLiteral("RUN make")}}};
        QTest::newRow("another system")
            << file << QStringLiteral("a")
            << QVariantMap{{QStringLiteral("platform"), QStringLiteral("windows/amd64")}};
        QTest::newRow("a platform") << file << QStringLiteral("a")
                                    << QVariantMap{{QStringLiteral("platform"), QStringLiteral("/")}};
    }
    void importIsRefused() {
        QFETCH(QString, path);
        QFETCH(QString, reference);
        QFETCH(QVariantMap, options);
        const UniqueFd input(::open(path.toUtf8().constData(), O_RDONLY | O_CLOEXEC));
        QCOMPARE(images(kUser, "Import", {passed(input), reference, options}).errorName(),
                 kErrors + QStringLiteral("InvalidArgument"));
    }
    void whatAContainerExportsIsImportedEntryByEntry() {
        // Given a container with files of every kind
        const QString id = m_machine->run(kUser, kSleep);
        const auto exec =
            m_machine->ask(kUser, "Exec",
                           {id,
                            QStringList{QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                                        QStringLiteral("B=/bin/busybox; cd /tmp; echo content > file; $B ln "
                                                       "file hard; $B ln -s /tmp/file link; $B mkfifo "
                                                       "pipe; $B mkdir -p deep/er; $B touch deep/er/empty; "
                                                       "$B chown 1000:1001 file; $B chmod 4751 "
                                                       "deep/er/empty; $B truncate -s 5M sparse; $B touch -d "
                                                       "@1000000000 deep; echo x > 'with space'")},
                            QVariantMap()});
        {
            const auto socket = exec.arguments().value(1).value<QDBusUnixFileDescriptor>();
            SessionClient client(UniqueFd(::fcntl(socket.fileDescriptor(), F_DUPFD_CLOEXEC, 3)));
            QVERIFY(client.awaitEnd());
        }
        const auto exported = [this](const QString& container) {
            const auto reply = m_machine->ask(kUser, "Export", {container});
            const auto pipe = reply.arguments().value(1).value<QDBusUnixFileDescriptor>();
            const std::string archive = readFd(pipe.fileDescriptor(), 64u << 20).value_or("");
            (void)m_machine->ended(kUser, reply.arguments().value(0));
            return archive;
        };
        const std::string first = exported(id);
        m_machine->remove(kUser, id);
        // When its archive is imported, and a container of that exported again
        const auto reply =
            images(kUser, "Import", {passed(memory(first)), QStringLiteral("again:1"), QVariantMap()});
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).errorMessage, QString());
        const auto created = m_machine->ask(
            kUser, "Create", {QStringLiteral("docker.io/library/again:1"), kSleep, QVariantMap()});
        const QString second = created.arguments().value(0).toString();
        // Then the entries are the same
        const QStringList before = entries(first);
        QVERIFY(before.size() > 20);
        QCOMPARE(entries(exported(second)), before);
        m_machine->remove(kUser, second);
    }
};
ESCALE_TEST(HelperLoadTest)

#include "helper_load_test.moc"
