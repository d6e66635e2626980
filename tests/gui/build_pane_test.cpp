#include "gui/build/build_pane.h"

#include "gui/app/action_history.h"
#include "gui/build/build_cache_model.h"
#include "gui/build/build_form.h"
#include "gui/build/build_graph_view.h"
#include "gui/build/build_page.h"
#include "gui/build/build_place.h"
#include "gui/build/builds_model.h"
#include "gui/build/cache_tab.h"
#include "gui/build/compare_dialog.h"
#include "gui/build/current_build.h"
#include "gui/build/dockerfile_editor.h"
#include "gui/build/failure_note.h"
#include "gui/build/history_tab.h"
#include "gui/build/prune_cache_dialog.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/log_view.h"
#include "gui/common/table.h"
#include "gui/registry/registry_accounts.h"
#include "tests/gui/build_sample.h"
#include "tests/gui/fake_engine.h"
#include "tests/support/test_registry.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDateTime>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace escale;
using namespace escale::gui;
using test::FakeBus;
using test::FakeEngine;

class BuildPaneTest : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeBus> m_bus;

    static QString s(const char* text) { return QString::fromUtf8(text); }

    // The pane with a folder to build, beside an engine that builds nothing by itself.
    struct Scene {
        FakeEngine engine;
        EngineClient client;
        RegistryAccounts accounts;
        BuildPane pane{client, accounts};
        QTemporaryDir folder;

        explicit Scene(const FakeBus& bus)
            : engine(bus) {
            const qint64 now = QDateTime::currentMSecsSinceEpoch();
            engine.builds = test::someBuilds(now);
            engine.cache = test::someCache(now);
            engine.events = {{s("b4"), test::failedEvents(now - 120'000).lines()},
                             {s("b3"), test::doneEvents(now - 3'600'000).lines()},
                             {s("b2"), test::doneEvents(now - 90'000'000).lines()}};
            QFile file(folder.filePath(s("Dockerfile")));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray::fromStdString(test::sampleDockerfile()));
            pane.resize(1050, 760);
            pane.show();
            client.open();
        }
        void open() { page().openPlace(folder.path(), folder.filePath(s("Dockerfile"))); }
        // As far as that the engine has been asked.
        void build(const QByteArray& events) {
            engine.events.insert(s("b-new"), events);
            page().buildAction()->trigger();
        }
        bool hasBegun() { return engine.last(s("Build")) != nullptr && !page().current().id().isEmpty(); }
        BuildPage& page() { return pane.page(); }
        BuildGraphView& graph() { return pane.page().graph(); }
        const BuildModel& model() { return pane.page().current().model(); }
        template <class Widget = QWidget>
        Widget* find(const char* name) {
            return pane.findChild<Widget*>(QString::fromLatin1(name));
        }
        QString text(const char* name) { return find<QLabel>(name)->text(); }
        bool isReady() const { return client.state() == EngineClient::State::Ready; }
        QString error() { return pane.page().findChild<ErrorBanner*>()->message(); }
    };

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(FakeBus::isPossible(), "there is no dbus-daemon");
        m_bus = std::make_unique<FakeBus>();
    }
    void cleanupTestCase() { m_bus.reset(); }

    void anEmptyPaneSaysWhatToDo() {
        Scene scene(*m_bus);
        QVERIFY(scene.find("buildPane.empty")->isVisible());
        QVERIFY(!scene.page().buildAction()->isEnabled());
    }

    void aFolderShowsItsDockerfileAndTheGraphOfIt() {
        Scene scene(*m_bus);
        scene.open();
        QVERIFY(scene.page().editor().text().contains(s("go mod download")));
        QCOMPARE(scene.graph().stages().size(), 3);
        QVERIFY(scene.page().buildAction()->isEnabled());
        QVERIFY(BuildPlace::recent().contains(scene.folder.path()));
    }

    void theGraphFollowsWhatIsWritten() {
        Scene scene(*m_bus);
        scene.open();
        scene.page().editor().setText(s("FROM alpine\nRUN one\nRUN two\n"));
        QTRY_COMPARE(scene.graph().stages().size(), 1);
        QCOMPARE(scene.graph().stages().first().steps.size(), 3);
    }

    void anotherTargetNeedsOtherStages() {
        Scene scene(*m_bus);
        scene.open();
        QVERIFY(!scene.graph().stages()[1].isNeeded);
        auto* target = scene.find<QComboBox>("buildForm.target");
        target->setCurrentIndex(target->findData(s("docs")));
        QTRY_VERIFY(scene.graph().stages()[1].isNeeded);
        QVERIFY(!scene.graph().stages()[2].isNeeded);
    }

    void aBuildIsAskedForAsTheFormSays() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.open();
        scene.find<QLineEdit>("buildForm.tags")->setText(s("shop:1 shop:latest"));
        scene.find<QLineEdit>("buildForm.argument.GO")->setText(s("1.23"));
        scene.find<QAbstractButton>("buildForm.noCache")->setChecked(true);
        scene.build({});
        QTRY_VERIFY(scene.hasBegun());
        const QVariantMap options = scene.engine.last(s("Build"))->options();
        QCOMPARE(options.value(s("tags")).toStringList(), QStringList({s("shop:1"), s("shop:latest")}));
        QCOMPARE(qdbus_cast<dbus::TextMap>(options.value(s("arguments"))),
                 dbus::TextMap({{s("GO"), s("1.23")}}));
        QVERIFY(options.value(s("no-cache")).toBool());
        scene.engine.context = {};
    }

    void aWrongTagIsSaidAndNothingBegins() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.open();
        scene.find<QLineEdit>("buildForm.tags")->setText(s("Shop"));
        scene.page().buildAction()->trigger();
        QVERIFY(!scene.error().isEmpty());
        QVERIFY(!scene.page().current().isBusy());
    }

    void aRunningBuildIsFollowed() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.open();
        scene.build(test::runningEvents(QDateTime::currentMSecsSinceEpoch()).lines());
        QTRY_VERIFY(scene.model().isRunning() && scene.model().endedCount() == 7);
        QVERIFY(scene.page().cancelAction()->isEnabled());
        QVERIFY(!scene.page().buildAction()->isEnabled());
        // Its log is in sight without a choice.
        QTRY_COMPARE(scene.pane.page().findChild<LogView*>()->lineCount(), 4);
        scene.engine.context = {};
    }

    void aBuildThatFailsWhileItsFilesAreSentIsFollowedByAnother() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.open();
        // Given a build that fails before the engine has taken its files
        scene.build(test::failedEvents(QDateTime::currentMSecsSinceEpoch()).lines());
        QTRY_COMPARE(scene.model().state(), BuildModel::State::Failed);
        scene.engine.endJob(s("failed"), s("SystemFailure"), s("exit code 1"));
        QTRY_VERIFY(!scene.page().current().isBusy());
        const QDBusUnixFileDescriptor unread = scene.engine.context;
        const auto asked = [&scene] {
            return std::count_if(scene.engine.calls.begin(), scene.engine.calls.end(),
                                 [](const FakeEngine::Call& call) { return call.method == u"Build"; });
        };
        QCOMPARE(asked(), 1);
        // when it is built again, then the engine is asked again.
        scene.page().buildAction()->trigger();
        QTRY_COMPARE(asked(), 2);
        scene.engine.context = {};
    }

    void whatRunMayUseGoesToTheEngineAndIsCheckedBefore() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.open();
        BuildSettings settings = scene.page().form().settings();
        settings.limits = {{s("memory"), qulonglong(64 << 20)},
                           {s("extra-hosts"), QStringList(s("db:10.0.0.5"))}};
        settings.allowed = {s("network.host")};
        scene.page().form().setSettings(settings);
        QVERIFY2(scene.text("buildForm.command").contains(s("--memory 64m")),
                 qPrintable(scene.text("buildForm.command")));
        auto* memory = scene.find<QLineEdit>("runForm.memory");
        memory->setText(s("much"));
        scene.page().buildAction()->trigger();
        QVERIFY(!scene.error().isEmpty());
        QVERIFY(!scene.page().current().isBusy());
        memory->setText(s("128m"));
        scene.build({});
        QTRY_VERIFY(scene.hasBegun());
        const QVariantMap options = scene.engine.last(s("Build"))->options();
        QCOMPARE(options.value(s("memory")).toULongLong(), 128ULL << 20);
        QCOMPARE(options.value(s("extra-hosts")).toStringList(), QStringList(s("db:10.0.0.5")));
        QCOMPARE(options.value(s("allow")).toStringList(), QStringList(s("network.host")));
        scene.engine.context = {};
    }

    void aDoneBuildSaysWhatItTook() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.open();
        scene.build(test::doneEvents(QDateTime::currentMSecsSinceEpoch()).lines());
        QTRY_COMPARE(scene.model().state(), BuildModel::State::Done);
        scene.engine.endJob(s("done"), s("{}"));
        QTRY_VERIFY(!scene.page().current().isBusy());
        QVERIFY2(scene.text("buildPane.status").contains(s("5 of 7 from the cache")),
                 qPrintable(scene.text("buildPane.status")));
        QSignalSpy wanted(&scene.pane, &BuildPane::imageRequested);
        scene.find<QPushButton>("buildPane.image")->click();
        QCOMPARE(wanted.first().first().toString(), s("docker.io/library/shop:latest"));
    }

    void aFailedBuildSaysWhereAndWhy() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.open();
        scene.build(test::failedEvents(QDateTime::currentMSecsSinceEpoch()).lines());
        QTRY_COMPARE(scene.model().state(), BuildModel::State::Failed);
        scene.engine.endJob(s("failed"), s("SystemFailure"), s("exit code 1"));
        QTRY_VERIFY(scene.find("buildPane.failure")->isVisible());
        QVERIFY(scene.text("buildPane.failureTitle").contains(s("RUN go build")));
        QVERIFY(scene.text("buildPane.failureLines").contains(s("undefined: roundCents")));
        QCOMPARE(scene.graph().current(), s("0.5"));
        // The engine's own words say nothing more.
        QVERIFY(scene.error().isEmpty() || !scene.pane.page().findChild<ErrorBanner*>()->isVisible());
    }

    void aFailedStepIsOpenedWithATerminal() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.open();
        scene.build(test::failedEvents(QDateTime::currentMSecsSinceEpoch()).lines());
        QTRY_COMPARE(scene.model().state(), BuildModel::State::Failed);
        scene.engine.endJob(s("failed"), s("SystemFailure"), s("exit code 1"));
        QTRY_VERIFY(scene.find("buildPane.failureTerminal")->isVisible());
        scene.find<QPushButton>("buildPane.failureTerminal")->click();
        QTRY_VERIFY(scene.engine.last(s("OpenFailed")) != nullptr);
        QCOMPARE(scene.engine.last(s("OpenFailed"))->text(0), s("b-new"));
    }

    void whatTheEngineRefusesIsSaid() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.engine.refusals.insert(s("Build"), {s("PermissionDenied"), s("not allowed")});
        scene.open();
        scene.page().buildAction()->trigger();
        QTRY_VERIFY(scene.error().contains(s("not allowed")));
        QVERIFY(!scene.page().current().isBusy());
        QVERIFY(scene.page().buildAction()->isEnabled());
    }

    void aDroppedDockerfileIsOpened() {
        Scene scene(*m_bus);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(scene.folder.filePath(s("Dockerfile")))});
        QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&scene.page(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&scene.page(), &drop);
        QCOMPARE(scene.graph().stages().size(), 3);
    }

    void unsavedTextIsAskedAboutBeforeTheWindowCloses() {
        Scene scene(*m_bus);
        scene.open();
        QVERIFY(scene.pane.mayClose());
        scene.page().editor().setText(s("FROM alpine\n"));
        QVERIFY(scene.page().isModified());
        QVERIFY(!scene.pane.mayClose());
        QSignalSpy close(&scene.pane, &Pane::closeRequested);
        for (auto* yes : scene.pane.findChildren<QPushButton*>(s("confirmation.yes"))) {
            if (yes->isVisible())
                yes->click();
        }
        QCOMPARE(close.size(), 1);
        QVERIFY(scene.pane.mayClose());
    }

    void theHistoryShowsEarlierBuildsWithTheirLogs() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.pane.showPage(scene.pane.history());
        QTRY_COMPARE(scene.pane.history().builds().rowCount(), 4);
        scene.pane.history().selectBuild(s("b4"));
        auto* graph = scene.find<BuildGraphView>("buildHistory.graph");
        QTRY_COMPARE(graph->stages().size(), 2);
        QTRY_VERIFY(scene.pane.history().findChild<LogView*>()->lineCount() > 4);
    }

    void anEarlierBuildIsBuiltAgainWithItsSettings() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.engine.buildSettings = {{s("name"), scene.folder.path()},
                                      {s("dockerfile"), s("Dockerfile")},
                                      {s("tags"), QStringList(s("shop:9"))},
                                      {s("target"), s("docs")},
                                      {s("secrets"), QStringList(s("token"))}};
        scene.pane.showPage(scene.pane.history());
        QTRY_COMPARE(scene.pane.history().builds().rowCount(), 4);
        scene.pane.history().selectBuild(s("b3"));
        scene.find<QAction>("buildHistory.action.again")->trigger();
        QTRY_COMPARE(scene.page().form().settings().tags, QStringList(s("shop:9")));
        QCOMPARE(scene.page().form().settings().target, s("docs"));
        // The secret's file is to be chosen anew.
        QVERIFY(scene.page().form().areOptionsShown());
        QCOMPARE(scene.page().form().settings().secrets, QList<BuildSecret>({{s("token"), {}}}));
    }

    void twoBuildsAreCompared() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        auto* dialog =
            new CompareDialog(scene.client, scene.engine.builds[1], scene.engine.builds[2], &scene.pane);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
        auto* table = dialog->findChild<Table*>(s("compareDialog.steps"));
        QTRY_VERIFY(table->proxy().rowCount() > 0);
        QVERIFY(dialog->findChild<QLabel*>(s("compareDialog.figure.2.2"))->text().contains(u'−'));
        dialog->close();
    }

    void buildsAreRemovedFromTheHistory() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.pane.showPage(scene.pane.history());
        QTRY_COMPARE(scene.pane.history().builds().rowCount(), 4);
        scene.pane.history().selectBuild(s("b2"));
        scene.find<QAction>("buildHistory.action.remove")->trigger();
        scene.pane.history().findChild<QPushButton*>(s("confirmation.yes"))->click();
        QTRY_VERIFY(scene.engine.last(s("Remove")) != nullptr);
        QCOMPARE(scene.engine.last(s("Remove"))->arguments.first().toStringList(), QStringList(s("b2")));
    }

    void theCacheIsShownAndShrunk() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.pane.showPage(scene.pane.cache());
        QTRY_VERIFY(scene.text("buildCache.told").contains(s("5")));
        scene.find<QPushButton>("buildCache.prune")->click();
        auto* dialog = scene.pane.findChild<PruneCacheDialog*>();
        QVERIFY(dialog->findChild<QLabel*>(s("pruneCacheDialog.told"))->text().contains(s("2")));
        dialog->findChild<QPushButton*>(s("pruneCacheDialog.accept"))->click();
        QTRY_VERIFY(scene.engine.last(s("PruneCache")) != nullptr);
        QVERIFY(scene.engine.last(s("PruneCache"))->options().contains(s("until")));
    }

    void theActionTellsTheDockerCommand() {
        Scene scene(*m_bus);
        ActionHistory actions(scene.client);
        QTRY_VERIFY(scene.isReady());
        scene.open();
        scene.find<QLineEdit>("buildForm.tags")->setText(s("shop:1"));
        scene.build({});
        QTRY_VERIFY(!actions.all().isEmpty());
        QCOMPARE(actions.all().last()->trace()->docker, s("docker build -t shop:1 ."));
        scene.engine.context = {};
    }
};

ESCALE_TEST(BuildPaneTest)
#include "build_pane_test.moc"
