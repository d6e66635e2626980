#include "gui/containers/exit_status.h"
#include "tests/support/test_registry.h"

#include <QSet>

using namespace escale::gui;

class ExitStatusTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsNameTheCause_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("oom");
        QTest::addColumn<QString>("words");
        QTest::newRow("0") << 0 << false << "exited (0)";
        QTest::newRow("1") << 1 << false << "failed (1)";
        QTest::newRow("125") << 125 << false << "could not be started (125)";
        QTest::newRow("126") << 126 << false << "command cannot be executed (126)";
        QTest::newRow("127") << 127 << false << "command not found (127)";
        QTest::newRow("128 is no signal") << 128 << false << "failed (128)";
        QTest::newRow("130") << 130 << false << "stopped by SIGINT (130)";
        QTest::newRow("134") << 134 << false << "killed by SIGABRT (134)";
        QTest::newRow("137") << 137 << false << "killed by SIGKILL (137)";
        QTest::newRow("memory") << 137 << true << "ran out of memory (137)";
        QTest::newRow("139") << 139 << false << "killed by SIGSEGV (139)";
        QTest::newRow("143") << 143 << false << "stopped by SIGTERM (143)";
        QTest::newRow("255") << 255 << false << "failed (255)";
    }
    void wordsNameTheCause() {
        QFETCH(const int, code);
        QFETCH(const bool, oom);
        QFETCH(const QString, words);
        QCOMPARE(exitWords({code, oom}), words);
    }

    void adviceSaysWhatToDo_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("oom");
        QTest::addColumn<QString>("part");
        QTest::newRow("fine") << 0 << false << "ended well";
        QTest::newRow("memory limit") << 137 << true << "Raise the memory limit";
        QTest::newRow("killed without it") << 137 << false << "not by its memory limit";
        QTest::newRow("crash") << 139 << false << "crashed";
        QTest::newRow("stopped") << 143 << false << "nothing to mend";
        QTest::newRow("not executable") << 126 << false << "execute permission";
        QTest::newRow("no command") << 127 << false << "PATH";
        QTest::newRow("not started") << 125 << false << "options";
        QTest::newRow("seccomp") << 159 << false << "seccomp";
        QTest::newRow("its own") << 42 << false << "the program's own";
    }
    void adviceSaysWhatToDo() {
        QFETCH(const int, code);
        QFETCH(const bool, oom);
        QFETCH(const QString, part);
        QVERIFY2(exitAdvice({code, oom}).contains(part), qPrintable(exitAdvice({code, oom})));
    }

    void onlyWhatNobodyAskedForIsBad() {
        for (const int asked : {0, 130, 137, 143})
            QVERIFY2(!exitIsBad({asked, false}), qPrintable(QString::number(asked)));
        for (const int bad : {1, 125, 126, 127, 134, 139, 255})
            QVERIFY2(exitIsBad({bad, false}), qPrintable(QString::number(bad)));
        QVERIFY(exitIsBad({137, true}));
    }
};

ESCALE_TEST(ExitStatusTest)
#include "exit_status_test.moc"
