#include "gui/common/log_style.h"
#include "gui/common/theme.h"
#include "tests/support/test_registry.h"

using namespace escale::gui;

class LogStyleTest : public QObject {
    Q_OBJECT

    static StyledLine read(const char* text) { return styledLine(QString::fromUtf8(text)); }

private Q_SLOTS:
    void coloursAndAttributes_data() {
        QTest::addColumn<QString>("sequence");
        QTest::addColumn<quint32>("foreground");
        QTest::addColumn<quint32>("background");
        QTest::addColumn<quint32>("flags");
        const quint32 none = 0;
        const auto row = [&](const char* sequence, quint32 foreground, quint32 background, quint32 flags) {
            QTest::newRow(sequence) << QString::fromLatin1(sequence) << foreground << background << flags;
        };
        row("31", TextStyle::kIndexed | 1, none, none);
        row("97;44", TextStyle::kIndexed | 15, TextStyle::kIndexed | 4, none);
        row("38;5;208", TextStyle::kIndexed | 208, none, none);
        row("48;2;1;2;3", none, TextStyle::kTrue | 0x010203, none);
        row("38:2::255:0:16", TextStyle::kTrue | 0xff0010, none, none);
        row("1;4;7", none, none, TextStyle::Bold | TextStyle::Underline | TextStyle::Inverse);
        row("1;31;22;39", none, none, none);
        row("1;31;0", none, none, none);
        row("38;5;9;1", TextStyle::kIndexed | 9, none, TextStyle::Bold);
    }
    void coloursAndAttributes() {
        QFETCH(const QString, sequence);
        QFETCH(const quint32, foreground);
        QFETCH(const quint32, background);
        QFETCH(const quint32, flags);
        const StyledLine line = styledLine(QStringLiteral("a\x1b[%1mb").arg(sequence));
        QCOMPARE(line.text, QStringLiteral("ab"));
        QCOMPARE(line.runs.size(), 1);
        QCOMPARE(line.runs[0].begin, 1);
        QCOMPARE(line.last.foreground, foreground);
        QCOMPARE(line.last.background, background);
        QCOMPARE(line.last.flags, flags);
    }

    void otherControlsGoOrShow() {
        QCOMPARE(cleanedLogText(QStringLiteral("\x1b[2Ja\x1b]0;title\x07"
                                               "b\x1b(Bc")),
                 QStringLiteral("abc"));
        QCOMPARE(cleanedLogText(QStringLiteral("bell\x07")), QStringLiteral("bell\u2407"));
        QCOMPARE(cleanedLogText(QStringLiteral("cut\x1b[3")), QStringLiteral("cut"));
    }

    void wideCharactersAndTabsTakeTheirCells() {
        const StyledLine line = read("a\t\xe6\xbc\xa2"
                                     "e\xcc\x81z"); // tab, Han, e with a combining acute
        QCOMPARE(line.cellOf(1), 1);
        QCOMPARE(line.cellOf(2), 8);
        QCOMPARE(line.cellOf(3), 10);
        QCOMPARE(line.cellOf(5), 11);
        QCOMPARE(line.cellCount(), 12);
        QCOMPARE(line.positionAt(5), 1);  // in the tab
        QCOMPARE(line.positionAt(9), 2);  // in the wide one
        QCOMPARE(line.positionAt(10), 3); // before the combining one, not in it
        QCOMPARE(line.positionAt(99), line.text.size());
    }

    void everyColourCanBeReadInLightAndDark() {
        for (const QPalette& palette : {lightPalette(), darkPalette()}) {
            const Colors colors = Colors::of(palette);
            for (quint32 index = 0; index < 256; ++index) {
                const auto onBase = colorsOf({TextStyle::kIndexed | index, 0, 0}, colors.text, colors.base);
                QVERIFY2(contrastOf(onBase.ink, colors.base) >= 4.5, qPrintable(QString::number(index)));
                const auto onPaper = colorsOf({0, TextStyle::kIndexed | index, 0}, colors.text, colors.base);
                QVERIFY2(contrastOf(onPaper.ink, onPaper.paper) >= 4.5, qPrintable(QString::number(index)));
            }
        }
    }
};

ESCALE_TEST(LogStyleTest)
#include "log_style_test.moc"
