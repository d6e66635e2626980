#include "gui/common/log_pattern.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>

using namespace escale::gui;

class LogPatternTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matches_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("matchCase");
        QTest::addColumn<bool>("wholeWords");
        QTest::addColumn<bool>("isRegex");
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("count");
        const auto row = [](const char* name, const char* pattern, bool matchCase, bool words, bool regex,
                            const char* text, qsizetype count) {
            QTest::newRow(name) << QString::fromUtf8(pattern) << matchCase << words << regex
                                << QString::fromUtf8(text) << count;
        };
        row("plain", "err", false, false, false, "Error, no ERR", 2);
        row("case", "err", true, false, false, "Error, no err", 1);
        row("words", "err", false, true, false, "Error, no err", 1);
        row("words with signs", "-v", false, true, false, "run -v now, x-v", 1);
        row("signs are themselves", "a.c", false, false, false, "abc a.c", 1);
        row("expression", "a.c", false, false, true, "abc a.c", 2);
        row("alternatives as words", "on|off", false, true, true, "on off only", 2);
        row("empty matches are none", "x*", false, false, true, "axxb", 1);
        row("other alphabets", "\xd0\xbf\xd1\x80", false, true, false,
            "\xd0\x9f\xd0\xa0 \xd0\xbf\xd1\x80\xd0\xbe", 1);
        row("nothing", "", false, false, false, "abc", 0);
    }
    void matches() {
        QFETCH(const QString, pattern);
        QFETCH(const bool, matchCase);
        QFETCH(const bool, wholeWords);
        QFETCH(const bool, isRegex);
        QFETCH(const QString, text);
        QFETCH(const qsizetype, count);
        const LogPattern read(pattern, {matchCase, wholeWords, isRegex});
        QCOMPARE(read.count(text), count);
        QCOMPARE(read.matches(text).size(), count);
        QVERIFY(read.error().isEmpty());
    }

    void aWrongExpressionIsSaid() {
        const LogPattern read(QStringLiteral("a(b"), {false, false, true});
        QVERIFY(read.isEmpty());
        QVERIFY2(read.error().contains(QLatin1String("4")), qPrintable(read.error())); // where
    }

    void anExpressionThatExplodesEnds() {
        const LogPattern read(QStringLiteral("(a+)+b"), {false, false, true});
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(read.count(QString(60, QLatin1Char('a'))), 0);
        QVERIFY(clock.elapsed() < 2000); // without a limit: longer than anybody waits
    }
};

ESCALE_TEST(LogPatternTest)
#include "log_pattern_test.moc"
