#include "gui/common/terminal_screen.h"
#include "tests/support/test_registry.h"

#include <QSignalSpy>

using namespace escale::gui;

class TerminalScreenTest : public QObject {
    Q_OBJECT

    // Everything the screen sends to the program.
    static QByteArray sent(const QSignalSpy& spy) {
        QByteArray all;
        for (const auto& arguments : spy)
            all += arguments.first().toByteArray();
        return all;
    }

private Q_SLOTS:
    void namesColoursAndLooks() {
        TerminalScreen screen({20, 3});
        screen.feed("\x1b[31mr\x1b[0m\x1b[38;5;200mi\x1b[48;2;1;2;3mt\x1b[0;1;3;4;7mb");
        const auto cells = screen.line(0);
        QCOMPARE(cells[0].foreground, TerminalColor::indexed(1));
        QCOMPARE(cells[0].background, TerminalColor());
        QCOMPARE(cells[1].foreground, TerminalColor::indexed(200));
        QCOMPARE(cells[2].background, TerminalColor::rgb(1, 2, 3));
        QVERIFY(cells[3].bold && cells[3].italic && cells[3].underline && cells[3].reverse);
        QCOMPARE(cells[3].foreground, TerminalColor());
        QVERIFY(!cells[2].bold);
    }

    void takesCharactersInPieces() {
        TerminalScreen screen({20, 3});
        screen.feed("\xe2\x82");
        screen.feed("\xac");
        QCOMPARE(screen.text(0), QString(QChar(0x20AC)));
    }

    void wideCharactersTakeTwoCells() {
        TerminalScreen screen({20, 3});
        screen.feed("\xe6\xbc\xa2x");
        const auto cells = screen.line(0);
        QCOMPARE(int(cells[0].width), 2);
        QCOMPARE(int(cells[1].width), 0);
        QCOMPARE(cells[2].text(), QStringLiteral("x"));
        QCOMPARE(screen.text(0), QString(QChar(0x6F22)) + QLatin1Char('x'));
        QCOMPARE(screen.cursor(), QPoint(3, 0));
    }

    void accentsSitOnTheirLetter() {
        TerminalScreen screen({20, 3});
        screen.feed("e\xcc\x81!");
        QCOMPARE(screen.line(0)[0].text(), QStringLiteral("e") + QChar(0x0301));
        QCOMPARE(screen.line(0)[1].text(), QStringLiteral("!"));
    }

    void wrapsAtTheNewWidth() {
        TerminalScreen screen({10, 4});
        screen.resize({5, 4});
        screen.feed("abcdefg");
        QCOMPARE(screen.size(), QSize(5, 4));
        QCOMPARE(screen.text(0), QStringLiteral("abcde"));
        QCOMPARE(screen.text(1), QStringLiteral("fg"));
    }

    void longLinesAreBrokenAnewAtAnotherWidth() {
        // Given lines with colours, a wide character and a prompt with the cursor in it,
        TerminalScreen screen({10, 6});
        screen.feed("\x1b[31mabcdef\x1b[0mgh\r\n\xe6\xbc\xa2"
                    "12\r\n$ \x1b[32m");
        // when the screen gets narrower,
        screen.resize({5, 6});
        // then nothing is cut off, the cursor stays behind the prompt,
        QCOMPARE(screen.allText(), QStringLiteral("abcde\nfgh\n%1%2\n$").arg(QChar(0x6F22)).arg(12));
        QCOMPARE(screen.line(1)[0].foreground, TerminalColor::indexed(1));
        QCOMPARE(screen.line(1)[1].foreground, TerminalColor());
        QCOMPARE(screen.cursor(), QPoint(2, 3));
        screen.feed("x"); // with the program's pen
        QCOMPARE(screen.line(3)[2].foreground, TerminalColor::indexed(2));
        // and when it gets wide again the line is one.
        screen.resize({12, 6});
        QCOMPARE(screen.allText(), QStringLiteral("abcdefgh\n%1%2\n$ x").arg(QChar(0x6F22)).arg(12));
        QCOMPARE(screen.cursor(), QPoint(3, 2));
    }

