#include "gui/stacks/stacks_pane.h"

#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/table.h"
#include "gui/containers/action_notice.h"
#include "gui/registry/registry_accounts.h"
#include "gui/stacks/convert_dialog.h"
#include "gui/stacks/gallery_dialog.h"
#include "gui/stacks/stack_graph_view.h"
#include "gui/stacks/stack_page.h"
#include "gui/stacks/stacks_list.h"
#include "gui/stacks/stacks_model.h"
#include "gui/stacks/timeline_view.h"
#include "tests/gui/fake_engine.h"
#include "tests/gui/stack_sample_project.h"
#include "tests/support/test_registry.h"

#include <QAction>
#include <QCheckBox>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace escale;
using namespace escale::gui;
using test::FakeBus;
using test::FakeEngine;

class StacksPaneTest : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeBus> m_bus;

    static QString s(const char* text) { return QString::fromUtf8(text); }

    // The pane with a stack's folder, beside an engine that does nothing by itself.
    struct Scene {
        FakeEngine engine;
        EngineClient client;
        RegistryAccounts accounts;
        QTemporaryDir folder;
        StacksPane pane{client, accounts};

        explicit Scene(const FakeBus& bus)
            : engine(bus) {
            write(test::sampleCompose());
            dbus::Image demo;
            demo.repository = QStringLiteral("docker.io/escale/demo");
            demo.tag = QStringLiteral("1");
            engine.images = {demo};
            pane.resize(1100, 800);
            pane.show();
            client.open();
            [[maybe_unused]] const bool ready =
                QTest::qWaitFor([this] { return client.state() == EngineClient::State::Ready; });
        }
        void write(const std::string& text) const {
            QFile file(folder.filePath(QStringLiteral("compose.yaml")));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray::fromStdString(text));
        }
        // As if it had been brought up by these files.
        void runs(const std::string& config = {}) {
            engine.stacks = {
                {s("shop"), folder.path(), {folder.filePath(s("compose.yaml"))}, 2, 2, 3, 0, true}};
            engine.members = {test::member(s("web"), 1, s("running"), s("healthy")),
                              test::member(s("web"), 2, s("exited"), {}, 1),
                              test::member(s("db"), 1, s("running"), s("healthy"))};
            engine.stackConfig = QByteArray::fromStdString(config);
            engine.tellChanged(s("stacks"));
        }
        void open() {
            pane.openPath(folder.path());
            QTRY_VERIFY(pane.page().current().canBeBroughtUp());
        }
        QAction* action(StackPage::ActionId id) { return pane.page().action(id); }
        template <class Widget>
        Widget* child(const char* name) {
            return pane.findChild<Widget*>(s(name));
        }
    };

