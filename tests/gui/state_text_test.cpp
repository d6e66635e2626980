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

    void aContainerThatKeepsRestartingSaysWhy() {
        // Given one between two tries of its policy, which was killed for its memory,
        dbus::Container container = test::container(QStringLiteral("a"), QStringLiteral("restarting"), 137);
        container.oomKilled = true;
        container.restartCount = 3;
        container.finished = container.started + 1000;
        // then the cell says what ended it, and the explanation how often and what to do.
        QCOMPARE(stateText(container), QStringLiteral("restarting: ran out of memory (137)"));
        QCOMPARE(stateTone(container), Tone::Bad);
        const QString told = stateExplanation(container);
        QVERIFY2(told.contains(QLatin1String("3 time")), qPrintable(told));
        QVERIFY2(told.contains(QLatin1String("Raise the memory limit")), qPrintable(told));
    }

    void healthIsPartOfTheColour() {
        dbus::Container container = test::container(QStringLiteral("a"));
        container.health = QStringLiteral("unhealthy");
        QCOMPARE(stateTone(container), Tone::Bad);
        QCOMPARE(healthText(container), QStringLiteral("unhealthy"));
        QVERIFY(stateExplanation(container).contains(QLatin1String("health check fails")));
        container.health = QStringLiteral("starting");
        QCOMPARE(stateTone(container), Tone::Busy);
        // What a check said before the container ended tells nothing any more.
        container.state = QStringLiteral("exited");
        QVERIFY(healthText(container).isEmpty());
    }
};

ESCALE_TEST(StateTextTest)
#include "state_text_test.moc"