    void whatDoesNotFitANarrowScreenGoesToTheScrollback() {
        TerminalScreen screen({10, 3});
        screen.feed("0123456789\r\nabcdefghij\r\n$ ");
        screen.resize({5, 3});
        QCOMPARE(screen.allText(), QStringLiteral("01234\n56789\nabcde\nfghij\n$"));
        QCOMPARE(screen.scrollbackLines(), 2);
        QCOMPARE(screen.cursor(), QPoint(2, 2));
    }

    void anEditorsScreenIsLeftToTheEditor() {
        TerminalScreen screen({10, 3});
        screen.feed("\x1b[?1049h\x1b[H0123456789");
        screen.resize({5, 3});
        QCOMPARE(screen.text(0), QStringLiteral("01234"));
        QCOMPARE(screen.text(1), QString());
    }

    void linesLeaveForTheScrollbackAndComeBack() {
        TerminalScreen screen({10, 3});
        QSignalSpy scrolled(&screen, &TerminalScreen::scrolled);
        screen.feed("\x1b[32mone\x1b[0m\r\ntwo\r\nthree\r\nfour\r\nfive");
        QCOMPARE(screen.scrollbackLines(), 2);
        QCOMPARE(screen.text(0), QStringLiteral("one"));
        QCOMPARE(screen.line(0)[0].foreground, TerminalColor::indexed(2));
        QCOMPARE(scrolled.count(), 1); // once for all that was fed
        QCOMPARE(scrolled[0][0].toInt(), 2);
        // When the screen grows, what had left it comes back with its colours.
        screen.resize({10, 5});
        QCOMPARE(screen.scrollbackLines(), 0);
        QCOMPARE(screen.text(0), QStringLiteral("one"));
        QCOMPARE(screen.line(0)[0].foreground, TerminalColor::indexed(2));
        QCOMPARE(screen.line(0)[4].background, TerminalColor());
    }

    void theScrollbackIsBounded() {
        TerminalScreen screen({10, 3});
        QByteArray lines;
        for (int i = 0; i < TerminalScreen::kMostLines + 50; ++i)
            lines += QByteArray::number(i) + "\r\n";
        screen.feed(lines);
        QCOMPARE(screen.scrollbackLines(), TerminalScreen::kMostLines);
        QCOMPARE(screen.text(0), QStringLiteral("48")); // two lines are still on the screen, one is empty
    }

    void theAlternateScreenLeavesTheFirstAsItWas() {
        TerminalScreen screen({10, 3});
        screen.feed("shell\x1b[?1049h\x1b[Heditor\r\n\n\n\n");
        QVERIFY(screen.isAlternate());
        QCOMPARE(screen.scrollbackLines(), 0);
        screen.feed("\x1b[?1049l");
        QVERIFY(!screen.isAlternate());
        QCOMPARE(screen.text(0), QStringLiteral("shell"));
    }

    void bracketsAPasteWhenAsked() {
        TerminalScreen screen;
        QSignalSpy output(&screen, &TerminalScreen::output);
        screen.paste(QStringLiteral("a\nb"));
        QCOMPARE(sent(output), QByteArray("a\rb"));
        output.clear();
        screen.feed("\x1b[?2004h");
        screen.paste(QStringLiteral("a\r\nb\x1b[201~c"));
        // The text cannot end its own brackets.
        QCOMPARE(sent(output), QByteArray("\x1b[200~a\rb[201~c\x1b[201~"));
    }

    void arrowsFollowTheModeOfTheProgram() {
        TerminalScreen screen;
        QSignalSpy output(&screen, &TerminalScreen::output);
        QVERIFY(screen.pressKey(Qt::Key_Up, {}, {}));
        screen.feed("\x1b[?1h");
        QVERIFY(screen.pressKey(Qt::Key_Up, {}, {}));
        QVERIFY(screen.pressKey(Qt::Key_Right, Qt::ControlModifier, {}));
        QCOMPARE(sent(output), QByteArray("\x1b[A\x1bOA\x1b[1;5C"));
    }