private Q_SLOTS:
    void initTestCase() {
        if (!FakeBus::isPossible())
            QSKIP("there is no dbus-daemon");
        m_bus = std::make_unique<FakeBus>();
    }
    void init() { QSettings().remove(s("stacks/recent")); }

    void emptyItSaysWhatToDo() {
        Scene scene(*m_bus);
        auto* empty = scene.child<EmptyState>("stacksPane.empty");
        QVERIFY(empty->isVisible());
        QVERIFY(!scene.child<StacksList>("stacksPane.list")->isVisible());
    }

    void anOpenedFolderIsDrawnAndRemembered() {
        Scene scene(*m_bus);
        scene.open();
        QVERIFY(scene.pane.page().graph().graph().node(s("service:web")) != nullptr);
        QCOMPARE(scene.pane.page().current().project(), s("shop"));
        QCOMPARE(recentStacks().size(), 1);
        QVERIFY(scene.action(StackPage::Up)->isEnabled());
        QVERIFY(!scene.action(StackPage::Down)->isEnabled());
    }

    void aDroppedFileIsOpened() {
        Scene scene(*m_bus);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(scene.folder.filePath(s("compose.yaml")))});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&scene.pane, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&scene.pane, &drop);
        QTRY_COMPARE(scene.pane.page().current().project(), s("shop"));
    }

    void aFolderWithoutAFileIsAnErrorThatSaysWhatToDo() {
        Scene scene(*m_bus);
        const QTemporaryDir empty;
        scene.pane.openPath(empty.path());
        auto* error = scene.pane.findChild<ErrorBanner*>();
        QTRY_VERIFY(error->isVisible());
        QVERIFY(error->hint().contains(s("compose.yaml")));
    }

    void bringingUpSendsTheWholeStack() {
        Scene scene(*m_bus);
        scene.open();
        scene.action(StackPage::Up)->trigger();
        QTRY_VERIFY(scene.engine.last(s("Up")) != nullptr);
        const auto stack = qdbus_cast<dbus::Stack>(scene.engine.last(s("Up"))->arguments.first());
        QCOMPARE(stack.project, s("shop"));
        QCOMPARE(stack.services.size(), 3); // but for the one of a profile
    }

    void theDemoImageIsLoadedBeforeAnUpThatLacksIt() {
        Scene scene(*m_bus);
        scene.engine.images.clear();
        scene.open();
        scene.action(StackPage::Up)->trigger();
        QTRY_VERIFY(scene.engine.last(s("Load")) != nullptr);
        QVERIFY(scene.engine.last(s("Up")) == nullptr);
        scene.engine.endJob(s("done"), s("{}"));
        QTRY_VERIFY(scene.engine.last(s("Up")) != nullptr);
    }

    void progressIsToldByServiceAndOnTheTimeLine() {
        Scene scene(*m_bus);
        scene.engine.stackEvents = test::sampleEvents(13).join('\n') + '\n';
        scene.open();
        scene.action(StackPage::Up)->trigger();
        const auto web = [&] { return scene.pane.page().graph().graph().node(s("service:web")); };
        QTRY_COMPARE(web()->words, s("waits for db: healthy"));
        QTRY_VERIFY(scene.child<TimelineView>("stacksPane.timeline")->isVisible());
        QVERIFY(scene.pane.findChild<ActionNotice*>()->isVisible());
        // Then the rest happens.
        scene.engine.tellEvents(test::sampleEvents().mid(13).join('\n') + '\n');
        scene.engine.endJob(s("done"), s("{}"));
        QTRY_VERIFY(!scene.pane.page().current().isBusy());
        QCOMPARE(scene.pane.page().current().progress().state(), StackProgress::State::Done);
        QVERIFY(!scene.pane.findChild<ActionNotice*>()->isVisible());
    }

    void aFailureIsShownWhereItHappenedAndSaysWhatNext() {
        Scene scene(*m_bus);
        scene.engine.stackEvents = test::sampleEvents(13).join('\n') +
                                   "\n{\"time\":2500,\"event\":\"step\",\"step\":4,\"state\":\"failed\","
                                   "\"error\":\"db is unhealthy\"}\n"
                                   "{\"time\":2600,\"event\":\"end\",\"state\":\"failed\"}\n";
        scene.open();
        scene.action(StackPage::Up)->trigger();
        QTRY_VERIFY(scene.engine.last(s("Up")) != nullptr);
        scene.engine.endJob(s("failed"), s("WrongState"), s("db is unhealthy"));
        auto* error = scene.pane.page().findChild<ErrorBanner*>(QString(), Qt::FindDirectChildrenOnly);
        QTRY_VERIFY(error->isVisible());
        QVERIFY(error->message().contains(s("db is unhealthy")));
        QVERIFY(error->hint().contains(s("start_period")));
        QTRY_COMPARE(scene.pane.page().graph().current(), s("service:db"));
        QCOMPARE(scene.pane.page().graph().graph().node(s("service:db"))->state, StackNode::State::Failed);
    }

    void whatGoesOnCanBeCancelled() {
        Scene scene(*m_bus);
        scene.open();
        scene.action(StackPage::Up)->trigger();
        QTRY_VERIFY(scene.engine.last(s("Up")) != nullptr);
        // Whether or not the engine's answer has come by now.
        Q_EMIT scene.pane.findChild<ActionNotice*>()->cancelled();
        QTRY_VERIFY(scene.engine.last(s("Cancel")) != nullptr);
        scene.engine.endJob(s("cancelled"), {});
        QTRY_VERIFY(!scene.pane.page().current().isBusy());
        QCOMPARE(scene.pane.page().current().progress().state(), StackProgress::State::Cancelled);
    }

    void aStackThatRunsIsListedWithItsState() {
        Scene scene(*m_bus);
        scene.runs();
        QTRY_COMPARE(scene.pane.model().rowCount(), 1);
        QCOMPARE(scene.pane.model().stacks().first().running, 2U);
        scene.child<StacksList>("stacksPane.list")->selectId(s("project:shop"));
        QTRY_COMPARE(scene.pane.page().current().containers().size(), 3);
        QTRY_COMPARE(scene.pane.page().graph().graph().node(s("service:web"))->state,
                     StackNode::State::Failed);
        QVERIFY(scene.action(StackPage::Stop)->isEnabled());
    }

    void whatSomebodyElseHasTakenDownIsNoLongerShown() {
        Scene scene(*m_bus);
        scene.runs();
        scene.open();
        QTRY_VERIFY(scene.pane.page().current().isHere());
        // When: the engine knows nothing of the project any more
        scene.engine.stacks.clear();
        scene.engine.members.clear();
        scene.engine.tellChanged(s("stacks"));
        // Then
        QTRY_VERIFY(!scene.pane.page().current().isHere());
        QTRY_COMPARE(scene.pane.page().graph().graph().node(s("service:db"))->state,
                     StackNode::State::Absent);
        QVERIFY(!scene.action(StackPage::Down)->isEnabled());
    }

    void takingDownAsksAboutVolumes() {
        Scene scene(*m_bus);
        scene.runs();
        scene.open();
        QTRY_VERIFY(scene.action(StackPage::Down)->isEnabled());
        scene.action(StackPage::Down)->trigger();
        QVERIFY(scene.pane.page().confirmation().isVisible());
        auto* choice = scene.pane.page().confirmation().findChild<QCheckBox*>();
        QVERIFY(choice->isVisible());
        QVERIFY2(choice->text().contains(s("shop_data")), qPrintable(choice->text()));
        choice->click();
        scene.pane.page().confirmation().findChildren<QPushButton*>().first()->isVisible();
        for (QPushButton* button : scene.pane.page().confirmation().findChildren<QPushButton*>()) {
            if (button->text().contains(s("down")))
                button->click();
        }
        QTRY_VERIFY(scene.engine.last(s("Down")) != nullptr);
        QCOMPARE(scene.engine.last(s("Down"))->options().value(s("volumes")).toBool(), true);
    }

    void aChangedFileIsNotAppliedUntilItIs() {
        Scene scene(*m_bus);
        // Given: it runs with another image
        std::string config = compose::configText(test::sampleProject()->project);
        scene.write(test::sampleCompose());
        scene.runs(config);
        scene.open();
        QTRY_VERIFY(scene.pane.page().current().isHere());
        // When: somebody writes
        QString text = scene.pane.page().editor().text();
        text.replace(s("  db:\n    image: escale/demo:1"), s("  db:\n    image: escale/demo:2"));
        scene.pane.page().editor().setText(text);
        // Then
        const auto isTold = [&] {
            const auto changes = scene.pane.page().current().changes();
            return std::any_of(changes.begin(), changes.end(), [](const StackChange& change) {
                return pathOf(change) == u"services.db.image" && change.after == u"escale/demo:2";
            });
        };
        QTRY_VERIFY(isTold());
        auto* badge = scene.child<QPushButton>("stacksPane.badge");
        QTRY_VERIFY(badge->isVisible());
        QCOMPARE(scene.action(StackPage::Up)->text().remove(u'&'), s("Apply"));
    }

    void profilesAreCheckBoxes() {
        Scene scene(*m_bus);
        scene.open();
        auto* box = scene.child<QCheckBox>("stacksPane.profile.tools");
        QVERIFY(box != nullptr && box->isVisible());
        box->click();
        QTRY_VERIFY(scene.pane.page().graph().graph().node(s("service:debug"))->state !=
                    StackNode::State::Off);
    }

    void aServiceIsScaled() {
        Scene scene(*m_bus);
        scene.runs();
        scene.open();
        scene.pane.page().graph().setCurrent(s("service:web"));
        auto* replicas = scene.child<QSpinBox>("stacksPane.service.replicas");
        QTRY_VERIFY(replicas->isEnabled());
        replicas->setValue(5);
        auto* scale = scene.child<QPushButton>("stacksPane.service.scale");
        QTRY_VERIFY(scale->isEnabled());
        scale->click();
        QTRY_VERIFY(scene.engine.last(s("Scale")) != nullptr);
        const auto counts = qdbus_cast<dbus::CountMap>(scene.engine.last(s("Scale"))->arguments.value(2));
        QCOMPARE(counts.value(s("web")), 5U);
    }

    void whatIsNotSavedIsAskedAbout() {
        Scene scene(*m_bus);
        scene.open();
        QVERIFY(scene.pane.mayClose());
        scene.pane.page().editor().setText(scene.pane.page().editor().text() + s("\n# more\n"));
        QVERIFY(!scene.pane.mayClose());
        QVERIFY(scene.pane.page().confirmation().isVisible());
    }

    void theGalleryWritesASampleAndOpensIt() {
        GalleryDialog gallery;
        const QTemporaryDir folder;
        gallery.setFolder(folder.filePath(s("mine")));
        QString written;
        connect(&gallery, &GalleryDialog::written, this, [&](const QString& file) { written = file; });
        gallery.show();
        gallery.findChild<QPushButton*>(s("galleryDialog.accept"))->click();
        QCOMPARE(written, folder.filePath(s("mine/compose.yaml")));
        QVERIFY(QFile::exists(written));
    }

    void aDockerRunLineBecomesAFile() {
        Scene scene(*m_bus);
        ConvertDialog dialog(scene.client);
        dialog.showRunLine();
        dialog.show();
        dialog.findChild<QPlainTextEdit*>(s("convertDialog.line"))
            ->setPlainText(s("docker run -d --name web -p 8080:80 -e GREETING=hello nginx:1.27"));
        const auto preview = [&] {
            return dialog.findChild<QPlainTextEdit*>(s("convertDialog.preview"))->toPlainText();
        };
        QTRY_VERIFY2(preview().contains(s("image: nginx:1.27")), qPrintable(preview()));
        QVERIFY(preview().contains(s("8080")));
        QVERIFY(preview().contains(s("GREETING")));
    }
};

ESCALE_TEST(StacksPaneTest)
#include "stacks_pane_test.moc"
