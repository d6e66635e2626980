#include "gui/learn/making_view.h"

#include "gui/learn/making_text.h"
#include "tests/gui/making_sample.h"
#include "tests/support/test_registry.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace escale;
using namespace escale::gui;

class MakingViewTest : public QObject {
    Q_OBJECT

    static QString s(const char* text) { return QString::fromUtf8(text); }
    static MadeSteps sample() { return madeStepsOf(test::sampleMaking()); }
    static std::size_t numberOf(const MadeSteps& steps, std::string_view operation) {
        std::size_t number = 0;
        while (steps.at(number).operation != operation)
            ++number;
        return number;
    }

private Q_SLOTS:
    void everyOperationThatIsToldHasWords() {
        // given: what engine and runtime tell, as their sources have it
        static const QRegularExpression kTold(
            QStringLiteral("(?:done|made|told|tell\\w*|step)\\(\\s*\"([a-z0-9]+(?:-[a-z0-9]+)*)\"\\s*[,)]"));
        const auto explained = explainedOperations();
        QSet<QString> told;
        QDirIterator files(s(ESCALE_SOURCE_DIR "/engine"), {s("*.cpp")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            if (!text.contains(s("MadeNow")) && !text.contains(s("MadeStep")))
                continue;
            for (auto each = kTold.globalMatch(text); each.hasNext();)
                told.insert(each.next().captured(1));
        }
        // then: each is explained
        QVERIFY(told.size() > 50);
        for (const QString& operation : std::as_const(told))
            QVERIFY2(std::find(explained.begin(), explained.end(), operation.toStdString()) !=
                         explained.end(),
                     qPrintable(operation));
    }

    void everyOperationThatIsExplainedIsOfTheVocabulary() {
        QFile header(s(ESCALE_SOURCE_DIR "/engine/base/made_step.h"));
        QVERIFY(header.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(header.readAll());
        for (const std::string& operation : explainedOperations())
            QVERIFY2(text.contains(QString::fromStdString(operation)), operation.c_str());
    }

    void eachExplanationHasATitleAReasonAndAPageToRead() {
        QSet<QString> reasons;
        for (const std::string& operation : explainedOperations()) {
            MadeStep step;
            step.operation = operation;
            QVERIFY2(!stepTitle(step).isEmpty(), operation.c_str());
            QVERIFY2(stepReason(step).size() > 15, operation.c_str());
            QVERIFY2(operation == "other" || !stepCalls(step).isEmpty(), operation.c_str());
            reasons.insert(stepReason(step));
        }
        QCOMPARE(static_cast<std::size_t>(reasons.size()), explainedOperations().size());
    }

    void aTitleNamesWhatTheStepWasAbout() {
        MadeStep step;
        step.operation = "address-add";
        step.details = {{"interface", "eth0"}, {"address", "172.30.0.2/16"}};
        QCOMPARE(stepTitle(step), s("Give eth0 the address 172.30.0.2/16"));
    }

    void whatANewerEngineTellsIsShownByItsName() {
        MadeStep step;
        step.operation = "landlock-restrict";
        QCOMPARE(stepTitle(step), s("landlock-restrict"));
    }

    void everyStepIsABoxAndARowOfTheSameId() {
        const MadeSteps steps = sample();
        const Drawing drawing = makingDrawing(steps, s("web"));
        const QList<CellsRow> rows = makingRows(steps);
        QCOMPARE(rows.size(), qsizetype(steps.size()));
        for (const CellsRow& row : rows)
            QVERIFY2(drawing.box(row.id) != nullptr, qPrintable(row.id));
    }

    void barsFollowTimeAndNoneIsTooThinToBeMet() {
        const MadeSteps steps = sample();
        const Drawing drawing = makingDrawing(steps, s("web"));
        for (std::size_t number = 0; number < steps.size(); ++number) {
            const DrawnBox* box = drawing.box(stepId(number));
            QVERIFY(box->rect.width() >= 4);
            for (std::size_t other = 0; other < number; ++other) {
                const DrawnBox* before = drawing.box(stepId(other));
                // given two steps of one lane, one after the other: their bars do not lie over each other
                QVERIFY2(!before->rect.intersects(box->rect),
                         qPrintable(before->spoken + s(" / ") + box->spoken));
            }
        }
    }

    void theLongestStepHasTheLongestBar() {
        const MadeSteps steps = sample();
        const Drawing drawing = makingDrawing(steps, s("web"));
        const QRectF rules = drawing.box(stepId(numberOf(steps, "nft-run")))->rect;
        const QRectF route = drawing.box(stepId(numberOf(steps, "route-add")))->rect;
        QVERIFY(rules.width() > 5 * route.width());
    }

    void lanesAreThoseOfWhoDidIt() {
        const MadeSteps steps = sample();
        const Drawing drawing = makingDrawing(steps, s("web"));
        const auto y = [&](const char* operation) {
            return drawing.box(stepId(numberOf(steps, operation)))->rect.top();
        };
        QVERIFY(y("overlay-mount") < y("clone3"));
        QVERIFY(y("clone3") < y("seccomp-load"));
        QCOMPARE(y("execute"), y("seccomp-load"));
    }

    void aReusedStepIsShownAsSuch() {
        const MadeSteps steps = sample();
        QCOMPARE(makingRows(steps).at(0).cells.at(2).text, s("reused"));
        QCOMPARE(makingDrawing(steps, s("web")).box(stepId(0))->look, DrawnBox::Look::Dashed);
        QVERIFY(makingExplanation(steps, s("web")).contains(s("1 step")));
    }

    void aStepIsExplainedWithItsRealDetails() {
        const MadeSteps steps = sample();
        const QString text = stepExplanation(steps, numberOf(steps, "clone3"));
        QVERIFY(text.contains(s("CLONE_NEWPID")));
        QVERIFY(text.contains(s("4711")));
        QVERIFY(text.contains(s("clone(2)")));
    }

    void whatAContainerWroteStaysText() {
        MadeStep step;
        step.operation = "hostname-set";
        step.details = {{"name", "<img src=x>"}};
        QVERIFY(!stepExplanation({step}, 0).contains(s("<img")));
    }

    void nothingRecordedIsNothingDrawn() {
        QVERIFY(makingDrawing({}, s("web")).boxes.isEmpty());
        QVERIFY(makingRows({}).isEmpty());
        QCOMPARE(makingTime({}), 0);
    }
};

ESCALE_TEST(MakingViewTest)
#include "making_view_test.moc"
