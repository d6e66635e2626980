#include "engine/container/run_records.h"

#include "engine/base/file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

using namespace escale;

class RunRecordsTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::string path() const { return m_folder.filePath("exit.json").toStdString(); }

private Q_SLOTS:
    void readsTimes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds");
        QTest::newRow("epoch") << "1970-01-01T00:00:00Z" << qint64(0);
        QTest::newRow("nanoseconds") << "2026-11-24T23:45:30.123456789Z" << qint64(1795563930123);
        QTest::newRow("offset") << "1970-01-01T01:00:00+01:00" << qint64(0);
        QTest::newRow("tenth") << "1970-01-01T00:00:00.5Z" << qint64(500);
    }
    void readsTimes() {
        QFETCH(const QString, text);
        QFETCH(const qint64, milliseconds);
        const auto time = parseTime(text.toStdString());
        VERIFY_RESULT(time);
        QCOMPARE(*time, milliseconds);
    }

    void refusesOtherTimes() {
        for (const char* text : {"", "yesterday", "1970-01-01T00:00:00", "1970-01-01T00:00:00Zulu"})
            QVERIFY2(!parseTime(text), text);
    }

    void readsTheMonitorsRecord() {
        VERIFY_RESULT(writeFileAtomically(
            path(),
            R"({"exitCode":3,"signal":0,"oomKilled":true,"finishedAt":"1970-01-01T00:00:01.000000001Z"})"));
        const auto record = readContainerExit(path());
        VERIFY_RESULT(record);
        QCOMPARE(record->exitCode, 3);
        QVERIFY(record->oomKilled);
        QCOMPARE(record->finishedAt, std::int64_t(1000));
    }

    void countsASignalAs128More() {
        VERIFY_RESULT(writeFileAtomically(
            path(), R"({"exitCode":0,"signal":9,"oomKilled":false,"finishedAt":"1970-01-01T00:00:01Z"})"));
        QCOMPARE(readContainerExit(path())->exitCode, 137);
    }

    void failsWithoutARecord() {
        QCOMPARE(readContainerExit(m_folder.filePath("none").toStdString()).error().code,
                 ErrorCode::NotFound);
    }

    void keepsProcesses() {
        VERIFY_RESULT(writeProcessRecord(path(), {12, 34, 567890}));
        const auto record = readProcessRecord(path());
        VERIFY_RESULT(record);
        QCOMPARE(record->pid, 12);
        QCOMPARE(record->monitorPid, 34);
        QCOMPARE(record->monitorStartTime, std::uint64_t(567890));
    }
};

ESCALE_TEST(RunRecordsTest)
#include "run_records_test.moc"
