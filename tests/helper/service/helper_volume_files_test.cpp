// Files of volumes over the bus, as an ordinary user: never out of the volume, never another's, nothing lost.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/image/layer_builder.h"
#include "tests/support/loop_disk.h"
#include "tests/support/session_client.h"
#include "tests/support/test_registry.h"

#include <QDBusUnixFileDescriptor>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

const QString kVolumes = QStringLiteral("org.escale.Engine1.Volumes");
const QString kWeb = QStringLiteral("web");
const QVariantMap kReplace{{QStringLiteral("replace"), true}};

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

QVariantMap mounted(const QString& target = QStringLiteral("/data")) {
    return {
        {QStringLiteral("mounts"), QStringList{QStringLiteral("type=volume,source=web,target=") + target}}};
}

TarEntry owned(TarEntry entry) {
    entry.owner = 0;
    entry.group = 0;
    return entry;
}

} // namespace

class HelperVolumeFilesTest : public HelperTest {
    Q_OBJECT

    QDBusMessage askVolumes(const char* member, const QVariantList& arguments, uid_t user = kUser) {
        return call(m_machine->as(user), kVolumes, QLatin1String(member), arguments);
    }
    /// "" or the error's name.
    QString outcome(const char* member, const QVariantList& arguments, uid_t user = kUser) {
        return askVolumes(member, arguments, user).errorName().mid(kErrors.size());
    }
    dbus::JobStatus ran(const char* member, const QVariantList& arguments) {
        const auto reply = askVolumes(member, arguments);
        if (reply.type() == QDBusMessage::ErrorMessage)
            qWarning("%s", qPrintable(reply.errorMessage()));
        return m_machine->ended(kUser, reply.arguments().value(0));
    }
    QString copyIn(const std::string& archive, const QString& path = QStringLiteral("/")) {
        const UniqueFd content = memory(archive);
        return ran("CopyIn", {kWeb, path, passed(content), QVariantMap()}).state;
    }
    dbus::JobStatus restore(const std::string& archive, const QVariantMap& options = kReplace,
                            const QString& name = kWeb) {
        const UniqueFd content = memory(archive);
        auto status = ran("Restore", {name, passed(content), options});
        if (status.state == QLatin1String("failed"))
            qInfo("restore: %s", qPrintable(status.errorMessage));
        return status;
    }
    std::string backup(const QVariantMap& options = {}) {
        const auto reply = askVolumes("Backup", {kWeb, options});
        if (reply.type() != QDBusMessage::ReplyMessage)
            return reply.errorName().toStdString();
        std::string archive = readFd(received(reply.arguments().value(1)).get(), 256u << 20).value_or("");
        const auto status = m_machine->ended(kUser, reply.arguments().value(0));
        return status.state == QLatin1String("done") ? archive : status.errorMessage.toStdString();
    }
    QStringList listed(const QString& path = QStringLiteral("/")) {
        QStringList names;
        const auto reply = askVolumes("ListFiles", {kWeb, path});
        if (reply.type() == QDBusMessage::ErrorMessage)
            return {reply.errorName().mid(kErrors.size())};
        for (const auto& file : qdbus_cast<dbus::FileEntries>(reply.arguments().value(0)))
            names.append(file.name);
        return names;
    }
    dbus::FileEntry statOf(const char* path) {
        const auto reply = askVolumes("StatFile", {kWeb, QString::fromUtf8(path), QVariantMap()});
        return qdbus_cast<dbus::FileEntry>(reply.arguments().value(0));
    }
    std::string contentOf(const char* path) {
        const auto reply = askVolumes("CopyOut", {kWeb, QString::fromUtf8(path), QVariantMap()});
        if (reply.type() == QDBusMessage::ErrorMessage)
            return reply.errorName().mid(kErrors.size()).toStdString();
        const std::string archive = readFd(received(reply.arguments().value(1)).get()).value_or("");
        (void)m_machine->ended(kUser, reply.arguments().value(0));
        return archive.size() > 512 ? std::string(archive.c_str() + 512) : "short";
    }
    dbus::Volume volume() {
        const auto reply = askVolumes("List", {});
        for (const auto& one : qdbus_cast<dbus::VolumeList>(reply.arguments().value(0))) {
            if (one.name == kWeb)
                return one;
        }
        return {};
    }
    QString stateOf(const QString& id) { return m_machine->container(kUser, id).state; }

private Q_SLOTS:
    void init() {
        if (!m_machine)
            return;
        (void)askVolumes("Prune", {QVariantMap{{QStringLiteral("all"), true}}});
        QCOMPARE(outcome("Create", {kWeb, QVariantMap()}), QString());
        const std::string archive = TarBuilder()
                                        .add(owned({.name = "docs", .type = '5', .mode = 0755}))
                                        .add(owned({.name = "docs/README", .content = "read me"}))
                                        .add(owned({.name = "docs/other", .content = "other"}))
                                        .add(owned({.name = "escape", .type = '2', .link = "/../../../etc"}))
                                        .add(owned({.name = "up", .type = '2', .link = "../../../../etc"}))
                                        .finish();
        QCOMPARE(copyIn(archive), QStringLiteral("done"));
    }

