#include "gui/containers/container_undo.h"

#include "gui/client/engine_client.h"
#include "gui/common/error_banner.h"
#include "gui/containers/action_notice.h"
#include "gui/containers/containers_model.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QAction>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace escale;
using namespace escale::gui;
using Kind = ContainerActions::Kind;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

dbus::Container webNow(const char* state, qint64 started) {
    dbus::Container web = test::container(u("1"), u(state));
    web.name = u("web");
    web.started = started;
    return web;
}

// The pane's undo with containers that are put into the list; what undoing asks the engine is noted.
struct Scene {
    QWidget pane;
    EngineClient client;
    ContainersModel model;
    ErrorBanner error{&pane};
    ContainerUndo* undo = new ContainerUndo(client, model, error, &pane);
    QStringList asked;
    QSet<QString> failing; // ids

    explicit Scene(const dbus::ContainerList& list) { show(list); }
    void show(const dbus::ContainerList& list) {
        model.setContainers(list);
        undo->refresh();
    }
    // The action on these containers, as they are in the list, has been done.
    void did(Kind kind, const QStringList& ids) {
        QList<dbus::Container> before;
        for (const QString& id : ids)
            before.append(*model.find(id));
        auto way = wayBackFrom(kind, before, client);
        QVERIFY(way);
        way->act = [this](const BulkTarget& target, QObject*, const Answer<>& answer) {
            asked.append(target.id);
            failing.contains(target.id) ? answer(fail(ErrorCode::SystemFailure, "no")) : answer({});
        };
        undo->offer(*way);
    }
    [[nodiscard]] QString text() const { return undo->action()->text().remove(u'&'); }
};

} // namespace

