// The Learn pane with an engine behind it that tells made-up facts.
#include "gui/learn/learn_pane.h"

#include "gui/common/drawing_view.h"
#include "gui/common/empty_state.h"
#include "gui/learn/namespaces_page.h"
#include "gui/learn/namespaces_view.h"
#include "gui/learn/sights_page.h"
#include "tests/gui/fake_engine.h"
#include "tests/gui/inspected_sample.h"
#include "tests/support/test_registry.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTextBrowser>

#include <memory>

using namespace escale;
using namespace escale::gui;
using test::FakeBus;
using test::FakeEngine;

class LearnPaneTest : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeBus> m_bus;

    static QString u(const char* text) { return QString::fromUtf8(text); }

    struct Scene {
        FakeEngine engine;
        EngineClient client;
        LearnPane pane{client};

        explicit Scene(const FakeBus& bus, const gui::NamespacesSnapshot& snapshot = test::sampleSnapshot())
            : engine(bus) {
            engine.containers = snapshot.containers;
            for (const auto& process : snapshot.processes) {
                if (process.role != u"window")
                    engine.processes.append(process);
            }
            engine.facts = test::sampleFacts();
            engine.mounts = {{1,
                              0,
                              u("/"),
                              u("/"),
                              u("overlay"),
                              u("overlay"),
                              u("rw"),
                              u("rw,lowerdir=a:b"),
                              {},
                              false,
                              0}};
            engine.verdicts = {{u("mount"), 165, 2, EPERM}, {u("read"), 0, 0, 0}};
            pane.resize(1200, 760);
            pane.show();
            client.open();
        }
        template <class Page>
        Page& page() {
            return *pane.findChild<Page*>();
        }
        QComboBox& combo(const char* name) { return *pane.findChild<QComboBox*>(u(name)); }
        QString explanation(const char* name) {
            return pane.findChild<QTextBrowser*>(u(name))->toPlainText();
        }
        bool isDrawn(LearnPage& page) {
            return page.view().isVisible() && !page.view().drawing().boxes.isEmpty();
        }
        int looks(const char* method) { return engine.looks.value(u(method)); }
    };

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(FakeBus::isPossible(), "there is no dbus-daemon here");
        m_bus = std::make_unique<FakeBus>();
    }
    void cleanupTestCase() { m_bus.reset(); }

    void theNamespacesOfAllContainersAreDrawn() {
        Scene scene(*m_bus);
        auto& page = scene.page<NamespacesPage>();
        QTRY_VERIFY(scene.isDrawn(page));
        for (const char* id : {"id1", "id2", "id3"})
            QTRY_VERIFY(page.view().drawing().box(containerBox(u(id))) != nullptr);
        QCOMPARE(page.rows().isEmpty(), false);
    }

    void aChosenNamespaceIsReadAndExplained() {
        Scene scene(*m_bus);
        auto& page = scene.page<NamespacesPage>();
        QTRY_VERIFY(page.view().drawing().box(namespaceBox(u("id1"), NamespaceType::Uts)) != nullptr);
        QCOMPARE(scene.looks("Namespaces"), 0); // nobody has asked for details yet
        page.view().setCurrent(namespaceBox(u("id1"), NamespaceType::Uts));
        QTRY_VERIFY(scene.explanation("learnNamespaces.explanation").contains(u"web-host"));
        QCOMPARE(page.table().currentId(), namespaceBox(u("id1"), NamespaceType::Uts));
        QCOMPARE(scene.looks("Mounts"), 0);
    }

    void whatIsChosenStaysChosenWhenItIsReadAgain() {
        Scene scene(*m_bus);
        auto& page = scene.page<NamespacesPage>();
        QTRY_VERIFY(page.view().drawing().box(processBox(101)) != nullptr);
        page.choose(processBox(101));
        // When a process comes and the table is made anew,
        scene.engine.processes.append(test::containerProcess(1, 555, 30, u("late")));
        QTRY_VERIFY_WITH_TIMEOUT(page.view().drawing().box(processBox(555)) != nullptr, 10'000);
        QCOMPARE(page.chosen(), processBox(101));
        QCOMPARE(page.table().currentId(), processBox(101));
        // and when it ends, nothing is.
        scene.engine.processes.removeIf([](const auto& one) { return one.pid == 101; });
        QTRY_VERIFY_WITH_TIMEOUT(page.view().drawing().box(processBox(101)) == nullptr, 10'000);
        QCOMPARE(page.chosen(), QString());
    }

    void aHiddenPageReadsNothing() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.looks("Processes") > 0);
        scene.pane.hide();
        QCoreApplication::processEvents();
        const int before = scene.looks("Processes");
        QTest::qWait(2500); // longer than its interval
        QCOMPARE(scene.looks("Processes"), before);
    }

    void userIdsAndMountsAreViewsOfTheSamePage() {
        Scene scene(*m_bus);
        auto& page = scene.page<NamespacesPage>();
        QTRY_VERIFY(scene.isDrawn(page));
        scene.pane.select(u("id1"));
        scene.combo("learnNamespaces.views").setCurrentIndex(1);
        QTRY_VERIFY(page.view().drawing().box(u("range:u:0")) != nullptr);
        scene.combo("learnNamespaces.views").setCurrentIndex(2);
        QTRY_VERIFY(page.view().drawing().box(u("m:1")) != nullptr);
        QCOMPARE(page.table().model()->columnCount(), 4);
    }

    void twoProcessesAreChosenInTheDrawing() {
        Scene scene(*m_bus);
        scene.pane.tabs().setCurrentIndex(1);
        auto& page = scene.page<SightsPage>();
        scene.pane.select(u("id1"));
        QTRY_VERIFY(page.view().drawing().box(processBox(200)) != nullptr);
        // Given the first ones of two containers, when two are clicked, then they are asked about.
        QTRY_COMPARE(page.sights().from, 100U);
        Q_EMIT page.view().clicked(processBox(101));
        QCOMPARE(page.sights().from, 101U);
        Q_EMIT page.view().activated(processBox(300)); // with the keyboard
        QCOMPARE(page.sights().to, 300U);
        QCOMPARE(scene.combo("learnSights.to").currentData().toUInt(), 300U);
        QCOMPARE(page.rows().size(), 10);
    }

    void aSystemCallIsFoundByItsName() {
        Scene scene(*m_bus);
        scene.pane.tabs().setCurrentIndex(1);
        auto& page = scene.page<SightsPage>();
        scene.pane.select(u("id1"));
        QTRY_VERIFY(scene.isDrawn(page));
        scene.combo("learnSights.views").setCurrentIndex(1);
        QTRY_VERIFY(page.view().drawing().box(u("call:mount")) != nullptr);
        QCOMPARE(scene.looks("Syscalls"), 1);
        auto* search = scene.pane.findChild<QLineEdit*>(u("learnSights.call"));
        QTest::keyClicks(search, u("read")); // which is not drawn
        QCOMPARE(page.chosen(), u("call:read"));
        QVERIFY2(scene.explanation("learnSights.explanation").contains(u"read(2): allowed"),
                 qPrintable(scene.explanation("learnSights.explanation")));
    }

    void aContainerThatDoesNotRunCanBeStarted() {
        auto snapshot = test::sampleSnapshot();
        snapshot.containers[0].state = u("exited");
        Scene scene(*m_bus, snapshot);
        scene.pane.tabs().setCurrentIndex(1);
        scene.pane.select(u("id1"));
        auto* empty = scene.pane.findChild<EmptyState*>(u("learnSights.empty"));
        QTRY_VERIFY(empty->isVisible() && empty->title().contains(u"web"));
        Q_EMIT empty->actionRequested();
        QTRY_VERIFY(scene.engine.last(u("Start")) != nullptr);
        QCOMPARE(scene.engine.last(u("Start"))->text(0), u("id1"));
    }

    void theChosenContainerStaysChosenWhenAnotherOneComes() {
        Scene scene(*m_bus);
        scene.pane.select(u("id1"));
        auto& page = scene.page<NamespacesPage>();
        QTRY_COMPARE(page.container().id, u("id1"));
        scene.engine.containers.prepend(test::namedContainer(9, 900, u("aaa"), u("alpine:3")));
        scene.engine.tellChanged(u("containers"));
        auto* list = scene.pane.findChild<Table*>(u("learnPane.containers"));
        QTRY_COMPARE(list->proxy().rowCount(), 4);
        QCOMPARE(page.container().id, u("id1"));
        // And one that is asked for before it is listed is shown once it is.
        scene.pane.select(u("id10"));
        scene.engine.containers.append(test::namedContainer(10, 910, u("new"), u("alpine:3")));
        scene.engine.tellChanged(u("containers"));
        QTRY_COMPARE(page.container().id, u("id10"));
    }

    void withoutContainersOneCanBeRun() {
        Scene scene(*m_bus, {});
        scene.pane.tabs().setCurrentIndex(1);
        auto* empty = scene.pane.findChild<EmptyState*>(u("learnSights.empty"));
        QTRY_VERIFY(empty->isVisible());
        QSignalSpy asked(&scene.pane, &LearnPane::imagesRequested);
        Q_EMIT empty->actionRequested();
        QCOMPARE(asked.count(), 1);
    }
};

ESCALE_TEST(LearnPaneTest)
#include "learn_pane_test.moc"
