#include "gui/common/log_follower.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <fcntl.h>
#include <zlib.h>

using namespace escale;
using namespace escale::gui;

// Outside the class: moc does not read raw strings.
static QByteArray record(const QByteArray& text, int second = 5) {
    return "{\"log\":\"" + text + "\\n\",\"stream\":\"stdout\",\"time\":\"2026-01-02T03:04:0" +
           QByteArray::number(second) + ".678901234Z\"}\n";
}

class LogFollowerTest : public QObject {
    Q_OBJECT

    static std::vector<UniqueFd> reading(const QStringList& paths) {
        std::vector<UniqueFd> files;
        for (const QString& path : paths)
            files.emplace_back(::open(path.toUtf8().constData(), O_RDONLY | O_CLOEXEC));
        return files;
    }
    static void write(const QString& path, const QByteArray& bytes) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
        file.write(bytes);
    }
    static void compress(const QString& from, const QString& to) {
        QFile file(from);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        gzFile packed = ::gzopen(to.toUtf8().constData(), "wb");
        ::gzwrite(packed, bytes.constData(), static_cast<unsigned>(bytes.size()));
        ::gzclose(packed);
        QVERIFY(file.remove());
    }

private Q_SLOTS:
    void readsWhatIsThereAndWhatIsAdded() {
        // Given a log with a line,
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("log")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(record("one"));
        file.flush();
        LogFollower follower;
        QStringList texts;
        connect(&follower, &LogFollower::lines, this, [&](const QList<LogLine>& lines) {
            for (const LogLine& line : lines)
                texts.append(line.text);
        });
        follower.open(reading({file.fileName()}));
        QTRY_COMPARE(texts, QStringList(QStringLiteral("one")));
        // when another is written, then it comes without being asked for.
        file.write(record("two"));
        file.flush();
        QTRY_COMPARE(texts, QStringList({QStringLiteral("one"), QStringLiteral("two")}));
    }

    void losesNothingWhileThrottled() {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("log")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        LogFollower follower;
        int count = 0;
        connect(&follower, &LogFollower::lines, this,
                [&](const QList<LogLine>& lines) { count += static_cast<int>(lines.size()); });
        follower.open(reading({file.fileName()}));
        follower.setThrottled(true);
        for (int i = 0; i < 5000; ++i)
            file.write(record(QByteArray::number(i)));
        file.flush();
        QTest::qWait(50);
        QCOMPARE(count, 0);
        follower.setThrottled(false);
        QTRY_COMPARE(count, 5000);
    }

    void beginsAgainWhenTheFileIsCut() {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("log")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(record("old") + record("older"));
        file.flush();
        LogFollower follower;
        QStringList texts;
        connect(&follower, &LogFollower::lines, this, [&](const QList<LogLine>& lines) {
            for (const LogLine& line : lines)
                texts.append(line.text);
        });
        connect(&follower, &LogFollower::restarted, this, [&] { texts.clear(); });
        follower.open(reading({file.fileName()}));
        QTRY_COMPARE(texts.size(), 2);
        QVERIFY(file.resize(0));
        file.seek(0);
        file.write(record("new"));
        file.flush();
        QTRY_COMPARE(texts, QStringList(QStringLiteral("new")));
    }

    void goesOnInTheNextFile_data() {
        QTest::addColumn<bool>("compressed");
        QTest::newRow("put aside") << false;
        QTest::newRow("compressed since") << true;
    }
    void goesOnInTheNextFile() {
        QFETCH(bool, compressed);
        // Given a log that is followed,
        const QTemporaryDir folder;
        const QString log = folder.filePath(QStringLiteral("log"));
        QString aside = log + QStringLiteral(".1");
        write(log, record("one", 1));
        LogFollower follower;
        QStringList texts;
        connect(&follower, &LogFollower::lines, this, [&](const QList<LogLine>& lines) {
            for (const LogLine& line : lines)
                texts.append(line.text);
        });
        QSignalSpy spy(&follower, &LogFollower::putAside);
        follower.open(reading({log}));
        QTRY_COMPARE(texts.size(), 1);
        QVERIFY(spy.isEmpty());
        // when it is put aside and another one is written to,
        write(log, record("two", 2));
        QVERIFY(QFile::rename(log, aside));
        write(log, record("three", 3));
        QTRY_COMPARE(spy.count(), 1);
        if (compressed) {
            compress(aside, aside + QStringLiteral(".gz"));
            aside += QStringLiteral(".gz");
        }
        follower.resume(reading({aside, log}));
        // then every line comes once, also those that follow.
        write(log, record("four", 4));
        QTRY_COMPARE(texts, QStringList({QStringLiteral("one"), QStringLiteral("two"),
                                         QStringLiteral("three"), QStringLiteral("four")}));
    }
    void readsOlderFilesFirst() {
        const QTemporaryDir folder;
        const QString log = folder.filePath(QStringLiteral("log"));
        write(log + QStringLiteral(".2"), record("one", 1));
        compress(log + QStringLiteral(".2"), log + QStringLiteral(".2.gz"));
        write(log + QStringLiteral(".1"), record("two", 2));
        write(log, record("three", 3));
        LogFollower follower;
        QStringList texts;
        connect(&follower, &LogFollower::lines, this, [&](const QList<LogLine>& lines) {
            for (const LogLine& line : lines)
                texts.append(line.text);
        });
        follower.open(reading({log + QStringLiteral(".2.gz"), log + QStringLiteral(".1"), log}));
        QTRY_COMPARE(texts,
                     QStringList({QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")}));
    }
    void leavesOutWhatNobodyWouldSee() {
        const QTemporaryDir folder;
        const QString log = folder.filePath(QStringLiteral("log"));
        // Given more than a view keeps in the file before,
        write(log + QStringLiteral(".1"), record("first", 1));
        QVERIFY(QFile::resize(log + QStringLiteral(".1"), 300 << 20));
        write(log, record("last", 2));
        LogFollower follower;
        QStringList texts;
        connect(&follower, &LogFollower::lines, this, [&](const QList<LogLine>& lines) {
            for (const LogLine& line : lines)
                texts.append(line.text);
        });
        QSignalSpy spy(&follower, &LogFollower::skipped);
        follower.open(reading({log + QStringLiteral(".1"), log}));
        // then it is not read, and that is said.
        QTRY_COMPARE(texts, QStringList(QStringLiteral("last")));
        QCOMPARE(spy.count(), 1);
    }
    void saysThatAFileIsDamaged() {
        const QTemporaryDir folder;
        const QString log = folder.filePath(QStringLiteral("log"));
        write(log, QByteArray::fromHex("1f8b0800ffff") + QByteArray(500, 'x'));
        LogFollower follower;
        QSignalSpy spy(&follower, &LogFollower::failed);
        follower.open(reading({log}));
        QTRY_COMPARE(spy.count(), 1);
        QVERIFY(!follower.isOpen());
    }
};

ESCALE_TEST(LogFollowerTest)
#include "log_follower_test.moc"
