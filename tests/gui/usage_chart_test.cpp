#include "gui/common/usage_chart.h"
#include "gui/containers/usage_tab.h"
#include "tests/support/test_registry.h"

using namespace escale::gui;

class UsageChartTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsAMinute() {
        UsageChart chart(QStringLiteral("CPU"), 10, [](double value) { return QString::number(value); });
        for (int second = 0; second < 500; ++second)
            chart.add(second, second);
        QVERIFY(chart.points().size() <= UsageChart::kSeconds + 2);
        QCOMPARE(chart.points().last().y(), 499.0);
        QCOMPARE(chart.points().last().x() - chart.points().first().x() <= UsageChart::kSeconds + 1, true);
        QCOMPARE(chart.accessibleDescription(), QStringLiteral("499"));
    }

    void chartsAreMadeWhenFirstShown() {
        // Qt Charts takes its time to load: not before the tab is looked at, and then with all samples so
        // far.
        UsageTab tab;
        tab.setContainer(QStringLiteral("a"));
        tab.add(1, {});
        tab.add(2, {});
        QVERIFY(tab.findChildren<UsageChart*>().isEmpty());
        tab.show();
        const auto* chart = tab.findChild<UsageChart*>(QStringLiteral("containersPane.cpuChart"));
        QVERIFY(chart != nullptr);
        QCOMPARE(chart->points().size(), 2);
    }

    void eachContainerHasItsOwnHistory() {
        UsageTab tab;
        tab.show();
        tab.setContainer(QStringLiteral("a"));
        tab.add(1, {});
        tab.setContainer(QStringLiteral("b"));
        QCOMPARE(tab.findChild<UsageChart*>(QStringLiteral("containersPane.cpuChart"))->points().size(), 0);
        tab.setContainer(QStringLiteral("a"));
        QCOMPARE(tab.findChild<UsageChart*>(QStringLiteral("containersPane.cpuChart"))->points().size(), 1);
    }
};

ESCALE_TEST(UsageChartTest)
#include "usage_chart_test.moc"
