#include "gui/stacks/stack_graph.h"

#include "gui/stacks/stack_graph_layout.h"
#include "gui/stacks/stack_graph_paint.h"
#include "gui/stacks/stack_graph_view.h"
#include "tests/gui/stack_sample_project.h"
#include "tests/support/test_registry.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace escale;
using namespace escale::gui;

class StackGraphTest : public QObject {
    Q_OBJECT

    static QString s(const char* text) { return QString::fromUtf8(text); }
    static StackGraph graph(const dbus::StackContainers& containers = {},
                            const StackProgress& progress = {}) {
        return makeStackGraph(test::sampleProject()->project, containers, progress);
    }
    static const StackEdge* edge(const StackGraph& graph, const QString& from, const QString& to) {
        for (const StackEdge& each : graph.edges) {
            if (each.from == from && each.to == to)
                return &each;
        }
        return nullptr;
    }
    static StackProgress progressOf(qsizetype events) {
        StackProgress progress;
        progress.begin(900);
        for (const QByteArray& line : test::sampleEvents(events))
            progress.apply(line);
        return progress;
    }

private Q_SLOTS:
    void theFilesServicesNetworksAndVolumesAreNodes() {
        QStringList ids;
        for (const StackNode& node : graph().nodes)
            ids << node.id;
        for (const char* id : {"service:web", "service:tables", "service:db", "service:debug",
                               "network:front", "network:back", "volume:data"})
            QVERIFY2(ids.contains(s(id)), id);
    }

    void aServiceTellsItsImagePortsAndReplicas() {
        const StackGraph made = graph();
        const StackNode* web = made.node(s("service:web"));
        QVERIFY(web != nullptr);
        QCOMPARE(web->image, s("escale/demo:1"));
        QCOMPARE(web->ports, QStringList{s("8080:80")});
        QCOMPARE(web->replicas, 2);
        QCOMPARE(web->place.line, 3U);
    }

    void arrowsTellTheirCondition() {
        const StackGraph made = graph();
        const StackEdge* healthy = edge(made, s("service:web"), s("service:db"));
        QVERIFY(healthy != nullptr);
        QCOMPARE(healthy->label, s("healthy"));
        QVERIFY(healthy->isRequired);
        const StackEdge* completed = edge(made, s("service:web"), s("service:tables"));
        QVERIFY(completed != nullptr && !completed->isRequired);
        // That it has to be started goes without saying.
        QVERIFY(edge(made, s("service:tables"), s("service:db"))->label.isEmpty());
    }

    void whatAProfileLeavesOutIsOff() {
        QCOMPARE(graph().node(s("service:debug"))->state, StackNode::State::Off);
        QCOMPARE(graph().node(s("service:db"))->state, StackNode::State::Absent);
    }

    void theWorstOfSeveralContainersIsShown() {
        const StackGraph made = graph({test::member(s("web"), 1, s("running"), s("healthy")),
                                       test::member(s("web"), 2, s("running"), s("unhealthy"))});
        QCOMPARE(made.node(s("service:web"))->state, StackNode::State::Unhealthy);
        QCOMPARE(made.node(s("service:web"))->running, 2);
    }

    void anExitCodeTellsWhetherItEndedWell() {
        const StackGraph made =
            graph({test::member(s("tables"), 1, s("exited")), test::member(s("db"), 1, s("exited"), {}, 3)});
        QCOMPARE(made.node(s("service:tables"))->state, StackNode::State::Ended);
        QCOMPARE(made.node(s("service:db"))->state, StackNode::State::Failed);
        QVERIFY(made.node(s("service:db"))->words.contains(u'3'));
    }

    void whatWaitsSaysForWhom() {
        // Given: db is started, web is made and waits
        const StackGraph made = graph({}, progressOf(13));
        QCOMPARE(made.node(s("service:web"))->state, StackNode::State::Waiting);
        QCOMPARE(made.node(s("service:web"))->words, s("waits for db: healthy"));
    }

