// A container's files over the bus, as an ordinary user, of containers that run and that do not.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/image/layer_builder.h"
#include "tests/support/session_client.h"
#include "tests/support/test_registry.h"

#include <QDBusUnixFileDescriptor>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/mman.h>
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
    ::lseek(fd.get(), 0, SEEK_SET);
    return fd;
}

UniqueFd received(const QVariant& value) {
    return UniqueFd(::fcntl(value.value<QDBusUnixFileDescriptor>().fileDescriptor(), F_DUPFD_CLOEXEC, 3));
}

} // namespace

class HelperFilesTest : public HelperTest {
    Q_OBJECT

    // What a command in the container prints.
    std::string says(const QString& id, const QString& command) {
        const auto reply = m_machine->ask(
            kUser, "Exec",
            {id, QStringList{QStringLiteral("/bin/sh"), QStringLiteral("-c"), command}, QVariantMap()});
        const auto socket = reply.arguments().value(1).value<QDBusUnixFileDescriptor>();
        SessionClient client(UniqueFd(::fcntl(socket.fileDescriptor(), F_DUPFD_CLOEXEC, 3)));
        return client.awaitEnd() ? client.output : "no end";
    }
    dbus::JobStatus copyIn(const QString& id, const QString& path, const std::string& archive,
                           const QVariantMap& options = {}) {
        const UniqueFd content = memory(archive);
        const auto reply = m_machine->ask(kUser, "CopyIn", {id, path, passed(content), options});
        if (reply.type() != QDBusMessage::ReplyMessage)
            qWarning("%s", qPrintable(reply.errorMessage()));
        return m_machine->ended(kUser, reply.arguments().value(0));
    }
    std::string copyOut(const QString& id, const QString& path, const QVariantMap& options = {}) {
        const auto reply = m_machine->ask(kUser, "CopyOut", {id, path, options});
        if (reply.type() != QDBusMessage::ReplyMessage)
            return reply.errorName().toStdString();
        const std::string archive =
            readFd(received(reply.arguments().value(1)).get(), 64u << 20).value_or("");
        const auto status = m_machine->ended(kUser, reply.arguments().value(0));
        return status.state == QLatin1String("done") ? archive : status.errorMessage.toStdString();
    }
    QStringList listed(const QString& id, const QString& path) {
        QStringList names;
        const auto reply = m_machine->ask(kUser, "ListFiles", {id, path});
        for (const auto& file : qdbus_cast<dbus::FileEntries>(reply.arguments().value(0)))
            names.append(file.name);
        return names;
    }
    dbus::FileEntry statOf(const QString& id, const char* path) {
        const auto reply = m_machine->ask(kUser, "StatFile", {id, QString::fromLatin1(path), QVariantMap()});
        return qdbus_cast<dbus::FileEntry>(reply.arguments().value(0));
    }
    QStringList changes(const QString& id) {
        QStringList lines;
        const auto reply = m_machine->ask(kUser, "Changes", {id});
        for (const auto& change : qdbus_cast<dbus::FileChanges>(reply.arguments().value(0)))
            lines.append(QStringLiteral("CAD").mid(change.kind, 1) + u' ' + change.path);
        return lines;
    }
    QString create() {
        const auto reply = m_machine->ask(kUser, "Create", {m_machine->image(), kSleep, QVariantMap()});
        return reply.arguments().value(0).toString();
    }
    void start(const QString& id) {
        const auto reply = m_machine->ask(kUser, "Start", {id, QVariantMap()});
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("done"));
    }
    void stop(const QString& id) {
        const auto reply = m_machine->ask(kUser, "Stop", {id, QVariantMap{{QStringLiteral("timeout"), 0U}}});
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("done"));
    }
    // No mount of files is left.
    std::vector<std::string> shown() {
        return listDirectory(m_machine->bus().folder() + "/run/files")
            .value_or(std::vector<std::string>{"?"});
    }

