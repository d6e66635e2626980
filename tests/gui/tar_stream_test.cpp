#include "gui/common/tar_stream.h"
#include "tests/support/test_registry.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::gui;

// An entry of a hostile archive.
struct Planted {
    QByteArray name;
    mode_t type = AE_IFREG;
    QByteArray target; // of a link
    bool isHardLink = false;
};

class TarStreamTest : public QObject {
    Q_OBJECT

    static void plant(QTemporaryFile& file, const QList<Planted>& entries) {
        archive* writer = archive_write_new();
        archive_write_set_format_pax_restricted(writer);
        archive_write_open_fd(writer, file.handle());
        for (const Planted& planted : entries) {
            archive_entry* entry = archive_entry_new();
            archive_entry_set_pathname(entry, planted.name.constData());
            archive_entry_set_filetype(entry, planted.type);
            archive_entry_set_perm(entry, 04755);
            archive_entry_set_size(entry, 0);
            if (planted.isHardLink)
                archive_entry_set_hardlink(entry, planted.target.constData());
            else if (planted.type == AE_IFLNK)
                archive_entry_set_symlink(entry, planted.target.constData());
            else if (planted.type == AE_IFREG)
                archive_entry_set_size(entry, 4);
            archive_write_header(writer, entry);
            if (planted.type == AE_IFREG && !planted.isHardLink)
                archive_write_data(writer, "evil", 4);
            archive_entry_free(entry);
        }
        archive_write_close(writer);
        archive_write_free(writer);
        ::lseek(file.handle(), 0, SEEK_SET);
    }

    // In a folder beside which another one must stay empty.
    static Result<int> extract(const QList<Planted>& entries, const QTemporaryDir& folder) {
        QDir(folder.path()).mkdir(QStringLiteral("in"));
        QTemporaryFile file;
        if (!file.open())
            return fail(ErrorCode::SystemFailure, "no file");
        plant(file, entries);
        Transfer::Control control;
        return extractTar(file.handle(), folder.filePath(QStringLiteral("in")), control);
    }

