#include "gui/common/log_parser.h"
#include "tests/support/test_registry.h"

using namespace escale::gui;

static QByteArray record(const QByteArray& log, const QByteArray& stream = "stdout") {
    return R"({"log":")" + log + R"(","stream":")" + stream +
           R"(","time":"2026-01-02T03:04:05.678901234Z"})"
           "\n";
}

class LogParserTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsARecord() {
        LogParser parser;
        const auto lines = parser.feed(record("tick 1\\n", "stderr"));
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0].text, QStringLiteral("tick 1"));
        QVERIFY(lines[0].isError);
        QCOMPARE(lines[0].time, Q_INT64_C(1767323045678901234));
    }

    void bytesMayBeCutAnywhere() {
        // Given two records with an umlaut, fed byte by byte,
        const QByteArray bytes = record("h\xc3\xbc\\n") + record("second\\n");
        LogParser parser;
        QStringList texts;
        for (const char byte : bytes) {
            for (const LogLine& line : parser.feed(QByteArrayView(&byte, 1)))
                texts.append(line.text);
        }
        QCOMPARE(texts, QStringList({QStringLiteral("hü"), QStringLiteral("second")}));
    }

    void aLineSplitOverRecordsIsJoined() {
        LogParser parser;
        QVERIFY(parser.feed(record("first ")).isEmpty());
        QVERIFY(!parser.feed(record("error\\n", "stderr")).isEmpty()); // the other stream's line goes between
        const auto lines = parser.feed(record("half\\n"));
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0].text, QStringLiteral("first half"));
    }

    void aDamagedRecordIsSkipped() {
        LogParser parser;
        const auto lines = parser.feed("{\"log\":\"cut" + QByteArray("\n") + record("next\\n"));
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0].text, QStringLiteral("next"));
    }

    void onlyColoursAreLeftOfTerminalSequences() {
        LogParser parser;
        const auto lines =
            parser.feed(record("\\u001b[31mred\\u001b[0m\\u001b[2K\\r\\n") + record("10%\\r100%\\n"));
        QCOMPARE(lines[0].text, QStringLiteral("\x1b[31mred\x1b[0m"));
        QCOMPARE(lines[1].text, QStringLiteral("100%"));
    }

    void aSequenceMayBeSplitOverRecords() {
        // Given a writer whose buffer ends amid a sequence, the line is whole before it is looked at.
        LogParser parser;
        QVERIFY(parser.feed(record("a\\u001b[3")).isEmpty());
        const auto lines = parser.feed(record("1mb\\n"));
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0].text, QStringLiteral("a\x1b[31mb"));
    }

    void anEndlessRecordDoesNotFillTheMemory() {
        LogParser parser;
        const QByteArray part(1 << 18, 'x');
        for (int i = 0; i < 64; ++i)
            QVERIFY(parser.feed(part).isEmpty());
        const auto lines = parser.feed("\n" + record("after\\n"));
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0].text, QStringLiteral("after"));
    }
};

ESCALE_TEST(LogParserTest)
#include "log_parser_test.moc"
