#include "gui/build/build_graph_view.h"

#include "gui/build/build_graph_layout.h"
#include "tests/gui/build_sample.h"
#include "tests/support/test_registry.h"

#include <QAccessible>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace escale;
using namespace escale::gui;

class BuildGraphTest : public QObject {
    Q_OBJECT

    static QList<ShownStage> planned() { return BuildModel::plan(test::sampleDockerfile(), {}).stages(); }
    static QString s(const char* text) { return QString::fromLatin1(text); }

    struct Shown {
        BuildGraphView view;
        explicit Shown(const QList<ShownStage>& stages) {
            view.resize(640, 420);
            view.setStages(stages);
            view.show();
        }
        void key(Qt::Key key) { QTest::keyClick(&view, key); }
    };

private Q_SLOTS:
    void aStageStandsRightOfWhatItNeeds() {
        const BuildGraphLayout layout = layOutBuild(planned(), 700);
        QCOMPARE(layout.columns, 2);
        const QRectF builder = layout.stages.value(s("0")), docs = layout.stages.value(s("1")),
                     final = layout.stages.value(s("2"));
        QVERIFY(docs.left() > builder.right());
        QCOMPARE(final.left(), docs.left());
        QVERIFY(final.top() > docs.bottom());
    }

    void stepsStandInTheirLaneWithoutTouching() {
        const QList<ShownStage> stages = planned();
        const BuildGraphLayout layout = layOutBuild(stages, 700);
        for (const ShownStage& stage : stages) {
            QRectF before;
            for (const ShownStep& step : stage.steps) {
                const QRectF box = layout.steps.value(step.id);
                QVERIFY(layout.stages.value(stage.id).contains(box));
                QVERIFY(before.isNull() || box.top() > before.bottom());
                before = box;
            }
        }
    }

    void linesLeadFromStageToStage() {
        const BuildGraphLayout layout = layOutBuild(planned(), 700);
        QStringList edges;
        for (const BuildGraphLayout::Edge& edge : layout.edges)
            edges.append(edge.from + u'>' + edge.to);
        QCOMPARE(edges, QStringList({s("0.5>1.0"), s("0.5>2.3")}));
    }

    void lanesFillTheWidthWithinBounds() {
        const qreal narrow = layOutBuild(planned(), 100).stages.value(s("0")).width();
        const qreal wide = layOutBuild(planned(), 3000).stages.value(s("0")).width();
        QCOMPARE(narrow, 196);
        QCOMPARE(wide, 340);
    }

    void theKeyboardReachesEveryStep() {
        Shown shown(planned());
        QSet<QString> reached;
        // Given the first step, when arrows lead from any step on, then none is left out.
        QStringList waiting{shown.view.drawing().nextFrom({}, Qt::Key_Down, shown.view.stages())};
        while (!waiting.isEmpty()) {
            const QString at = waiting.takeFirst();
            if (at.isEmpty() || reached.contains(at))
                continue;
            reached.insert(at);
            for (const int key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down})
                waiting.append(shown.view.drawing().nextFrom(at, key, shown.view.stages()));
        }
        QCOMPARE(reached.size(), shown.view.drawing().steps.size());
    }

    void returnWantsTheStepsLine() {
        Shown shown(planned());
        QSignalSpy wanted(&shown.view, &BuildGraphView::activated);
        shown.key(Qt::Key_Home);
        shown.key(Qt::Key_Down);
        shown.key(Qt::Key_Return);
        QCOMPARE(wanted.value(0).value(0).toString(), s("0.1"));
    }

    void aClickChoosesAndAClickBesideItDoesNot() {
        Shown shown(planned());
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.view.shownRect(s("0.2")).center());
        QCOMPARE(shown.view.current(), s("0.2"));
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, QPoint(2, 2));
        QCOMPARE(shown.view.current(), QString());
    }

    void theChosenStepStaysWhenItsStateChanges() {
        const test::EventList events = test::runningEvents(1000);
        Shown shown(events.model().stages());
        shown.view.setCurrent(s("0.5"));
        shown.view.setStages(test::doneEvents(1000).model().stages());
        QCOMPARE(shown.view.current(), s("0.5"));
        QCOMPARE(shown.view.step(s("0.5"))->state, StepState::Done);
    }

    void aScreenReaderHearsEachStep() {
        Shown shown(test::failedEvents(1000).model().stages());
        QAccessibleInterface* graph = QAccessible::queryAccessibleInterface(&shown.view);
        QVERIFY(graph != nullptr);
        QCOMPARE(graph->childCount(), 12);
        const QString words = graph->child(5)->text(QAccessible::Name);
        QVERIFY2(words.contains(s("RUN go build")) && words.contains(s("builder")) &&
                     words.contains(s("failed (exit code 1)")),
                 qPrintable(words));
    }
};

ESCALE_TEST(BuildGraphTest)
#include "build_graph_test.moc"
