#include "gui/common/chart_canvas.h"
#include "gui/common/chart_legend.h"
#include "gui/common/time_range.h"
#include "gui/common/usage_chart.h"
#include "tests/support/test_registry.h"

#include <QLabel>
#include <QLineSeries>

using namespace escale::gui;

namespace {

constexpr qint64 kNow = 1'767'225'600'000;

UsageChart::Look look() {
    const auto text = [](double value) { return QString::number(value); };
    return {QStringLiteral("Memory"),
            {{QStringLiteral("a"), ChartLine::Tint::Accent, ChartLine::Shape::Stacked},
             {QStringLiteral("b"), ChartLine::Tint::Green, ChartLine::Shape::Stacked},
             {QStringLiteral("c"), ChartLine::Tint::Amber}},
            text,
            text,
            QStringLiteral("999"),
            1};
}

} // namespace

class UsageChartTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsAnHour() {
        TimeRange range;
        UsageChart chart(look(), range);
        for (qint64 second = 0; second < 4000; ++second)
            chart.add(kNow + second * 1000, {double(second), 0, 0});
        QCOMPARE(chart.points().size(), 3601);
        QCOMPARE(chart.points().last().y(), 3999.0);
    }

    void thinningKeepsPeaks() {
        // Given an hour of a flat line with one peak and one dip of a second each,
        QList<QPointF> points;
        for (int second = 0; second < 3600; ++second)
            points.append(QPointF(second, second == 1777 ? 900 : second == 2501 ? 1 : 10));
        // when few points may be drawn,
        const QList<QPointF> kept = thinned(points, 3600, 200);
        // then there are few, in their order, and both are there.
        QVERIFY(kept.size() <= 204);
        QVERIFY(std::is_sorted(kept.begin(), kept.end(),
                               [](const QPointF& a, const QPointF& b) { return a.x() < b.x(); }));
        QVERIFY(kept.contains(QPointF(1777, 900)));
        QVERIFY(kept.contains(QPointF(2501, 1)));
    }

    void fewPointsAreAllDrawn() {
        const QList<QPointF> points{{0, 1}, {1, 2}, {2, 1}};
        QCOMPARE(thinned(points, 3600, 4), points);
    }

    void aThinnedLineDoesNotFlickerWhileItMoves() {
        QList<QPointF> points;
        for (int second = 0; second < 4000; ++second)
            points.append(QPointF(second, (second * 7919) % 1000));
        const QList<QPointF> before = thinned(points.mid(0, 3600), 3600, 200);
        const QList<QPointF> after = thinned(points.mid(1, 3600), 3600, 200);
        for (qsizetype i = 4; i + 4 < before.size(); ++i)
            QVERIFY(after.contains(before[i]));
    }

    void noMoreIsDrawnThanAPersonCanSee() {
        TimeRange range;
        UsageChart chart(look(), range);
        chart.resize(2000, 300);
        chart.show();
        range.setSpan(TimeRange::kMost);
        for (qint64 second = 0; second < 3600; ++second)
            chart.add(kNow + second * 1000, {double(second % 100), 0, 0});
        range.setNow(kNow + 3599'000);
        const int drawn = chart.canvas().line(0).count();
        QVERIFY2(drawn > 300 && drawn <= UsageChart::kMostDrawn + 4, qPrintable(QString::number(drawn)));
    }

    void stackedLinesLieOnEachOther() {
        TimeRange range;
        UsageChart chart(look(), range);
        chart.add(kNow - 1000, {10, 20, 5});
        chart.add(kNow, {11, 21, 6});
        range.setNow(kNow);
        QCOMPARE(chart.canvas().line(0).points().last(), QPointF(0, 11));
        QCOMPARE(chart.canvas().line(1).points().last(), QPointF(0, 32));
        QCOMPARE(chart.canvas().line(2).points().last(), QPointF(0, 6));
    }

    void aTimeWithoutMeasurementIsNoSlope() {
        TimeRange range;
        UsageChart chart(look(), range);
        chart.add(kNow - 60'000, {50, 0, 0});
        chart.add(kNow, {50, 0, 0});
        range.setNow(kNow);
        QCOMPARE(chart.canvas().line(0).count(), 4);
        QCOMPARE(chart.canvas().line(0).at(1).y(), 0.0);
    }

    void aLimitBecomesALine() {
        TimeRange range;
        UsageChart chart(look(), range);
        chart.add(kNow, {50, 0, 0});
        range.setNow(kNow);
        QCOMPARE(chart.canvas().limitLine().count(), 0);
        chart.setLimit(80, QStringLiteral("limit 80"));
        QCOMPARE(chart.canvas().limitLine().count(), 2);
        QCOMPARE(chart.canvas().limitLine().at(0).y(), 80.0);
        chart.setLimit(std::nullopt);
        QCOMPARE(chart.canvas().limitLine().count(), 0);
    }

    void aFarLimitDoesNotFlattenTheCurve() {
        TimeRange range;
        UsageChart chart(look(), range);
        chart.add(kNow, {50, 0, 0});
        range.setNow(kNow);
        chart.setLimit(50'000, QStringLiteral("limit 50000"));
        QCOMPARE(chart.canvas().limitLine().count(), 0); // its words are at the top instead
    }

    void valuesAreTheNewestOrThoseOfTheCrossHair() {
        TimeRange range;
        UsageChart chart(look(), range);
        chart.add(kNow - 2000, {1, 2, 3});
        chart.add(kNow - 1000, {4, 5, 6});
        chart.add(kNow, {7, 8, 9});
        range.setNow(kNow);
        chart.showValues();
        QCOMPARE(chart.legend().values().join(QLatin1Char(' ')), QStringLiteral("7 8 9"));
        QCOMPARE(chart.accessibleDescription(), QStringLiteral("a 7, b 8, c 9"));
        range.setCursor(kNow - 1100);
        QCOMPARE(chart.legend().values().join(QLatin1Char(' ')), QStringLiteral("4 5 6"));
        range.setCursor(std::nullopt);
        QCOMPARE(chart.legend().values().join(QLatin1Char(' ')), QStringLiteral("7 8 9"));
    }

    void scalesHaveShortFigures() {
        QCOMPARE(scaleFor(0, 5, Figures::Decimal).top, 5.0);
        QCOMPARE(scaleFor(7, 5, Figures::Decimal).top, 10.0);
        QCOMPARE(scaleFor(120, 5, Figures::Decimal).top, 200.0);
        QCOMPARE(scaleFor(500 << 20, 1, Figures::Binary).top, 512.0 * (1 << 20));
        QCOMPARE(scaleFor(600 << 20, 1, Figures::Binary).top, 768.0 * (1 << 20));
    }
};

ESCALE_TEST(UsageChartTest)
#include "usage_chart_test.moc"
