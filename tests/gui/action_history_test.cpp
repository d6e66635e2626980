#include "gui/app/action_history.h"

#include "gui/app/jobs_drawer.h"
#include "gui/client/engine_client.h"
#include "tests/support/test_registry.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QToolButton>

using namespace escale;
using namespace escale::gui;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

BusCall pauseCall(quint64 number) {
    return {number, u("org.escale.Engine1.Containers"), u("Pause"), {QString::number(number)}};
}

} // namespace

// Without an engine: its calls are told as if they had been sent.
class ActionHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anActionThatIsNoJobIsKept() {
        EngineClient client;
        const ActionHistory history(client);
        Q_EMIT client.called(pauseCall(1));
        QCOMPARE(history.all().size(), 1);
        const Action& action = *history.all().first();
        QVERIFY(action.isRunning());
        QCOMPARE(action.trace()->docker, u("docker pause 1"));
        Q_EMIT client.answered({1, {}, Error{ErrorCode::WrongState, "it is paused", {}, {}}});
        QVERIFY(!action.isRunning());
        QCOMPARE(action.error()->message, std::string("it is paused"));
    }

    void readingIsNoAction() {
        EngineClient client;
        const ActionHistory history(client);
        Q_EMIT client.called({1, u("org.escale.Engine1.Containers"), u("Inspect"), {u("1")}});
        QVERIFY(history.all().isEmpty());
    }

    void atMostSoManyAreKept() {
        // Given one that runs and many that ended, when there are too many, then the oldest that ended go.
        EngineClient client;
        const ActionHistory history(client);
        Q_EMIT client.called(pauseCall(1));
        for (quint64 number = 2; number <= ActionHistory::kMost + 10; ++number) {
            Q_EMIT client.called(pauseCall(number));
            Q_EMIT client.answered({number, {}, {}});
        }
        QCOMPARE(history.all().size(), ActionHistory::kMost);
        QCOMPARE(history.all().first()->number(), 1U);
        QCOMPARE(history.all().at(1)->number(), 12U);
        QCOMPARE(history.all().last()->number(), quint64(ActionHistory::kMost + 10));
    }

    void whatIsOverIsForgotten() {
        EngineClient client;
        ActionHistory history(client);
        Q_EMIT client.called(pauseCall(1));
        Q_EMIT client.called(pauseCall(2));
        Q_EMIT client.answered({2, {}, {}});
        history.clearEnded();
        QCOMPARE(history.all().size(), 1);
        QCOMPARE(history.runningCount(), 1);
    }

    void aRowOpensAndItsLinesAreCopied() {
        EngineClient client;
        JobsDrawer drawer(client);
        drawer.resize(900, 400);
        drawer.setOpen(true);
        drawer.show();
        Q_EMIT client.called(pauseCall(1));
        Q_EMIT client.called(pauseCall(2));
        // The newest is on top.
        const auto toggles = drawer.findChildren<QToolButton*>(u("jobRow.toggle"));
        QCOMPARE(toggles.size(), 2);
        QTRY_VERIFY(toggles[1]->mapTo(&drawer, QPoint()).y() < toggles[0]->mapTo(&drawer, QPoint()).y());
        QVERIFY(drawer.findChild<QLabel*>(u("actionDetails.docker")) == nullptr);
        toggles[1]->click();
        QCOMPARE(drawer.findChild<QLabel*>(u("actionDetails.docker"))->text(), u("docker pause 2"));
        drawer.findChild<QToolButton*>(u("actionDetails.call.copy"))->click();
        QCOMPARE(
            QApplication::clipboard()->text(),
            u("busctl call org.escale.Engine1 /org/escale/Engine1 org.escale.Engine1.Containers Pause s 2"));
        auto* kernel = drawer.findChild<QLabel*>(u("actionDetails.kernel"));
        QVERIFY(!kernel->isVisible());
        drawer.findChild<QToolButton*>(u("actionDetails.kernel.fold"))->click();
        QVERIFY(kernel->isVisible());
        QVERIFY(kernel->text().contains(u("cgroup.freeze")));
    }
};

ESCALE_TEST(ActionHistoryTest)
#include "action_history_test.moc"