    void filesAreSeenWithNoContainer() {
        QCOMPARE(listed(),
                 (QStringList{QStringLiteral("docs"), QStringLiteral("escape"), QStringLiteral("up")}));
        QCOMPARE(statOf("/docs/README").size, 7U);
        QCOMPARE(statOf("/docs/README").user, 0U);
        QCOMPARE(contentOf("/docs/README"), std::string("read me"));
    }

    void whatAContainerMadeIsThere() {
        const QString id = m_machine->run(
            kUser,
            {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
             QStringLiteral("echo made > /data/made; /bin/busybox chown 5:6 /data/made; sleep 1000")},
            mounted());
        QTRY_VERIFY(statOf("/made").user == 5U);
        QCOMPARE(statOf("/made").group, 6U);
        m_machine->remove(kUser, id);
    }

    void noLinkLeadsOut() {
        // Absolute and upwards they end at the volume's own root, where there is no "etc".
        for (const char* path : {"/escape", "/up", "/escape/passwd", "/up/passwd", "/../../etc/passwd"}) {
            QCOMPARE(outcome("ListFiles", {kWeb, QString::fromLatin1(path)}), QStringLiteral("NotFound"));
            QCOMPARE(outcome("CopyOut",
                             {kWeb, QString::fromLatin1(path) + QStringLiteral("/shadow"), QVariantMap()}),
                     QStringLiteral("NotFound"));
        }
        QCOMPARE(outcome("MakeFolder", {kWeb, QStringLiteral("/up/made")}), QStringLiteral("NotFound"));
        QCOMPARE(outcome("MoveFile", {kWeb, QStringLiteral("/docs"), QStringLiteral("/escape/docs")}),
                 QStringLiteral("NotFound"));
        QVERIFY(!exists("/etc/made") && !exists("/etc/docs"));
        // The link itself goes, and its attributes, if any, change.
        QCOMPARE(outcome("SetAttributes",
                         {kWeb, QStringLiteral("/escape"), QVariantMap{{QStringLiteral("user"), 7U}}}),
                 QString());
        QCOMPARE(
            ran("RemoveFiles", {kWeb, QStringList{QStringLiteral("/escape"), QStringLiteral("/up")}}).state,
            QStringLiteral("done"));
        QVERIFY(exists("/etc/passwd"));
        QCOMPARE(listed(), QStringList{QStringLiteral("docs")});
    }

    void aLinkThatIsSwappedLeadsNowhereElse() {
        // A container exchanges a folder for a link to the root, as fast as it can.
        const QString id = m_machine->run(
            kUser,
            {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
             QStringLiteral("cd /data; mkdir f; while :; do mv f g; ln -s / f; rm f; mv g f; done")},
            mounted());
        for (int i = 0; i < 30; ++i) {
            const auto names = listed(QStringLiteral("/f"));
            // Its content, the volume's own root, or gone for the moment.
            QVERIFY2(!names.contains(QStringLiteral("proc")) && !names.contains(QStringLiteral("bin")),
                     qPrintable(names.join(u' ')));
        }
        m_machine->remove(kUser, id);
    }

    void anothersVolumeIsNotFound() {
        for (const char* member : {"ListFiles", "MakeFolder"})
            QCOMPARE(outcome(member, {kWeb, QStringLiteral("/docs")}, 0), QStringLiteral("NotFound"));
        QCOMPARE(outcome("StatFile", {kWeb, QStringLiteral("/docs"), QVariantMap()}, 0),
                 QStringLiteral("NotFound"));
        QCOMPARE(outcome("Backup", {kWeb, QVariantMap()}, 0), QStringLiteral("NotFound"));
    }