    void keysBecomeBytes_data() {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("letter") << int(Qt::Key_A) << 0 << "a" << QByteArray("a");
        QTest::newRow("accent") << int(Qt::Key_Eacute) << 0 << QString(QChar(0xE9)) << QByteArray("\xc3\xa9");
        QTest::newRow("Ctrl+C") << int(Qt::Key_C) << int(Qt::ControlModifier) << "\x03" << QByteArray("\x03");
        QTest::newRow("Ctrl+J") << int(Qt::Key_J) << int(Qt::ControlModifier) << "\n" << QByteArray("\n");
        QTest::newRow("Ctrl+Space") << int(Qt::Key_Space) << int(Qt::ControlModifier) << " "
                                    << QByteArray(1, '\0');
        QTest::newRow("Alt+B") << int(Qt::Key_B) << int(Qt::AltModifier) << "b"
                               << QByteArray("\x1b"
                                             "b");
        QTest::newRow("Return") << int(Qt::Key_Return) << 0 << "\r" << QByteArray("\r");
        QTest::newRow("Shift+Return")
            << int(Qt::Key_Return) << int(Qt::ShiftModifier) << "\r" << QByteArray("\r");
        QTest::newRow("Backspace") << int(Qt::Key_Backspace) << 0 << "\b" << QByteArray("\x7f");
        QTest::newRow("Shift+Tab") << int(Qt::Key_Backtab) << int(Qt::ShiftModifier) << ""
                                   << QByteArray("\x1b[Z");
        QTest::newRow("F5") << int(Qt::Key_F5) << 0 << "" << QByteArray("\x1b[15~");
        QTest::newRow("Shift alone") << int(Qt::Key_Shift) << int(Qt::ShiftModifier) << "" << QByteArray();
    }
    void keysBecomeBytes() {
        QFETCH(const int, key);
        QFETCH(const int, modifiers);
        QFETCH(const QString, text);
        QFETCH(const QByteArray, bytes);
        TerminalScreen screen;
        QSignalSpy output(&screen, &TerminalScreen::output);
        QCOMPARE(screen.pressKey(key, Qt::KeyboardModifiers(modifiers), text), !bytes.isEmpty());
        QCOMPARE(sent(output), bytes);
    }

    void answersTheProgramsQuestions() {
        TerminalScreen screen({20, 5});
        QSignalSpy output(&screen, &TerminalScreen::output);
        screen.feed("\r\nab\x1b[6n");
        QCOMPARE(sent(output), QByteArray("\x1b[2;3R"));
    }

    void tellsOfTheMouseWhenAsked() {
        TerminalScreen screen({20, 5});
        QSignalSpy output(&screen, &TerminalScreen::output);
        screen.pressMouse(1, true, {3, 1}, {});
        QCOMPARE(output.count(), 0);
        QVERIFY(!screen.reportsMouse());
        screen.pressMouse(1, false, {3, 1}, {});
        screen.feed("\x1b[?1000h\x1b[?1006h");
        QVERIFY(screen.reportsMouse());
        screen.pressMouse(1, true, {4, 1}, {});
        QCOMPARE(sent(output), QByteArray("\x1b[<0;5;2M"));
    }

    void hearsTitleAndBell() {
        TerminalScreen screen;
        QSignalSpy title(&screen, &TerminalScreen::titleChanged);
        QSignalSpy bell(&screen, &TerminalScreen::bell);
        screen.feed("\x1b]0;top of it\x07\x07");
        QCOMPARE(screen.title(), QStringLiteral("top of it"));
        QCOMPARE(title.count(), 1);
        QCOMPARE(bell.count(), 1);
    }

    void recoversFromAProgramThatWasKilled() {
        TerminalScreen screen({20, 5});
        screen.feed("before\x1b[?1049h\x1b[?1000h\x1b[?2004h\x1b[?25l\x1b[31mred");
        screen.recover();
        QVERIFY(!screen.isAlternate());
        QVERIFY(!screen.reportsMouse());
        QVERIFY(screen.isCursorVisible());
        screen.feed("after");
        QCOMPARE(screen.text(0), QStringLiteral("before"));
        QCOMPARE(screen.text(1), QStringLiteral("after"));
        QCOMPARE(screen.line(1)[0].foreground, TerminalColor());
        QSignalSpy output(&screen, &TerminalScreen::output);
        screen.paste(QStringLiteral("x"));
        QCOMPARE(sent(output), QByteArray("x"));
    }

    void recoveringLeavesTheCursorBehindTheText() {
        TerminalScreen screen({20, 5});
        screen.feed("one\r\ntwo\r\n$ exit\r\n");
        screen.recover();
        QCOMPARE(screen.cursor(), QPoint(0, 3));
    }
};

ESCALE_TEST(TerminalScreenTest)
#include "terminal_screen_test.moc"
