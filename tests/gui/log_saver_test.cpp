#include "gui/common/log_saver.h"
#include "gui/common/log_store.h"
#include "tests/support/test_registry.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <fcntl.h>

using namespace escale;
using namespace escale::gui;

// Outside the class: moc does not read raw strings.
static QByteArray record(const QByteArray& text, int second) {
    return "{\"log\":\"" + text + "\\n\",\"stream\":\"stdout\",\"time\":\"2026-01-02T03:04:0" +
           QByteArray::number(second) + ".678901234Z\"}\n";
}

class LogSaverTest : public QObject {
    Q_OBJECT

    static std::vector<UniqueFd> files(const QTemporaryDir& folder, const QList<QByteArray>& contents) {
        std::vector<UniqueFd> opened;
        for (const QByteArray& content : contents) {
            QFile file(folder.filePath(QString::number(opened.size())));
            if (file.open(QIODevice::WriteOnly))
                file.write(content);
            file.close();
            opened.emplace_back(::open(file.fileName().toUtf8().constData(), O_RDONLY | O_CLOEXEC));
        }
        return opened;
    }
    static QString read(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll())
                                              : QStringLiteral("(no file)");
    }

private Q_SLOTS:
    void writesAllFilesPlain() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("saved.log"));
        LogSaver saver;
        QSignalSpy finished(&saver, &LogSaver::finished);
        saver.saveFiles(
            {path, LogTimes::Off},
            files(folder, {record("one", 1) + record("\\u001b[31mtwo\\u001b[0m", 2), record("three", 3)}));
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished[0][1].toLongLong(), 3);
        QCOMPARE(read(path), QStringLiteral("one\ntwo\nthree\n"));
    }

    void writesTimeStamps() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("saved.log"));
        LogSaver saver;
        QSignalSpy finished(&saver, &LogSaver::finished);
        saver.saveFiles({path, LogTimes::Utc}, files(folder, {record("one", 1)}));
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(read(path), QStringLiteral("2026-01-02 03:04:01.678Z  one\n"));
    }

    void writesTheLinesThatWereChosen() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("saved.log"));
        LogStore store;
        for (const char* text : {"a", "\x1b[1mb", "c"})
            store.append({QString::fromLatin1(text), 0, false});
        LogSaver saver;
        QSignalSpy finished(&saver, &LogSaver::finished);
        saver.saveLines({path, LogTimes::Off}, store, {1, 2});
        store.clear(); // what is saved is what was there
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(read(path), QStringLiteral("b\nc\n"));
    }

    void saysWhatFails() {
        const QTemporaryDir folder;
        LogSaver saver;
        QSignalSpy failed(&saver, &LogSaver::failed);
        saver.saveLines({folder.filePath(QStringLiteral("none/saved.log")), LogTimes::Off}, LogStore(), {});
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(!saver.isRunning());
    }

    void leavesNothingWhenCancelled() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("saved.log"));
        QByteArray much;
        for (int i = 0; i < 200'000; ++i)
            much += record("line", 1);
        LogSaver saver;
        QSignalSpy failed(&saver, &LogSaver::failed);
        saver.saveFiles({path, LogTimes::Off}, files(folder, {much}));
        saver.cancel();
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed[0][0].value<Error>().code, ErrorCode::Cancelled);
        QVERIFY(!QFile::exists(path));
    }
};

ESCALE_TEST(LogSaverTest)
#include "log_saver_test.moc"