    void aStackWithoutItsFileIsDrawnFromItsContainers() {
        const StackGraph made = makeStackGraph({}, {test::member(s("cache"), 1, s("running"))}, {});
        QCOMPARE(made.nodes.size(), 1);
        QCOMPARE(made.nodes.first().name, s("cache"));
        QCOMPARE(made.nodes.first().state, StackNode::State::Running);
    }

    void whoIsNeededStandsBelow() {
        const StackLayout layout = layOut(graph(), 600);
        const QRectF web = layout.nodes.value(s("service:web")),
                     tables = layout.nodes.value(s("service:tables")),
                     db = layout.nodes.value(s("service:db")), data = layout.nodes.value(s("volume:data"));
        QVERIFY(web.bottom() < tables.top());
        QVERIFY(tables.bottom() < db.top());
        QVERIFY(db.bottom() < data.top());
        QVERIFY(layout.nodes.value(s("network:back")).right() < web.left());
    }

    void nothingCoversAnotherThing() {
        for (const qreal width : {300.0, 600.0, 1200.0}) {
            const StackLayout layout = layOut(graph(), width);
            const QList<QRectF> boxes = layout.nodes.values();
            for (qsizetype i = 0; i < boxes.size(); ++i) {
                QVERIFY(layout.bounds.contains(boxes[i]));
                for (qsizetype j = i + 1; j < boxes.size(); ++j)
                    QVERIFY(!boxes[i].intersects(boxes[j]));
            }
        }
    }

    void theSameGraphIsDrawnTheSame() { QCOMPARE(layOut(graph(), 600).nodes, layOut(graph(), 600).nodes); }

    void aCircleOfDependenciesIsDrawnNevertheless() {
        StackGraph circle;
        for (const char* name : {"a", "b", "c"}) {
            StackNode node;
            node.id = serviceNode(s(name));
            circle.nodes.append(node);
        }
        circle.edges = {{StackEdge::Kind::Depends, s("service:a"), s("service:b"), {}, true, false},
                        {StackEdge::Kind::Depends, s("service:b"), s("service:c"), {}, true, false},
                        {StackEdge::Kind::Depends, s("service:c"), s("service:a"), {}, true, false}};
        QCOMPARE(layOut(circle, 500).nodes.size(), 3);
    }

    void fiftyServicesKeepToTheWidth() {
        StackGraph many;
        for (int i = 0; i < 50; ++i) {
            StackNode node;
            node.id = serviceNode(QString::number(i));
            many.nodes.append(node);
        }
        QVERIFY(layOut(many, 1000).bounds.width() <= 1000);
    }

    void arrowKeysGoFromPartToPart() {
        StackGraphView view;
        view.resize(640, 520);
        view.setGraph(graph());
        view.show();
        const QSignalSpy activated(&view, &StackGraphView::activated);
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(view.current(), s("service:web"));
        QTest::keyClick(&view, Qt::Key_Down);
        QVERIFY(view.current() != s("service:web"));
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
        QTest::keyClick(&view, Qt::Key_Escape);
        QVERIFY(view.current().isEmpty());
    }

    void aScreenReaderHearsEachPart() {
        StackGraphView view;
        view.setGraph(graph({test::member(s("web"), 1, s("running"), s("healthy"))}));
        QAccessibleInterface* whole = QAccessible::queryAccessibleInterface(&view);
        QVERIFY(whole != nullptr);
        QCOMPARE(whole->childCount(), static_cast<int>(view.graph().nodes.size()));
        const QString web = whole->child(0)->text(QAccessible::Name);
        for (const char* word : {"web", "8080:80", "db: healthy", "front"})
            QVERIFY2(web.contains(s(word)), qPrintable(web));
    }

    void theDrawingIsSavedWithItsNamesAsText() {
        const QTemporaryDir folder;
        QVERIFY(exportStack(graph(), s("shop"), folder.filePath(s("shop.svg"))));
        QFile svg(folder.filePath(s("shop.svg")));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.readAll().contains(">web<"));
        QVERIFY(exportStack(graph(), s("shop"), folder.filePath(s("shop.png"))));
        QVERIFY(!QImage(folder.filePath(s("shop.png"))).isNull());
    }
};

ESCALE_TEST(StackGraphTest)
#include "stack_graph_test.moc"
