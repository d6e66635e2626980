#include "gui/common/log_follower.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <fcntl.h>

using namespace escale;
using namespace escale::gui;

// Outside the class: moc does not read raw strings.
static QByteArray record(const QByteArray& text) {
    return R"({"log":")" + text +
           R"(\n","stream":"stdout","time":"2026-01-02T03:04:05.678901234Z"})"
           "\n";
}

class LogFollowerTest : public QObject {
    Q_OBJECT

    static UniqueFd reading(const QString& path) {
        return UniqueFd(::open(path.toUtf8().constData(), O_RDONLY | O_CLOEXEC));
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
        follower.open(reading(file.fileName()));
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
        follower.open(reading(file.fileName()));
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
        follower.open(reading(file.fileName()));
        QTRY_COMPARE(texts.size(), 2);
        QVERIFY(file.resize(0));
        file.seek(0);
        file.write(record("new"));
        file.flush();
        QTRY_COMPARE(texts, QStringList(QStringLiteral("new")));
    }
};

ESCALE_TEST(LogFollowerTest)
#include "log_follower_test.moc"
