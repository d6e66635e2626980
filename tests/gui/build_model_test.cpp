#include "gui/build/build_model.h"

#include "gui/build/build_accounts.h"
#include "tests/gui/build_sample.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;
using namespace escale::gui;
using test::EventList;

class BuildModelTest : public QObject {
    Q_OBJECT

    static const ShownStage& stage(const BuildModel& model, const char* name) {
        for (const ShownStage& one : model.stages()) {
            if (one.name == QLatin1String(name))
                return one;
        }
        qFatal("no stage %s", name);
    }

private Q_SLOTS:
    void aPlanHasTheStagesAndStepsOfTheText() {
        const BuildModel model = BuildModel::plan(test::sampleDockerfile(), {});
        QCOMPARE(model.stages().size(), 3);
        QCOMPARE(stage(model, "builder").base, QStringLiteral("golang:1.22"));
        QCOMPARE(stage(model, "builder").steps.size(), 6);
        QCOMPARE(model.step(QStringLiteral("0.3"))->text, QStringLiteral("RUN go mod download"));
        QCOMPARE(model.step(QStringLiteral("0.3"))->line, 5);
        QCOMPARE(model.state(), BuildModel::State::Planned);
    }

    void aPlanSaysWhichStagesTheTargetNeeds() {
        const BuildModel whole = BuildModel::plan(test::sampleDockerfile(), {});
        QVERIFY(stage(whole, "builder").isNeeded);
        QVERIFY(!stage(whole, "docs").isNeeded);
        const BuildModel docs = BuildModel::plan(test::sampleDockerfile(), {"docs", {}, {}});
        QVERIFY(stage(docs, "docs").isNeeded);
        QVERIFY(!stage(docs, "final").isNeeded);
    }

    void aCopyFromAStageNeedsThatStagesLastStep() {
        const BuildModel model = BuildModel::plan(test::sampleDockerfile(), {});
        QCOMPARE(model.step(QStringLiteral("2.3"))->inputs,
                 QStringList({QStringLiteral("2.2"), QStringLiteral("0.5")}));
        QCOMPARE(model.step(QStringLiteral("1.0"))->inputs, QStringList(QStringLiteral("0.5")));
    }

    void anArgumentChangesTheBase() {
        const BuildModel model = BuildModel::plan(test::sampleDockerfile(), {{}, {{"GO", "1.23"}}, {}});
        QCOMPARE(stage(model, "builder").base, QStringLiteral("golang:1.23"));
    }

    void aTextWithMistakesGivesWhatCanBeRead() {
        const BuildModel model = BuildModel::plan("FROM alpine\nRUNN make\nRUN ls\n", {});
        QCOMPARE(model.stages().size(), 1);
        QVERIFY(!model.steps().isEmpty());
        QVERIFY(BuildModel::plan("", {}).stages().isEmpty());
    }

    void eventsMoveTheStepsOn() {
        const BuildModel model = test::runningEvents(1000).model();
        QVERIFY(model.isRunning());
        QCOMPARE(model.step(QStringLiteral("0.2"))->state, StepState::Cached);
        QCOMPARE(model.step(QStringLiteral("0.3"))->state, StepState::Done);
        QCOMPARE(model.step(QStringLiteral("0.3"))->duration(0), 3'100);
        QCOMPARE(model.step(QStringLiteral("0.3"))->size, 184'000'000U);
        QCOMPARE(model.step(QStringLiteral("0.5"))->state, StepState::Running);
        QCOMPARE(model.step(QStringLiteral("2.3"))->state, StepState::Waiting);
        QCOMPARE(model.cachedCount(), 5);
        QCOMPARE(model.endedCount(), 7);
        QCOMPARE(model.stepCount(), 12);
    }

    void aStepsSecondsGrowWhileItRuns() {
        const BuildModel model = test::runningEvents(1000).model();
        const ShownStep* step = model.step(QStringLiteral("0.5"));
        QCOMPARE(step->duration(step->started + 4'000), 4'000);
    }

    void aFailedBuildNamesItsStepAndWhy() {
        const BuildModel model = test::failedEvents(1000).model();
        QCOMPARE(model.state(), BuildModel::State::Failed);
        QCOMPARE(model.failedStep()->id, QStringLiteral("0.5"));
        QCOMPARE(model.failedStep()->exitCode, 1);
        QCOMPARE(model.lastLines(QStringLiteral("0.5"), 1),
                 QStringList(QStringLiteral("internal/orders/total.go:58:9: too many return values")));
        QVERIFY(!model.hint().isEmpty());
    }

    void aDoneBuildHasAnImage() {
        const BuildModel model = test::doneEvents(1000).model();
        QCOMPARE(model.state(), BuildModel::State::Done);
        QCOMPARE(model.names(), QStringList(QStringLiteral("docker.io/library/shop:latest")));
        QCOMPARE(model.size(), 31'000'000U);
    }

    void registriesAreThoseOfAllImagesThatAStageTakesFilesOf() {
        const BuildModel model = BuildModel::plan("FROM a.example/x AS first\n"
                                                  "FROM scratch\n"
                                                  "COPY --from=first /a /a\n"
                                                  "COPY --from=b.example/y:1 /b /b\n"
                                                  "RUN --mount=from=c.example/z,target=/m true\n",
                                                  {});
        QCOMPARE(registriesOf(model.stages()),
                 QStringList({QStringLiteral("a.example"), QStringLiteral("b.example"),
                              QStringLiteral("c.example")}));
    }

    void whatRunsWhenTheBuildIsCancelledIsCancelled() {
        const BuildModel model = test::runningEvents(1000).end(BuildEvent::State::Cancelled).model();
        QCOMPARE(model.step(QStringLiteral("0.5"))->state, StepState::Cancelled);
    }

    void aLogIsBounded() {
        BuildModel model = test::runningEvents(1000).model();
        BuildEvent line = test::event(BuildEvent::Kind::Log, 5000);
        line.step = "0.5";
        line.text = std::string(1000, 'x');
        for (int i = 0; i < 5000; ++i)
            model.apply(line);
        QVERIFY(model.isLogCut(QStringLiteral("0.5")));
        QVERIFY(model.log(QStringLiteral("0.5")).size() < 1100);
        QCOMPARE(model.logEnd(QStringLiteral("0.5")), 5004);
        QCOMPARE(model.logFrom(QStringLiteral("0.5"), 5003).size(), 1);
    }

    void aLineOfTheFileLeadsToItsStep() {
        const BuildModel model = BuildModel::plan(test::sampleDockerfile(), {});
        QCOMPARE(model.stepAtLine(5)->id, QStringLiteral("0.3"));
        QCOMPARE(model.stepAtLine(8)->id, QStringLiteral("0.5"));
    }
};

ESCALE_TEST(BuildModelTest)
#include "build_model_test.moc"