    void foldersAreMadeAndFilesMovedWithoutReplacing() {
        QCOMPARE(outcome("MakeFolder", {kWeb, QStringLiteral("/new")}), QString());
        QCOMPARE(statOf("/new").mode, quint32(S_IFDIR | 0755));
        QCOMPARE(outcome("MakeFolder", {kWeb, QStringLiteral("/new")}), QStringLiteral("AlreadyExists"));
        QCOMPARE(outcome("MakeFolder", {kWeb, QStringLiteral("/")}), QStringLiteral("InvalidArgument"));
        QCOMPARE(outcome("MoveFile", {kWeb, QStringLiteral("/docs/README"), QStringLiteral("/docs/other")}),
                 QStringLiteral("AlreadyExists"));
        QCOMPARE(contentOf("/docs/other"), std::string("other"));
        QCOMPARE(outcome("MoveFile", {kWeb, QStringLiteral("/docs/README"), QStringLiteral("/new/README")}),
                 QString());
        QCOMPARE(contentOf("/new/README"), std::string("read me"));
        QCOMPARE(outcome("MoveFile", {kWeb, QStringLiteral("/new"), QStringLiteral("/new/inside")}),
                 QStringLiteral("InvalidArgument"));
    }

    void aFolderIsRemovedWithAllThatIsInIt() {
        QCOMPARE(ran("RemoveFiles", {kWeb, QStringList{QStringLiteral("/docs")}}).state,
                 QStringLiteral("done"));
        QVERIFY(!listed().contains(QStringLiteral("docs")));
        QCOMPARE(ran("RemoveFiles", {kWeb, QStringList{QStringLiteral("/")}}).state,
                 QStringLiteral("failed"));
        QCOMPARE(ran("RemoveFiles", {kWeb, QStringList{QStringLiteral("/docs")}}).state,
                 QStringLiteral("failed"));
    }

