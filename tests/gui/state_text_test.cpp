#include "gui/containers/state_text.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::gui;

class StateTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysExitStatusesInWords_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("oom");
        QTest::addColumn<QString>("words");
        QTest::newRow("0") << 0 << false << "exited (0)";
        QTest::newRow("3") << 3 << false << "failed (3)";
        QTest::newRow("137") << 137 << false << "killed by SIGKILL (137)";
        QTest::newRow("139") << 139 << false << "killed by SIGSEGV (139)";
        QTest::newRow("143") << 143 << false << "stopped by SIGTERM (143)";
        QTest::newRow("127") << 127 << false << "command not found (127)";
        QTest::newRow("255") << 255 << false << "failed (255)";
        QTest::newRow("memory") << 137 << true << "ran out of memory (137)";
    }
    void saysExitStatusesInWords() {
        QFETCH(const int, code);
        QFETCH(const bool, oom);
        QFETCH(const QString, words);
        dbus::Container container = test::container(QStringLiteral("a"), QStringLiteral("exited"), code);
        container.oomKilled = oom;
        QCOMPARE(stateText(container), words);
    }

    void aStopThatWasAskedForIsNotBad() {
        QCOMPARE(stateTone(test::container(QStringLiteral("a"), QStringLiteral("exited"), 143)), Tone::Idle);
        QCOMPARE(stateTone(test::container(QStringLiteral("a"), QStringLiteral("exited"), 1)), Tone::Bad);
        QCOMPARE(stateTone(test::container(QStringLiteral("a"))), Tone::Good);
    }
};

ESCALE_TEST(StateTextTest)
#include "state_text_test.moc"
