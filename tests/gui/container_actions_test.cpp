#include "gui/containers/container_actions.h"

#include "gui/client/engine_client.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/containers/container_undo.h"
#include "gui/containers/containers_model.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>

using namespace escale;
using namespace escale::gui;
using Actions = ContainerActions;

// Without an engine: what reaches it comes back as an error.
class ContainerActionsTest : public QObject {
    Q_OBJECT

    struct Scene {
        QWidget pane;
        EngineClient client;
        ContainersModel model;
        ErrorBanner error{&pane};
        Confirmation confirmation{&pane};
        ContainerUndo* undo = new ContainerUndo(client, model, error, &pane);
        Actions* actions = new Actions(client, model, error, confirmation, *undo, &pane);

        explicit Scene(const QStringList& states) {
            dbus::ContainerList list;
            QStringList ids;
            for (const QString& state : states) {
                ids.append(QString::number(ids.size()));
                list.append(test::container(ids.last(), state));
            }
            model.setContainers(list);
            actions->setSelection(ids);
        }
        // The kinds that are enabled, one letter each.
        [[nodiscard]] QString enabled() const {
            QString letters;
            for (int kind = 0; kind < Actions::KindCount; ++kind)
                letters += actions->action(static_cast<Actions::Kind>(kind))->isEnabled()
                               ? QLatin1Char("sSrpukRnodiIeU"[kind])
                               : QLatin1Char('.');
            return letters;
        }
        [[nodiscard]] QString question() const { return confirmation.accessibleName(); }
    };

private Q_SLOTS:
    void theSelectionSaysWhatIsPossible_data() {
        // Start Stop Restart Pause Unpause Kill Remove reName Openport Debug copyId copyName Edit UpdateImage
        QTest::addColumn<QStringList>("states");
        QTest::addColumn<QString>("enabled");
        QTest::newRow("nothing") << QStringList() << "..............";
        QTest::newRow("running") << QStringList{QStringLiteral("running")} << ".Srp.kRn.diIeU";
        QTest::newRow("paused") << QStringList{QStringLiteral("paused")} << ".S..ukRn..iIeU";
        QTest::newRow("exited") << QStringList{QStringLiteral("exited")} << "s.r...Rn..iIeU";
        QTest::newRow("created") << QStringList{QStringLiteral("created")} << "s.....Rn..iIeU";
        QTest::newRow("restarting") << QStringList{QStringLiteral("restarting")} << ".S....Rn..iIeU";
        QTest::newRow("two") << QStringList{QStringLiteral("running"), QStringLiteral("exited")}
                             << "sSrp.kR...iI..";
    }
    void theSelectionSaysWhatIsPossible() {
        QFETCH(const QStringList, states);
        QFETCH(const QString, enabled);
        const Scene scene(states);
        QCOMPARE(scene.enabled(), enabled);
    }

    void errorsOfSeveralAreShownTogether() {
        // Given two that run and one that does not, when all are stopped and the engine is away,
        Scene scene({QStringLiteral("running"), QStringLiteral("exited"), QStringLiteral("running")});
        scene.actions->action(Actions::Stop)->trigger();
        // then one banner says so, of the two only; and they can be tried again.
        QTRY_VERIFY(!scene.error.message().isEmpty());
        QVERIFY2(scene.error.message().startsWith(QStringLiteral("2 of 2 could not be stopped: name-0: ")),
                 qPrintable(scene.error.message()));
        QVERIFY(scene.error.message().contains(QStringLiteral("name-2: ")));
        QVERIFY(scene.actions->action(Actions::Stop)->isEnabled());
    }

    void removalAsksOnce() {
        Scene scene({QStringLiteral("running"), QStringLiteral("exited"), QStringLiteral("exited")});
        scene.actions->action(Actions::Remove)->trigger();
        QVERIFY(scene.error.message().isEmpty());
        QVERIFY2(scene.question().startsWith(QStringLiteral("Remove 3 container")),
                 qPrintable(scene.question()));
        QVERIFY2(scene.question().contains(QStringLiteral("1 of them")), qPrintable(scene.question()));
        scene.confirmation.findChild<QPushButton*>(QStringLiteral("confirmation.yes"))->click();
        QTRY_VERIFY(scene.error.message().startsWith(QStringLiteral("3 of 3 could not be removed")));
    }

    void aStopThatRemovesAsks() {
        Scene scene({QStringLiteral("running")});
        dbus::Container container = *scene.model.find(QStringLiteral("0"));
        container.removeWhenStopped = true;
        scene.model.update(container);
        scene.actions->action(Actions::Stop)->trigger();
        QVERIFY(scene.error.message().isEmpty());
        QVERIFY(scene.question().contains(QStringLiteral("is removed with all files")));
    }

    void aKillThatRemovesAsks() {
        Scene scene({QStringLiteral("running")});
        dbus::Container container = *scene.model.find(QStringLiteral("0"));
        container.removeWhenStopped = true;
        scene.model.update(container);
        QMenu* menu = scene.actions->action(Actions::Kill)->menu();
        menu->actions().first()->trigger();
        QVERIFY(scene.question().contains(QStringLiteral("is removed with all files")));
        QVERIFY(scene.error.message().isEmpty());
    }

    void killOffersSignals() {
        Scene scene({QStringLiteral("running")});
        QMenu* menu = scene.actions->action(Actions::Kill)->menu();
        QVERIFY(menu != nullptr);
        QVERIFY(menu->actions().first()->text().startsWith(QStringLiteral("SIGKILL")));
        menu->actions().at(4)->trigger();
        QTRY_VERIFY(scene.error.message().startsWith(QStringLiteral("Send a signal to name-0: ")));
    }

    void portsAreOpenedFromTheKeyboard() {
        // Given a running container with one port for browsers,
        Scene scene({QStringLiteral("running")});
        dbus::Container container = *scene.model.find(QStringLiteral("0"));
        container.ports = {QStringLiteral("127.0.0.1:8080->80/tcp"), QStringLiteral("0.0.0.0:53->53/udp")};
        scene.model.update(container);
        scene.actions->setSelection({container.id});
        QSignalSpy asked(scene.actions, &Actions::portRequested);
        QAction* open = scene.actions->action(Actions::OpenPort);
        // then the action opens it; with two there is a menu to choose from.
        open->trigger();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked[0][0].toUrl(), QUrl(QStringLiteral("http://127.0.0.1:8080")));
        container.ports.append(QStringLiteral("127.0.0.1:9090->90/tcp"));
        scene.model.update(container);
        scene.actions->setSelection({container.id});
        QVERIFY(open->menu() != nullptr);
        QCOMPARE(open->menu()->actions().size(), 2);
    }

    void editIsAskedForOneThatIsNotBusy() {
        Scene scene({QStringLiteral("running")});
        QSignalSpy asked(scene.actions, &Actions::editRequested);
        scene.actions->action(Actions::Edit)->trigger();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("0"));
        scene.actions->setBusy({QStringLiteral("0")}, true);
        QCOMPARE(scene.enabled(), QStringLiteral("..........iI.."));
        scene.actions->setBusy({QStringLiteral("0")}, false);
        QVERIFY(scene.actions->action(Actions::UpdateImage)->isEnabled());
    }

    void idsAndNamesAreCopied() {
        Scene scene({QStringLiteral("running"), QStringLiteral("exited")});
        scene.actions->action(Actions::CopyName)->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("name-0\nname-1"));
        scene.actions->action(Actions::CopyId)->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("0\n1"));
    }
};

ESCALE_TEST(ContainerActionsTest)
#include "container_actions_test.moc"
