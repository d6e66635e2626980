#include "gui/build/build_comparison.h"

#include "gui/build/build_cache_model.h"
#include "gui/build/builds_model.h"
#include "gui/build/step_costs_model.h"
#include "gui/common/table.h"
#include "tests/gui/build_sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <memory>

using namespace escale;
using namespace escale::gui;
using Change = ComparedStep::Change;

class BuildComparisonTest : public QObject {
    Q_OBJECT

    static BuildModel planned(const char* text) { return BuildModel::plan(text, {}); }
    static QStringList told(const QList<ComparedStep>& rows) {
        QStringList lines;
        for (const ComparedStep& row : rows) {
            const char sign = row.change == Change::Same      ? '='
                              : row.change == Change::Changed ? '~'
                              : row.change == Change::Added   ? '+'
                                                              : '-';
            lines.append(QLatin1Char(sign) + (row.after ? row.after->text : row.before->text));
        }
        return lines;
    }
    static QString s(const char* text) { return QString::fromUtf8(text); }

private Q_SLOTS:
    void theSameBuildsHaveTheSameSteps() {
        const BuildModel model = test::doneEvents(1000).model();
        for (const ComparedStep& row : compareBuilds(model, model))
            QCOMPARE(row.change, Change::Same);
    }

    void aChangedInstructionIsPaired() {
        const auto rows = compareBuilds(planned("FROM a\nRUN one\nRUN two\nCOPY x y\n"),
                                        planned("FROM a\nRUN one\nRUN three\nCOPY x y\n"));
        QCOMPARE(told(rows), QStringList({s("=FROM a"), s("=RUN one"), s("~RUN three"), s("=COPY x y")}));
        QCOMPARE(rows[2].before->text, s("RUN two"));
    }

    void whatIsNewAndWhatIsGoneStandAtTheirPlaces() {
        const auto rows =
            compareBuilds(planned("FROM a\nRUN one\nCOPY x y\n"), planned("FROM a\nCOPY x y\nRUN last\n"));
        QCOMPARE(told(rows), QStringList({s("=FROM a"), s("-RUN one"), s("=COPY x y"), s("+RUN last")}));
    }

    void stagesAreMatchedByName() {
        const auto rows = compareBuilds(planned("FROM a AS one\nRUN x\nFROM b AS two\nRUN y\n"),
                                        planned("FROM b AS two\nRUN y\n"));
        QCOMPARE(told(rows),
                 QStringList({s("=FROM b AS two"), s("=RUN y"), s("-FROM a AS one"), s("-RUN x")}));
    }

    void differencesAreSigned() {
        QVERIFY(signedBytes(12'000'000).startsWith(u'+'));
        QVERIFY(signedBytes(-12'000'000).startsWith(u'−'));
        QVERIFY(signedDuration(-2'500).startsWith(u'−'));
        QCOMPARE(signedDuration(10), signedBytes(0));
    }

    void everyModelIsOne() {
        const qint64 now = 1'800'000'000'000;
        ComparisonModel compared;
        StepCostsModel costs;
        BuildsModel builds;
        BuildCacheModel cache;
        for (QAbstractItemModel* model : QList<QAbstractItemModel*>{&compared, &costs, &builds, &cache})
            new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest,
                                         model);
        compared.setSteps(compareBuilds(test::failedEvents(1).model(), test::doneEvents(1).model()));
        costs.setSteps(test::runningEvents(1).model().stages(), now);
        costs.setSteps(test::doneEvents(1).model().stages(), now);
        builds.setBuilds(test::someBuilds(now));
        builds.setBuilds(test::someBuilds(now).mid(1));
        cache.setEntries(test::someCache(now));
        QCOMPARE(builds.rowCount(), 3);
        QCOMPARE(cache.rowCount(), 5);
    }

    void costsHaveSharesOfTheLargest() {
        StepCostsModel costs;
        costs.setSteps(test::doneEvents(1000).model().stages(), 0);
        double largest = 0;
        for (int row = 0; row < costs.rowCount(); ++row)
            largest = std::max(largest, costs.index(row, StepCostsModel::Size).data(kShareRole).toDouble());
        QCOMPARE(largest, 1.0);
        QCOMPARE(costs.rowCount(), 9); // without ARG, USER and CMD
    }

    void aPruneTakesTheLongestUnusedFirst() {
        const qint64 now = 1'800'000'000'000, day = 24LL * 3600 * 1000;
        const auto numbers = [](const dbus::BuildCache& entries) {
            QList<qint64> all;
            for (const auto& entry : entries)
                all.append(entry.number);
            return all;
        };
        const dbus::BuildCache cache = test::someCache(now);
        QCOMPARE(numbers(prunedBy(cache, {now - 30 * day, {}, {}})), QList<qint64>({4, 5}));
        QCOMPARE(numbers(prunedBy(cache, {0, 300'000'000, {}})), QList<qint64>({4}));
        QCOMPARE(numbers(prunedBy(cache, {0, {}, {s("context")}})), QList<qint64>({3}));
        // What is in use stays.
        QVERIFY(!numbers(prunedBy(cache, {})).contains(2));
    }
};

ESCALE_TEST(BuildComparisonTest)
#include "build_comparison_test.moc"
