// Saving images over the bus, as an ordinary user.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/support/test_registry.h"

#include <QDBusUnixFileDescriptor>
#include <QProcess>
#include <QTemporaryDir>

#include <array>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

QVariant passed(const UniqueFd& fd) {
    return QVariant::fromValue(QDBusUnixFileDescriptor(fd.get()));
}

} // namespace

class HelperSaveTest : public HelperTest {
    Q_OBJECT

    QTemporaryDir m_folder;

    QDBusMessage save(const QStringList& images, const UniqueFd& output, const QVariantMap& options = {},
                      uid_t user = kUser) {
        return call(m_machine->as(user), QStringLiteral("org.escale.Engine1.Images"), QStringLiteral("Save"),
                    {images, passed(output), options});
    }
    UniqueFd newFile() const {
        return UniqueFd(::open(m_folder.filePath(QStringLiteral("archive")).toLocal8Bit().constData(),
                               O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    }
    dbus::JobStatus saved(const QStringList& images, const UniqueFd& output,
                          const QVariantMap& options = {}) {
        const auto reply = save(images, output, options);
        if (reply.type() != QDBusMessage::ReplyMessage)
            qWarning("%s", qPrintable(reply.errorMessage()));
        return m_machine->ended(kUser, reply.arguments().value(0));
    }
    /// A file in the archive.
    QByteArray inArchive(const char* name) const {
        QProcess tar;
        tar.start(QStringLiteral("tar"), {QStringLiteral("-xOf"),
                                          m_folder.filePath(QStringLiteral("archive")), QLatin1String(name)});
        return tar.waitForFinished() ? tar.readAllStandardOutput() : QByteArray();
    }

private Q_SLOTS:
    void anImageIsSavedIntoAFile() {
        const UniqueFd file = newFile();
        const auto status = saved({m_machine->image()}, file);
        QCOMPARE(status.state, QStringLiteral("done"));
        struct stat info {};
        QCOMPARE(::fstat(file.get(), &info), 0);
        const auto result = Json::parse(status.result.toStdString());
        VERIFY_RESULT(result);
        QCOMPARE(result->at("bytes").toInteger(), std::int64_t{info.st_size});
        QVERIFY(status.total > 500'000 && status.done == status.total);
        QVERIFY(inArchive("manifest.json").contains(m_machine->image().toUtf8()));
        QVERIFY(inArchive("oci-layout").contains("1.0.0"));
    }
    void anImageIsSavedIntoAPipe() {
        std::array<int, 2> ends{};
        QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
        const UniqueFd readEnd(ends[0]);
        UniqueFd writeEnd(ends[1]);
        const auto reply =
            save({m_machine->image()}, writeEnd, {{QStringLiteral("compression"), QStringLiteral("gzip")}});
        QCOMPARE(reply.type(), QDBusMessage::ReplyMessage);
        writeEnd.reset();
        const auto archive = readFd(readEnd.get(), 64U << 20); // up to its end: nobody else holds it open
        VERIFY_RESULT(archive);
        QVERIFY(archive->find("index.json") != std::string::npos);
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("done"));
    }
    void anImageThatWasMadeOfAContainerIsSaved() {
        // Given an image committed here, whose layer no registry has seen
        const QString id =
            m_machine->run(kUser, {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                                   QStringLiteral("echo made > /etc/made; rm -f /etc/group; sleep 1000")});
        const auto commit = m_machine->ask(kUser, "Commit", {id, QStringLiteral("made:1"), QVariantMap()});
        QCOMPARE(m_machine->ended(kUser, commit.arguments().value(0)).state, QStringLiteral("done"));
        m_machine->remove(kUser, id);
        // When it is saved with the one below it
        const UniqueFd file = newFile();
        QCOMPARE(saved({QStringLiteral("made:1"), m_machine->image()}, file).state, QStringLiteral("done"));
        // Then both are in the archive
        const auto documents = Json::parse(inArchive("manifest.json").toStdString());
        VERIFY_RESULT(documents);
        QCOMPARE(documents->items().size(), std::size_t{2});
        QCOMPARE(documents->items()[0].at("RepoTags").dump(), std::string("[\"made:1\"]"));
        QCOMPARE(documents->items()[0].at("Layers").items().size(),
                 documents->items()[1].at("Layers").items().size() + 1);
    }
    void whatIsAnotherUsersIsNotFound() {
        QCOMPARE(call(m_machine->as(0), QStringLiteral("org.escale.Engine1.Images"), QStringLiteral("Tag"),
                      {m_machine->image(), QStringLiteral("roots:1")})
                     .type(),
                 QDBusMessage::ReplyMessage);
        const UniqueFd file = newFile();
        for (const char* name : {"roots:1", "no-such-image"}) {
            const auto status = saved({QLatin1String(name)}, file);
            QCOMPARE(status.state, QStringLiteral("failed"));
            QCOMPARE(status.errorName, kErrors + QStringLiteral("NotFound"));
        }
        struct stat info {};
        QCOMPARE(::fstat(file.get(), &info), 0);
        QCOMPARE(info.st_size, off_t{0});
    }
    void badArgumentsAreRefused() {
        const QString invalid = kErrors + QStringLiteral("InvalidArgument");
        const QStringList image{m_machine->image()};
        const UniqueFd file = newFile();
        QCOMPARE(save({}, file).errorName(), invalid);
        QCOMPARE(save(QStringList(257, m_machine->image()), file).errorName(), invalid);
        QCOMPARE(save({QStringLiteral("a b")}, file).errorName(), invalid);
        for (const auto& [key, value] :
             {std::pair("compression", "lzma"), std::pair("format", "folder"), std::pair("unknown", "x")})
            QCOMPARE(save(image, file, {{QLatin1String(key), QLatin1String(value)}}).errorName(), invalid);
        const QByteArray path = m_folder.filePath(QStringLiteral("archive")).toLocal8Bit();
        std::array<int, 2> sockets{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()), 0);
        const UniqueFd other(sockets[1]);
        std::array<UniqueFd, 5> wrong{UniqueFd(::open(path.constData(), O_RDONLY | O_CLOEXEC)),
                                      UniqueFd(::open(path.constData(), O_PATH | O_CLOEXEC)),
                                      UniqueFd(::open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
                                      UniqueFd(::open("/dev/null", O_WRONLY | O_CLOEXEC)),
                                      UniqueFd(sockets[0])};
        for (const UniqueFd& output : wrong)
            QCOMPARE(save(image, output).errorName(), invalid);
    }
    void aCancelledSaveEndsThoughNobodyReads() {
        std::array<int, 2> ends{};
        QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
        const UniqueFd readEnd(ends[0]);
        const UniqueFd writeEnd(ends[1]);
        const auto reply = save({m_machine->image()}, writeEnd);
        char byte = 0;
        QCOMPARE(::read(readEnd.get(), &byte, 1), ssize_t{1}); // it has begun, and stands still soon
        const QString path = reply.arguments().value(0).value<QDBusObjectPath>().path();
        QCOMPARE(call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Job"),
                      QStringLiteral("Cancel"), {}, path)
                     .type(),
                 QDBusMessage::ReplyMessage);
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("cancelled"));
    }
};
ESCALE_TEST(HelperSaveTest)

#include "helper_save_test.moc"
