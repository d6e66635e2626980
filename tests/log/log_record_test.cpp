#include "engine/log/log_record.h"
#include "tests/support/test_registry.h"

using namespace escale;

static constexpr std::int64_t kTime = 1767323045'678901234; // 2026-01-02T03:04:05.678901234Z

// Outside the class: moc does not read such strings.
static std::string recordOf(const std::string& text, const std::string& stream, const std::string& time) {
    return "{\"log\":\"" + text + "\",\"stream\":\"" + stream + "\",\"time\":\"" + time + "\"}";
}

class LogRecordTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatTheMonitorWrites() {
        const auto record =
            parseLogRecord(recordOf("h\\u00e9\\n", "stderr", "2026-01-02T03:04:05.678901234Z"));
        QVERIFY(record.has_value());
        QCOMPARE(record->text, std::string("hé\n"));
        QVERIFY(record->isError);
        QCOMPARE(record->time, kTime);
    }
    void tellsNothingOfWhatIsNoRecord() {
        QVERIFY(!parseLogRecord("").has_value());
        QVERIFY(!parseLogRecord(recordOf("a", "stdout", "yesterday")).has_value());
        QVERIFY(!parseLogRecord("{\"log\":\"cut by a full di").has_value());
    }
    void theTimeIsTheLastMember() {
        // A text that looks like a record itself has its quotes escaped.
        const std::string sly =
            recordOf("\\\"time\\\":\\\"1999-01-01T00:00:00Z\\\"", "stdout", "2026-01-02T03:04:05.678901234Z");
        QCOMPARE(timeOfLogRecord(sly).value_or(0), kTime);
    }
    void readsTimes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("time");
        QTest::newRow("no fraction") << "2026-01-02T03:04:05Z" << qint64(1767323045'000000000);
        QTest::newRow("tenths") << "2026-01-02T03:04:05.5Z" << qint64(1767323045'500000000);
        QTest::newRow("ahead") << "2026-01-02T04:34:05+01:30" << qint64(1767323045'000000000);
        QTest::newRow("behind") << "2026-01-01T22:04:05-05:00" << qint64(1767323045'000000000);
    }
    void readsTimes() {
        QFETCH(QString, text);
        QFETCH(qint64, time);
        QCOMPARE(parseLogTime(text.toStdString()).value_or(0), time);
    }
    void refusesTimes_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "2026", "2026-13-01T00:00:00Z", "2026-01-02T03:04:05",
                                 "2026-01-02T03:04:05.Z", "2026-01-02 03:04:05Z", "2026-01-02T03:04:05+1",
                                 "2026-01-02T-3:04:05Z", "4052-01-02T15:04:05Z", "0001-01-01T00:00:00Z"})
            QTest::newRow(*text == 0 ? "empty" : text) << text;
    }
    void refusesTimes() {
        QFETCH(QString, text);
        QVERIFY(!parseLogTime(text.toStdString()).has_value());
    }
    void writesTimesAsItReadsThem() {
        QCOMPARE(formatLogTime(kTime), std::string("2026-01-02T03:04:05.678901234Z"));
        QCOMPARE(parseLogTime(formatLogTime(-1)).value_or(0), std::int64_t(-1));
    }
};

ESCALE_TEST(LogRecordTest)
#include "log_record_test.moc"