    void modesAndOwnersOfAWholeFolder() {
        const QVariantMap change{{QStringLiteral("mode"), 0640U},
                                 {QStringLiteral("user"), 1000U},
                                 {QStringLiteral("group"), 1001U},
                                 {QStringLiteral("recursive"), true}};
        QCOMPARE(outcome("SetAttributes", {kWeb, QStringLiteral("/docs"), change}), QString());
        QCOMPARE(statOf("/docs").mode, quint32(S_IFDIR | 0750)); // one can still go in
        QCOMPARE(statOf("/docs/README").mode, quint32(S_IFREG | 0640));
        QCOMPARE(statOf("/docs/README").user, 1000U);
        QCOMPARE(statOf("/docs/README").group, 1001U);
        QCOMPARE(outcome("SetAttributes", {kWeb, QStringLiteral("/docs"), QVariantMap()}),
                 QStringLiteral("InvalidArgument"));
        // Ids beyond the owner's range are none of theirs.
        QCOMPARE(outcome("SetAttributes",
                         {kWeb, QStringLiteral("/docs"), QVariantMap{{QStringLiteral("user"), 70'000U}}}),
                 QStringLiteral("InvalidArgument"));
    }

    void filesAreFoundByAPartOfTheirName() {
        const std::string archive =
            TarBuilder().add(owned({.name = "docs/\xc3\x89t\xc3\xa9.txt", .content = "x"})).finish();
        QCOMPARE(copyIn(archive), QStringLiteral("done"));
        const auto found = [this](const char* text) {
            QStringList paths;
            const auto reply =
                askVolumes("SearchFiles", {kWeb, QStringLiteral("/"), QString::fromUtf8(text)});
            const std::string lines = readFd(received(reply.arguments().value(1)).get()).value_or("");
            for (const QByteArray& line : QByteArray::fromStdString(lines).split('\n')) {
                if (!line.isEmpty())
                    paths.append(
                        QJsonDocument::fromJson(line).object().value(QLatin1String("path")).toString());
            }
            return paths;
        };
        QCOMPARE(found("readme"), QStringList{QStringLiteral("/docs/README")});
        QCOMPARE(found("r?ad*e"), QStringList{QStringLiteral("/docs/README")});
        QCOMPARE(found("\xc3\xa9T\xc3\x89"), QStringList{QString::fromUtf8("/docs/\xc3\x89t\xc3\xa9.txt")});
        QCOMPARE(found("nothing"), QStringList());
    }

    void sizesAreCounted() {
        QCOMPARE(volume().measured, 0);
        QCOMPARE(ran("Measure", {QStringList{kWeb}}).state, QStringLiteral("done"));
        QVERIFY(volume().measured > 0);
        QCOMPARE(volume().files, 4U);
        QVERIFY(volume().size >= 8192);
    }

    void aBackupComesBackAsANewVolumeOrInPlace() {
        const std::string archive = backup();
        QVERIFY(archive.starts_with("\x28\xb5\x2f\xfd")); // zstd
        QCOMPARE(restore(archive, {}).errorName, kErrors + QStringLiteral("AlreadyExists"));
        QCOMPARE(restore(archive, {}, QStringLiteral("copy")).state, QStringLiteral("done"));
        QCOMPARE(ran("RemoveFiles", {kWeb, QStringList{QStringLiteral("/docs")}}).state,
                 QStringLiteral("done"));
        QCOMPARE(outcome("MakeFolder", {kWeb, QStringLiteral("/later")}), QString());
        QCOMPARE(restore(archive).state, QStringLiteral("done"));
        QCOMPARE(listed(),
                 (QStringList{QStringLiteral("docs"), QStringLiteral("escape"), QStringLiteral("up")}));
        QCOMPARE(contentOf("/docs/README"), std::string("read me"));
    }

    void aRestoreThatFailsLeavesWhatWasThere() {
        const std::string archive = backup({{QStringLiteral("compression"), QStringLiteral("none")}});
        QCOMPARE(restore(archive.substr(0, archive.size() / 2)).state, QStringLiteral("failed"));
        QCOMPARE(restore("no archive, and yet long enough to be looked at").state, QStringLiteral("failed"));
        QCOMPARE(contentOf("/docs/README"), std::string("read me"));
        QCOMPARE(restore("no archive, and yet long enough to be looked at", {}, QStringLiteral("none")).state,
                 QStringLiteral("failed"));
        QCOMPARE(outcome("ListFiles", {QStringLiteral("none"), QStringLiteral("/")}),
                 QStringLiteral("NotFound"));
    }

    void aCancelledRestoreLeavesWhatWasThere() {
        const std::string archive = backup({{QStringLiteral("compression"), QStringLiteral("none")}});
        std::array<int, 2> ends{};
        QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
        const UniqueFd reading(ends[0]);
        const UniqueFd writing(ends[1]); // never ends
        QVERIFY(::write(writing.get(), archive.data(), 1024) == 1024);
        const auto reply = askVolumes("Restore", {kWeb, passed(reading), kReplace});
        const QString job = reply.arguments().value(0).value<QDBusObjectPath>().path();
        (void)call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Job"), QStringLiteral("Cancel"),
                   {}, job);
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("cancelled"));
        QCOMPARE(contentOf("/docs/README"), std::string("read me"));
    }

    void aHelperThatIsKilledWhileRestoringLeavesWhatWasThere() {
        const std::string archive = backup({{QStringLiteral("compression"), QStringLiteral("none")}});
        for (const QString& name : {kWeb, QStringLiteral("new")}) {
            std::array<int, 2> ends{};
            QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
            UniqueFd reading(ends[0]);
            const UniqueFd writing(ends[1]);
            QVERIFY(::write(writing.get(), archive.data(), 2048) == 2048);
            (void)askVolumes("Restore", {name, passed(reading), kReplace});
            reading.reset();
            // It is at work when the archive's beginning has been read.
            QTRY_VERIFY([&] {
                int left = -1;
                return ::ioctl(writing.get(), FIONREAD, &left) == 0 && left == 0;
            }());
            QCOMPARE(::kill(m_machine->bus().helperPid(), SIGKILL), 0);
            QTRY_COMPARE(contentOf("/docs/README"), std::string("read me")); // of the next helper
        }
        QCOMPARE(outcome("ListFiles", {QStringLiteral("new"), QStringLiteral("/")}),
                 QStringLiteral("NotFound"));
        const auto folders = listDirectory(m_machine->bus().folder() + "/state/volumes");
        VERIFY_RESULT(folders);
        for (const auto& folder : *folders)
            QVERIFY(!exists(m_machine->bus().folder() + "/state/volumes/" + folder + "/restoring"));
    }

    void nothingIsRestoredUnderAContainerThatRuns() {
        const std::string archive = backup();
        const QString id = m_machine->run(kUser, kSleep, mounted());
        const auto refused = restore(archive);
        QCOMPARE(refused.errorName, kErrors + QStringLiteral("InUse"));
        QVERIFY(refused.errorMessage.contains(m_machine->container(kUser, id).name));
        m_machine->remove(kUser, id);
        QCOMPARE(restore(archive).state, QStringLiteral("done"));
    }

    void aBackupStandsStillOrNot_data() {
        QTest::addColumn<bool>("pause");
        QTest::newRow("live") << false;
        QTest::newRow("paused") << true;
    }
    void aBackupStandsStillOrNot() {
        QFETCH(bool, pause);
        const QString id = m_machine->run(
            kUser,
            {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
             QStringLiteral("i=0; while :; do i=$((i+1)); echo $i > /data/a; echo $i > /data/b; done")},
            mounted());
        QTRY_VERIFY(statOf("/b").mode != 0);
        const auto reply = askVolumes(
            "Backup", {kWeb, QVariantMap{{QStringLiteral("pause"), pause},
                                         {QStringLiteral("compression"), QStringLiteral("none")}}});
        // The archive is in the pipe or on its way: while nobody has read it to its end, they stand still.
        const UniqueFd pipe = received(reply.arguments().value(1));
        const std::string archive = readFd(pipe.get(), 64u << 20).value_or("");
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("done"));
        QCOMPARE(stateOf(id), QStringLiteral("running"));
        QCOMPARE(restore(archive, {}, QStringLiteral("copy")).state, QStringLiteral("done"));
        m_machine->remove(kUser, id);
    }

    void containersGoOnWhenABackupIsCancelledOrItsHelperKilled() {
        const std::string big =
            TarBuilder().add(owned({.name = "big", .content = std::string(16 << 20, 'x')})).finish();
        QCOMPARE(copyIn(big), QStringLiteral("done"));
        const QString id = m_machine->run(kUser, kSleep, mounted());
        const QVariantMap options{{QStringLiteral("pause"), true},
                                  {QStringLiteral("compression"), QStringLiteral("none")}};
        for (const bool isKilled : {false, true}) {
            const auto reply =
                askVolumes("Backup", {kWeb, options}); // larger than the pipe, and nobody reads
            QCOMPARE(reply.type(), QDBusMessage::ReplyMessage);
            QCOMPARE(stateOf(id), QStringLiteral("paused"));
            const QString job = reply.arguments().value(0).value<QDBusObjectPath>().path();
            if (isKilled)
                QCOMPARE(::kill(m_machine->bus().helperPid(), SIGKILL), 0);
            else
                (void)call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Job"),
                           QStringLiteral("Cancel"), {}, job);
            QTRY_COMPARE(stateOf(id), QStringLiteral("running"));
        }
        // Who was paused by somebody else stays so.
        QCOMPARE(m_machine->ask(kUser, "Pause", {id}).type(), QDBusMessage::ReplyMessage);
        QVERIFY(!backup(options).empty());
        QCOMPARE(stateOf(id), QStringLiteral("paused"));
        m_machine->remove(kUser, id);
    }

    void setIdFilesOfAnArchiveStayInside() {
        const std::string archive = TarBuilder()
                                        .add(owned({.name = ".", .type = '5', .mode = 0750}))
                                        .add(owned({.name = "program", .content = "x", .mode = 06755}))
                                        .finish();
        QCOMPARE(restore(archive).state, QStringLiteral("done"));
        QCOMPARE(statOf("/program").mode, quint32(S_IFREG | 06755));
        QCOMPARE(statOf("/").mode, quint32(S_IFDIR | 0750));
        // Nobody but root gets to where volumes are.
        struct stat info {};
        QCOMPARE(::stat((m_machine->bus().folder() + "/state/volumes").c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0077, 0U);
        QCOMPARE(restore(TarBuilder().add({.name = "sda", .type = '4'}).finish()).errorName,
                 kErrors + QStringLiteral("Untrusted"));
        QCOMPARE(restore(TarBuilder().add({.name = "../x", .content = "x"}).finish()).errorName,
                 kErrors + QStringLiteral("Untrusted"));
        QCOMPARE(statOf("/program").mode, quint32(S_IFREG | 06755));
    }
};
ESCALE_TEST(HelperVolumeFilesTest)

#include "helper_volume_files_test.moc"
