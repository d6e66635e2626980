#include "gui/client/engine_client.h"
#include "gui/common/empty_state.h"
#include "gui/common/table.h"
#include "gui/containers/processes_model.h"
#include "gui/containers/processes_tab.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QSignalSpy>

using namespace escale;
using namespace escale::gui;

class ProcessesTabTest : public QObject {
    Q_OBJECT

    static dbus::ContainerProcess process(quint32 pid, quint32 inside, quint64 cpu = 0,
                                          const char* state = "S") {
        return {pid,
                inside,
                inside == 1 ? 0U : 1000U,
                inside == 1 ? 0U : 33U,
                QString::fromLatin1(state),
                cpu,
                4096 * 1024ULL,
                1'767'225'600'000,
                QString(),
                QStringLiteral("program %1").arg(inside)};
    }
    static constexpr qint64 kSecond = 1'000'000'000;

    static QAction* action(Table& table, const char* text) {
        for (QAction* one : table.actions()) {
            if (one->text().remove(QLatin1Char('&')).startsWith(QString::fromLatin1(text)))
                return one;
        }
        return nullptr;
    }
    static Table& table(ProcessesTab& tab) {
        return *tab.findChild<Table*>(QStringLiteral("containersPane.processTable"));
    }

private Q_SLOTS:
    void rowsFollowTheListWithFewChanges() {
        ProcessesModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setProcesses({process(1000, 1), process(1001, 2), process(1002, 3)}, 0);
        const QPersistentModelIndex kept = model.index(2, 0);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setProcesses({process(1000, 1), process(1002, 3), process(1003, 4)}, kSecond);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(kept.data().toString(), QStringLiteral("3"));
    }

    void aPidThatIsGivenAgainIsAnotherProcess() {
        ProcessesModel model;
        model.setProcesses({process(1000, 1, 5000)}, 0);
        dbus::ContainerProcess later = process(1000, 1, 6000);
        later.started += 1000;
        model.setProcesses({later}, kSecond);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, ProcessesModel::Cpu).data(kSortRole).toDouble(), -1.0); // no rate yet
    }

    void processorUseIsTheDifferenceOfTwoReadings() {
        ProcessesModel model;
        model.setProcesses({process(1000, 1, 100)}, 0);
        QCOMPARE(model.index(0, ProcessesModel::Cpu).data(kSortRole).toDouble(), -1.0);
        model.setProcesses({process(1000, 1, 1100)}, 2 * kSecond);
        QCOMPARE(model.index(0, ProcessesModel::Cpu).data(kSortRole).toDouble(), 50.0);
    }

    void statesAreWords() {
        QCOMPARE(processStateText(QStringLiteral("S")), QStringLiteral("sleeping"));
        QCOMPARE(processStateText(QStringLiteral("D")), QStringLiteral("waits for a device"));
        QCOMPARE(processStateText(QStringLiteral("Z")), QStringLiteral("ended, not collected"));
    }

    void onlyTheFirstProcessGetsSignals() {
        EngineClient client;
        ProcessesTab tab(client);
        dbus::Container container = test::container(QStringLiteral("a"));
        container.pid = 1000;
        tab.setContainer(&container);
        tab.take({process(1000, 1), process(1001, 2)}, 0);
        tab.show();
        table(tab).selectId(QStringLiteral("1000"));
        QVERIFY(action(table(tab), "Send a signal")->isEnabled());
        QVERIFY(action(table(tab), "Send a signal")->menu()->actions().size() >= 8);
        table(tab).selectId(QStringLiteral("1001"));
        QVERIFY(!action(table(tab), "Send a signal")->isEnabled());
    }

    void killingIsAskedBefore() {
        EngineClient client;
        ProcessesTab tab(client);
        const dbus::Container container = test::container(QStringLiteral("a"));
        tab.setContainer(&container);
        tab.take({process(1000, 1)}, 0);
        tab.show();
        table(tab).selectId(QStringLiteral("1000"));
        auto* question = tab.findChild<QWidget*>(QStringLiteral("confirmation"));
        QVERIFY(!question->isVisible());
        action(table(tab), "Send a signal")->menu()->actions().last()->trigger();
        QVERIFY(question->isVisible());
    }

    void copiesBothNumbers() {
        EngineClient client;
        ProcessesTab tab(client);
        const dbus::Container container = test::container(QStringLiteral("a"));
        tab.setContainer(&container);
        tab.take({process(1000, 1)}, 0);
        table(tab).selectId(QStringLiteral("1000"));
        action(table(tab), "Copy the PID in")->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("1"));
        action(table(tab), "Copy the PID on")->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("1000"));
    }

    void saysWhatToDoWhenNothingRuns() {
        EngineClient client;
        ProcessesTab tab(client);
        tab.show();
        const dbus::Container running = test::container(QStringLiteral("a"));
        tab.setContainer(&running);
        tab.take({process(1000, 1)}, 0);
        QVERIFY(table(tab).isVisible());
        const dbus::Container stopped = test::container(QStringLiteral("a"), QStringLiteral("exited"));
        tab.setContainer(&stopped);
        QVERIFY(!table(tab).isVisible());
        QCOMPARE(tab.findChild<EmptyState*>()->title(), QStringLiteral("The container does not run"));
        QCOMPARE(tab.model().rowCount(), 0);
    }
};

ESCALE_TEST(ProcessesTabTest)
#include "processes_tab_test.moc"