    static QStringList outside(const QTemporaryDir& folder) {
        return QDir(folder.path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }

    static void write(const QString& path, const QByteArray& bytes) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    static QByteArray read(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be opened)");
    }

private Q_SLOTS:
    void aFileComesBackAsItWas() {
        QTemporaryFile archive;
        QVERIFY(archive.open());
        Transfer::Control control;
        TarFile file{
            QByteArrayLiteral("passwd"), QByteArrayLiteral("root:x:0:0\n"), 0640, 12, 34, 1'767'225'600};
        QVERIFY(writeTarFile(archive.handle(), file, control));
        ::lseek(archive.handle(), 0, SEEK_SET);
        const Result<TarFile> back = readTarFile(archive.handle(), 1000, control);
        QVERIFY(back);
        QCOMPARE(back->name, file.name);
        QCOMPARE(back->bytes, file.bytes);
        QCOMPARE(back->mode, 0640U);
        QCOMPARE(back->user, 12U);
        QCOMPARE(back->group, 34U);
        QCOMPARE(back->modified, 1'767'225'600);
        QVERIFY(back->isWhole);
    }

    void onlyTheBeginningOfALargeFileIsRead() {
        QTemporaryFile archive;
        QVERIFY(archive.open());
        Transfer::Control control;
        TarFile file;
        file.name = "large";
        file.bytes = QByteArray(300'000, 'x');
        QVERIFY(writeTarFile(archive.handle(), file, control));
        ::lseek(archive.handle(), 0, SEEK_SET);
        const Result<TarFile> back = readTarFile(archive.handle(), 1000, control);
        QVERIFY(back);
        QCOMPARE(back->bytes.size(), 1000);
        QVERIFY(!back->isWhole);
    }

    void anArchiveThatEndsTooEarlyIsAnError() {
        QTemporaryFile archive;
        QVERIFY(archive.open());
        Transfer::Control control;
        TarFile file;
        file.name = "cut";
        file.bytes = QByteArray(300'000, 'x');
        QVERIFY(writeTarFile(archive.handle(), file, control));
        QCOMPARE(::ftruncate(archive.handle(), 100'000), 0);
        ::lseek(archive.handle(), 0, SEEK_SET);
        const Result<TarFile> back = readTarFile(archive.handle(), 1'000'000, control);
        QVERIFY(!back);
        QCOMPARE(back.error().code, ErrorCode::Unreachable);
    }

    void aTreeComesBackAsItWas() {
        const QTemporaryDir folder;
        QDir(folder.path()).mkpath(QStringLiteral("from/été/deep"));
        write(folder.filePath(QStringLiteral("from/été/deep/a")), "one");
        write(folder.filePath(QStringLiteral("from/run")), QByteArray(200'000, 'r'));
        QVERIFY(::chmod(qPrintable(folder.filePath(QStringLiteral("from/run"))), 0755) == 0);
        QVERIFY(::symlink("run", qPrintable(folder.filePath(QStringLiteral("from/link")))) == 0);
        QDir(folder.path()).mkdir(QStringLiteral("to"));
        QTemporaryFile archive;
        QVERIFY(archive.open());
        Transfer::Control control;
        QVERIFY(writeTar(archive.handle(), {folder.filePath(QStringLiteral("from"))}, control));
        QCOMPARE(control.total.load(), 200'003U);
        QCOMPARE(control.bytes.load(), 200'003U);
        ::lseek(archive.handle(), 0, SEEK_SET);
        QCOMPARE(extractTar(archive.handle(), folder.filePath(QStringLiteral("to")), control).value_or(-1),
                 0);
        QCOMPARE(read(folder.filePath(QStringLiteral("to/from/été/deep/a"))), QByteArray("one"));
        QCOMPARE(read(folder.filePath(QStringLiteral("to/from/run"))).size(), 200'000);
        struct stat info {};
        QVERIFY(::stat(qPrintable(folder.filePath(QStringLiteral("to/from/run"))), &info) == 0);
        QCOMPARE(info.st_mode & 0777, 0755U);
        QCOMPARE(QFile::symLinkTarget(folder.filePath(QStringLiteral("to/from/link"))),
                 folder.filePath(QStringLiteral("to/from/run")));
    }

    void nothingLeavesTheFolder_data() {
        QTest::addColumn<QList<Planted>>("entries");
        QTest::newRow("absolute name") << QList<Planted>{{"/tmp/escale-evil"}};
        QTest::newRow("dots") << QList<Planted>{{"../evil"}};
        QTest::newRow("dots behind a folder") << QList<Planted>{{"a/../../evil"}};
        QTest::newRow("through a link") << QList<Planted>{{"a", AE_IFLNK, ".."}, {"a/evil"}};
        QTest::newRow("a folder over a link")
            << QList<Planted>{{"a", AE_IFLNK, ".."}, {"a", AE_IFDIR}, {"a/evil"}};
        QTest::newRow("hard link outside") << QList<Planted>{{"a", AE_IFREG, "../secret", true}};
        QTest::newRow("hard link through a link")
            << QList<Planted>{{"l", AE_IFLNK, ".."}, {"a", AE_IFREG, "l/secret", true}};
    }
    void nothingLeavesTheFolder() {
        QFETCH(QList<Planted>, entries);
        const QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("secret")), "secret");
        const Result<int> outcome = extract(entries, folder);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Untrusted);
        QCOMPARE(outside(folder), (QStringList{QStringLiteral("in"), QStringLiteral("secret")}));
        QVERIFY(!QFile::exists(QStringLiteral("/tmp/escale-evil")));
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("in/a/evil"))));
    }

    void aLinkIsReplacedNotFollowed() {
        const QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("secret")), "secret");
        QCOMPARE(extract({{"a", AE_IFLNK, "../secret"}, {"a"}}, folder).value_or(-1), 0);
        QCOMPARE(read(folder.filePath(QStringLiteral("secret"))), QByteArray("secret"));
        QCOMPARE(read(folder.filePath(QStringLiteral("in/a"))), QByteArray("evil"));
    }

    void noFileRunsAsSomebodyElse() {
        const QTemporaryDir folder;
        QCOMPARE(extract({{"a"}}, folder).value_or(-1), 0);
        struct stat info {};
        QVERIFY(::stat(qPrintable(folder.filePath(QStringLiteral("in/a"))), &info) == 0);
        QCOMPARE(info.st_mode & 07777, 0755U);
    }

    void pipesAreLeftOutAndCounted() {
        const QTemporaryDir folder;
        QCOMPARE(extract({{"p", AE_IFIFO}, {"a"}}, folder).value_or(-1), 1);
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("in/p"))));
        QVERIFY(QFile::exists(folder.filePath(QStringLiteral("in/a"))));
    }

    void aCancelledTransferEndsAtOnce() {
        int ends[2];
        QVERIFY(::pipe(ends) == 0); // nobody writes into it
        Transfer transfer;
        Result<void> outcome;
        bool ended = false;
        transfer.start(
            [fd = ends[0]](Transfer::Control& control) -> Result<void> {
                TRY(readTarFile(fd, 10, control));
                return {};
            },
            [&](const Result<void>& how) {
                outcome = how;
                ended = true;
            });
        QTest::qWait(30);
        QVERIFY(!ended);
        transfer.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(ended, 2000);
        QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
        ::close(ends[0]);
        ::close(ends[1]);
    }

    void aReaderThatGoesIsAnError() {
        int ends[2];
        QVERIFY(::pipe(ends) == 0);
        ::close(ends[0]);
        Transfer transfer;
        Result<void> outcome;
        bool ended = false;
        transfer.start(
            [fd = ends[1]](Transfer::Control& control) {
                TarFile file;
                file.name = "a";
                return writeTarFile(fd, file, control);
            },
            [&](const Result<void>& how) {
                outcome = how;
                ended = true;
            });
        QTRY_VERIFY_WITH_TIMEOUT(ended, 2000);
        QCOMPARE(outcome.error().code, ErrorCode::Unreachable);
        ::close(ends[1]);
    }
};

ESCALE_TEST(TarStreamTest)
#include "tar_stream_test.moc"