// Without an engine.
class ContainerUndoTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingWasDoneYet() {
        Scene scene({});
        QVERIFY(!scene.undo->action()->isEnabled());
        QCOMPARE(scene.text(), u("Undo"));
    }

    void theLastActionIsUndone() {
        // Given a container that was stopped, the notice tells it and how to undo it.
        Scene scene({webNow("running", 10)});
        scene.did(Kind::Stop, {u("1")});
        QCOMPARE(scene.undo->notice()->text(), u("“web” was stopped."));
        QVERIFY(scene.undo->notice()->findChild<QToolButton*>(u("containers.undo.button")) != nullptr);
        scene.show({webNow("exited", 10)});
        QCOMPARE(scene.text(), u("Undo: stop web"));
        // When it is undone, then once.
        scene.undo->action()->trigger();
        QCOMPARE(scene.asked, QStringList(u("1")));
        QVERIFY(!scene.undo->action()->isEnabled());
        QVERIFY(scene.undo->notice()->isHidden());
    }

    void severalAreOneUndo() {
        Scene scene({test::container(u("a")), test::container(u("b"))});
        scene.did(Kind::Stop, {u("a"), u("b")});
        QVERIFY2(scene.text().startsWith(u("Undo: stop 2 container")), qPrintable(scene.text()));
        scene.undo->action()->trigger();
        QCOMPARE(scene.asked, (QStringList{u("a"), u("b")}));
    }

    void actionsAreUndoneOneAfterTheOther() {
        Scene scene({webNow("running", 10), test::container(u("2"))});
        scene.did(Kind::Stop, {u("1")});
        scene.did(Kind::Pause, {u("2")});
        scene.undo->action()->trigger();
        QCOMPARE(scene.text(), u("Undo: stop web"));
        scene.undo->action()->trigger();
        QCOMPARE(scene.asked, (QStringList{u("2"), u("1")}));
    }

    void aChangeSinceIsWhyItCannotBeUndone_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QList<dbus::Container>>("since");
        QTest::addColumn<QString>("reason");
        using List = QList<dbus::Container>;
        QTest::newRow("stopped, started by another")
            << int(Kind::Stop) << u("running") << List{webNow("exited", 10), webNow("running", 20)}
            << u("web was started since");
        QTest::newRow("stopped, started and ended")
            << int(Kind::Stop) << u("running") << List{webNow("exited", 20)} << u("web was started since");
        QTest::newRow("started, ended by itself")
            << int(Kind::Start) << u("exited") << List{webNow("running", 20), webNow("exited", 20)}
            << u("web has ended since");
        QTest::newRow("started, and started anew")
            << int(Kind::Start) << u("exited") << List{webNow("running", 20), webNow("running", 30)}
            << u("web was started since");
        QTest::newRow("paused, unpaused by another")
            << int(Kind::Pause) << u("running") << List{webNow("paused", 10), webNow("running", 10)}
            << u("web was unpaused since");
        QTest::newRow("paused, killed")
            << int(Kind::Pause) << u("running") << List{webNow("exited", 10)} << u("web has ended since");
        QTest::newRow("unpaused, paused by another")
            << int(Kind::Unpause) << u("paused") << List{webNow("running", 10), webNow("paused", 10)}
            << u("web was paused since");
    }
    void aChangeSinceIsWhyItCannotBeUndone() {
        QFETCH(const int, kind);
        QFETCH(const QString, before);
        QFETCH(const QList<dbus::Container>, since);
        QFETCH(const QString, reason);
        Scene scene({webNow(qPrintable(before), 10)});
        scene.did(Kind(kind), {u("1")});
        QVERIFY(scene.undo->action()->isEnabled()); // the list has not heard of it yet
        for (const dbus::Container& now : since)
            scene.show({now});
        QVERIFY(!scene.undo->action()->isEnabled());
        QVERIFY2(scene.text().endsWith(u(" (") + reason + u(")")), qPrintable(scene.text()));
        QVERIFY(scene.undo->action()->toolTip().contains(reason));
    }

    void oneThatIsGoneIsLeftOut() {
        // Given two that were stopped, when one is removed, then the undo is about the other one;
        Scene scene({test::container(u("a")), test::container(u("b"))});
        scene.did(Kind::Stop, {u("a"), u("b")});
        scene.show({test::container(u("b"), u("exited"))});
        QVERIFY(scene.undo->action()->isEnabled());
        // and when that is gone, too, says so.
        scene.show({});
        QVERIFY(!scene.undo->action()->isEnabled());
        QVERIFY2(scene.text().contains(u("name-a is gone")), qPrintable(scene.text()));
    }

    void aNewContainerMayBeMissingInTheList() {
        // Given a way back from a container that has just been made, when the list has not heard of it yet,
        Scene scene({});
        WayBack way;
        way.what = u("edit web");
        way.targets = {{u("1"), u("web")}};
        way.obstacle = [](const dbus::Container&) { return QString(); };
        scene.undo->offer(way);
        // then it can be undone, until it was there and has gone.
        QVERIFY(scene.undo->action()->isEnabled());
        scene.show({webNow("running", 10)});
        QVERIFY(scene.undo->action()->isEnabled());
        scene.show({});
        QVERIFY(!scene.undo->action()->isEnabled());
    }

    void whatFailsCanBeTriedAgain() {
        Scene scene({test::container(u("a")), test::container(u("b"))});
        scene.did(Kind::Stop, {u("a"), u("b")});
        scene.failing = {u("b")};
        scene.undo->action()->trigger();
        QVERIFY2(scene.error.message().startsWith(u("Undo: stop 2 container")),
                 qPrintable(scene.error.message()));
        scene.failing.clear();
        scene.asked.clear();
        scene.undo->action()->trigger();
        QCOMPARE(scene.asked, QStringList(u("b")));
    }

    void whatAnActionWorksOnWaits() {
        Scene scene({webNow("running", 10)});
        scene.did(Kind::Stop, {u("1")});
        scene.undo->setBusy({u("1")}, true);
        QVERIFY(!scene.undo->action()->isEnabled());
        scene.undo->setBusy({u("1")}, false);
        QVERIFY(scene.undo->action()->isEnabled());
    }

    void whatDestroysHasNoWayBack() {
        EngineClient client;
        dbus::Container temporary = webNow("running", 10);
        temporary.removeWhenStopped = true;
        QVERIFY(!wayBackFrom(Kind::Stop, {temporary}, client));
        QVERIFY(!wayBackFrom(Kind::Start, {temporary}, client)); // to stop it would remove it
        QVERIFY(wayBackFrom(Kind::Pause, {temporary}, client));
        for (const Kind kind : {Kind::Remove, Kind::Kill, Kind::Restart})
            QVERIFY(!wayBackFrom(kind, {webNow("running", 10)}, client));
    }

    void aNameThatWasGivenSinceStays() {
        EngineClient client;
        const WayBack way = wayBackFromRename(u("1"), u("web"), u("shop"), client);
        dbus::Container now = webNow("running", 10);
        QCOMPARE(way.obstacle(now), QString()); // the list has not heard of it
        now.name = u("shop");
        QCOMPARE(way.obstacle(now), QString());
        now.name = u("other");
        QCOMPARE(way.obstacle(now), u("it was renamed to other since"));
    }

    void limitsThatWereChangedSinceStay() {
        EngineClient client;
        const ContainerDetails before{webNow("running", 10), {{u("memory"), qulonglong(1 << 28)}}, {}};
        const QVariantMap given{{u("memory"), qulonglong(1 << 29)}, {u("restart"), u("always")}};
        const WayBack way = wayBackFromUpdate(before, given, client);
        ContainerDetails now{before.container, given, {}};
        QCOMPARE(way.limitsObstacle(now), QString());
        now.options.insert(u("cpus"), 2.0); // another one than was changed
        QCOMPARE(way.limitsObstacle(now), QString());
        now.options.insert(u("restart"), u("no"));
        QCOMPARE(way.limitsObstacle(now), u("web was changed since"));
    }

    void theKeyIsThePanesButForFields() {
        // Given a pane with a field, when something was done,
        Scene scene({webNow("running", 10)});
        auto* field = new QLineEdit(&scene.pane);
        auto* list = new QToolButton(&scene.pane);
        list->setFocusPolicy(Qt::StrongFocus);
        scene.pane.show();
        QVERIFY(QTest::qWaitForWindowActive(&scene.pane));
        scene.did(Kind::Stop, {u("1")});
        // then Ctrl+Z in the field is about its text, elsewhere about the containers.
        field->setFocus();
        QTest::keyClicks(field, u("abc"));
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(field->text(), QString());
        QVERIFY(scene.asked.isEmpty());
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(scene.asked, QStringList(u("1")));
    }
};

ESCALE_TEST(ContainerUndoTest)
#include "container_undo_test.moc"