private Q_SLOTS:
    void copiesIntoOneThatRuns() {
        const QString id = m_machine->run(kUser, kSleep);
        const std::string archive =
            TarBuilder()
                .folder("data", 0755)
                .add({.name = "data/file", .content = "hello", .mode = 0640, .owner = 1000, .group = 1001})
                .finish();
        QCOMPARE(copyIn(id, QStringLiteral("/tmp"), archive).state, QStringLiteral("done"));
        QCOMPARE(
            says(id, QStringLiteral("cat /tmp/data/file; /bin/busybox stat -c ' %u %g %a' /tmp/data/file")),
            std::string("hello 1000 1001 640\n"));
        const QVariantMap asUser{{QStringLiteral("user"), 7U}, {QStringLiteral("group"), 8U}};
        QCOMPARE(copyIn(id, QStringLiteral("/tmp"), archive, asUser).state, QStringLiteral("done"));
        QCOMPARE(says(id, QStringLiteral("/bin/busybox stat -c '%u %g' /tmp/data/file")),
                 std::string("7 8\n"));
        QCOMPARE(statOf(id, "/tmp/data/file").user, 7U);
        QTRY_VERIFY(shown().empty());
        m_machine->remove(kUser, id);
    }

    void copiesOutOfOneThatRuns() {
        const QString id = m_machine->run(kUser, kSleep);
        QCOMPARE(says(id, QStringLiteral("echo inside > /tmp/file; /bin/busybox chown 5:6 /tmp/file; "
                                         "/bin/busybox ln -s /tmp/file /tmp/link")),
                 std::string());
        const auto reply = m_machine->ask(kUser, "CopyOut",
                                          {id, QStringLiteral("/tmp/link"),
                                           QVariantMap{{QStringLiteral("follow-link"), true},
                                                       {QStringLiteral("name"), QStringLiteral("other")}}});
        const auto file = qdbus_cast<dbus::FileEntry>(reply.arguments().value(2));
        QCOMPARE(file.size, 7U);
        QCOMPARE(file.user, 5U);
        const std::string archive = readFd(received(reply.arguments().value(1)).get()).value_or("");
        QVERIFY(archive.starts_with("other"));
        QVERIFY(archive.find("inside\n") != std::string::npos);
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("done"));
        m_machine->remove(kUser, id);
    }

    void oneThatNeverRanHasFiles() {
        const QString id = create();
        QVERIFY(listed(id, QStringLiteral("/")).contains(QStringLiteral("bin")));
        QCOMPARE(changes(id), QStringList());
        QCOMPARE(copyIn(id, QStringLiteral("/etc"),
                        TarBuilder().add({.name = "made", .content = "x", .owner = 3, .group = 3}).finish())
                     .state,
                 QStringLiteral("done"));
        QCOMPARE(changes(id), QStringList({QStringLiteral("C /etc"), QStringLiteral("A /etc/made")}));
        start(id);
        QCOMPARE(says(id, QStringLiteral("cat /etc/made; /bin/busybox stat -c ' %u' /etc/made")),
                 std::string("x 3\n"));
        QCOMPARE(changes(id), QStringList({QStringLiteral("C /etc"), QStringLiteral("A /etc/made")}));
        stop(id);
        QCOMPARE(listed(id, QStringLiteral("/etc")).contains(QStringLiteral("made")), true);
        m_machine->remove(kUser, id);
        QTRY_VERIFY(shown().empty());
    }

    void aStartMeanwhileSharesTheMount() {
        const QString id = create();
        int ends[2] = {};
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        UniqueFd reader(ends[0]);
        UniqueFd writer(ends[1]);
        const auto reply =
            m_machine->ask(kUser, "CopyIn", {id, QStringLiteral("/tmp"), passed(reader), QVariantMap()});
        reader.reset();
        start(id);
        const std::string archive =
            TarBuilder().add({.name = "late", .content = "late", .owner = 0, .group = 0}).finish();
        VERIFY_RESULT(writeAll(writer.get(), archive, "pipe"));
        writer.reset();
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("done"));
        QCOMPARE(says(id, QStringLiteral("cat /tmp/late")), std::string("late"));
        m_machine->remove(kUser, id);
        QTRY_VERIFY(shown().empty());
    }

    void aRemovalMeanwhileLeavesNothing() {
        const QString id = create();
        int ends[2] = {};
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        UniqueFd reader(ends[0]);
        UniqueFd writer(ends[1]);
        const auto reply =
            m_machine->ask(kUser, "CopyIn", {id, QStringLiteral("/tmp"), passed(reader), QVariantMap()});
        QTRY_VERIFY(!shown().empty());
        m_machine->remove(kUser, id);
        writer.reset();
        (void)m_machine->ended(kUser, reply.arguments().value(0));
        QTRY_VERIFY(shown().empty());
        QVERIFY(!exists(m_machine->bus().folder() + "/state/containers/" + id.toStdString()));
    }

    void changesAreTold() {
        const QString id = m_machine->run(kUser, kSleep);
        QCOMPARE(changes(id), QStringList());
        QCOMPARE(
            says(id, QStringLiteral(
                         "echo x > /tmp/new; /bin/busybox rm /bin/id; /bin/busybox chmod 700 /bin/busybox")),
            std::string());
        QCOMPARE(changes(id), QStringList({QStringLiteral("C /bin"), QStringLiteral("C /bin/busybox"),
                                           QStringLiteral("D /bin/id"), QStringLiteral("C /tmp"),
                                           QStringLiteral("A /tmp/new")}));
        m_machine->remove(kUser, id);
    }

    void exportsTheWholeRoot() {
        const QString id = m_machine->run(kUser, kSleep);
        QCOMPARE(says(id, QStringLiteral("echo mine > /tmp/mine")), std::string());
        const auto reply = m_machine->ask(kUser, "Export", {id});
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("root.tar")).toStdString();
        VERIFY_RESULT(writeFileAtomically(
            file, readFd(received(reply.arguments().value(1)).get(), 64u << 20).value_or("")));
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("done"));
        const auto names = runProgram({"/usr/bin/tar", "-tf", file});
        VERIFY_RESULT(names);
        for (const char* name : {"bin/busybox\n", "tmp/mine\n", "proc/\n", "dev/\n"})
            QVERIFY2(names->find(name) != std::string::npos, name);
        QVERIFY(names->find("proc/1/") == std::string::npos && names->find("dev/null") == std::string::npos);
        m_machine->remove(kUser, id);
    }

    void aContainerBecomesAnImage() {
        const QString id = m_machine->run(
            kUser, kSleep, {{QStringLiteral("environment"), QStringList{QStringLiteral("A=1")}}});
        QCOMPARE(says(id, QStringLiteral("echo mine > /etc/mine; /bin/busybox chown 7:8 /etc/mine; "
                                         "/bin/busybox rm /bin/id; /bin/busybox rm -r /tmp; "
                                         "/bin/busybox mkdir /tmp; echo new > /tmp/new")),
                 std::string());
        const QVariantMap options{
            {QStringLiteral("command"), QStringList{QStringLiteral("/bin/sleep"), QStringLiteral("2000")}},
            {QStringLiteral("environment"), QStringList{QStringLiteral("B=2")}},
            {QStringLiteral("comment"), QStringLiteral("as a test")}};
        const auto reply = m_machine->ask(kUser, "Commit", {id, QStringLiteral("made:1"), options});
        const auto status = m_machine->ended(kUser, reply.arguments().value(0));
        QVERIFY2(status.state == QLatin1String("done"), qPrintable(status.errorMessage));
        QVERIFY(status.result.startsWith(QLatin1String("sha256:")));
        QCOMPARE(m_machine->container(kUser, id).state, QStringLiteral("running")); // no longer paused
        m_machine->remove(kUser, id);

        const auto made = m_machine->ask(
            kUser, "Create", {QStringLiteral("docker.io/library/made:1"), QStringList(), QVariantMap()});
        const QString copy = made.arguments().value(0).toString();
        QVERIFY2(made.type() == QDBusMessage::ReplyMessage, qPrintable(made.errorMessage()));
        start(copy);
        QCOMPARE(m_machine->container(kUser, copy).imageDigest, status.result);
        QCOMPARE(says(copy, QStringLiteral("cat /etc/mine /tmp/new; /bin/busybox stat -c '%u %g' /etc/mine; "
                                           "echo $A $B; test -e /bin/id || echo gone")),
                 std::string("mine\nnew\n7 8\n1 2\ngone\n"));
        const auto processes =
            qdbus_cast<dbus::ProcessList>(m_machine->ask(kUser, "Top", {copy}).arguments().value(0));
        QCOMPARE(processes.value(0).command, QStringLiteral("/bin/sleep 2000"));
        QCOMPARE(changes(copy), QStringList());
        m_machine->remove(kUser, copy);
    }

    void whatCannotBeCommittedIsRefused() {
        const QString id = create();
        const QVariantMap none;
        const QString invalid = kErrors + QStringLiteral("InvalidArgument");
        QCOMPARE(error("Commit", {id, QStringLiteral("a b"), none}), invalid);
        QCOMPARE(error("Commit", {id, QStringLiteral("x:1"),
                                  QVariantMap{{QStringLiteral("exposed-ports"),
                                               QStringList{QStringLiteral("0/tcp")}}}}),
                 invalid);
        QCOMPARE(error("Commit", {id, QStringLiteral("x:1"),
                                  QVariantMap{{QStringLiteral("stop-signal"), QStringLiteral("NOPE")}}}),
                 invalid);
        QCOMPARE(copyIn(id, QStringLiteral("/tmp"),
                        TarBuilder().add({.name = ".wh.x", .owner = 0, .group = 0}).finish())
                     .state,
                 QStringLiteral("done"));
        const auto reply = m_machine->ask(kUser, "Commit", {id, QStringLiteral("x:1"), none});
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).errorName,
                 kErrors + QStringLiteral("Unsupported"));
        m_machine->remove(kUser, id);
    }

    void whatGoesWrongIsToldAtOnce() {
        const QString id = create();
        const QVariantMap none;
        QCOMPARE(error("CopyOut", {id, QStringLiteral("/none"), none}), kErrors + QStringLiteral("NotFound"));
        QCOMPARE(error("CopyOut", {id, QStringLiteral("relative"), none}),
                 kErrors + QStringLiteral("InvalidArgument"));
        QCOMPARE(error("CopyOut", {id, QStringLiteral("/etc"),
                                   QVariantMap{{QStringLiteral("name"), QStringLiteral("a/b")}}}),
                 kErrors + QStringLiteral("InvalidArgument"));
        QCOMPARE(error("StatFile", {id, QStringLiteral("/none"), none}),
                 kErrors + QStringLiteral("NotFound"));
        QCOMPARE(error("ListFiles", {id, QStringLiteral("/bin/busybox")}),
                 kErrors + QStringLiteral("InvalidArgument"));
        const UniqueFd folder(::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        const UniqueFd writeOnly(::open("/dev/null", O_WRONLY | O_CLOEXEC));
        const UniqueFd device(::open("/dev/zero", O_RDONLY | O_CLOEXEC));
        for (const UniqueFd* fd : {&folder, &writeOnly, &device})
            QCOMPARE(error("CopyIn", {id, QStringLiteral("/tmp"), passed(*fd), none}),
                     kErrors + QStringLiteral("InvalidArgument"));
        const auto hostile = copyIn(id, QStringLiteral("/tmp"), TarBuilder().file("../out", "x").finish());
        QCOMPARE(hostile.state, QStringLiteral("failed"));
        QCOMPARE(hostile.errorName, kErrors + QStringLiteral("Untrusted"));
        m_machine->remove(kUser, id);
    }

    void aReadOnlyRootStaysAsItIs() {
        const QString id = m_machine->run(kUser, kSleep, {{QStringLiteral("read-only"), true}});
        const UniqueFd archive = memory(TarBuilder().file("new", "x").finish());
        QCOMPARE(error("CopyIn", {id, QStringLiteral("/tmp"), passed(archive), QVariantMap()}),
                 kErrors + QStringLiteral("WrongState"));
        QVERIFY(copyOut(id, QStringLiteral("/bin/sh")).find("busybox") != std::string::npos);
        m_machine->remove(kUser, id);
    }

    void aReaderThatGoesEndsTheJob() {
        const QString id = m_machine->run(kUser, kSleep);
        QCOMPARE(
            says(id, QStringLiteral("/bin/busybox dd if=/dev/zero of=/tmp/large bs=1M count=8 2>/dev/null")),
            std::string());
        auto reply = m_machine->ask(kUser, "CopyOut", {id, QStringLiteral("/tmp/large"), QVariantMap()});
        const QVariant job = reply.arguments().value(0);
        reply = QDBusMessage(); // the last reference to the pipe
        const auto status = m_machine->ended(kUser, job);
        QCOMPARE(status.state, QStringLiteral("failed"));
        QCOMPARE(status.errorName, kErrors + QStringLiteral("Unreachable"));
        m_machine->remove(kUser, id);
    }

    void whatIsAnothersIsNotFound() {
        const QString id = m_machine->run(0, kSleep);
        const QVariantMap none;
        const QString root = QStringLiteral("/");
        const UniqueFd archive = memory({});
        const QString notFound = kErrors + QStringLiteral("NotFound");
        QCOMPARE(error("StatFile", {id, root, none}), notFound);
        QCOMPARE(error("ListFiles", {id, root}), notFound);
        QCOMPARE(error("CopyOut", {id, root, none}), notFound);
        QCOMPARE(error("CopyIn", {id, root, passed(archive), none}), notFound);
        QCOMPARE(error("Export", {id}), notFound);
        QCOMPARE(error("Changes", {id}), notFound);
        QCOMPARE(error("Commit", {id, QStringLiteral("mine:1"), none}), notFound);
        m_machine->remove(0, id);
    }
};
ESCALE_TEST(HelperFilesTest)

#include "helper_files_test.moc"
