#include "gui/common/chart_canvas.h"
#include "gui/common/error_banner.h"
#include "gui/common/usage_chart.h"
#include "gui/containers/cpu_bars.h"
#include "gui/containers/limit_editor.h"
#include "gui/containers/stats_tab.h"
#include "tests/support/test_registry.h"

#include <QLabel>
#include <QLineSeries>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>

using namespace escale;
using namespace escale::gui;

namespace {

constexpr qint64 kNow = 1'767'225'600'000;
constexpr quint64 kMebibyte = 1 << 20;

// An engine of this test's: it has points up to a second, and notes what it is asked.
struct Engine {
    dbus::StatsPoints points;
    dbus::ContainerStats reading;
    QList<qint64> asked;
    int readings = 0;
    QList<QVariantMap> updates;
    std::optional<Error> refusal;

    Engine() {
        reading.memoryLimit = 512 * kMebibyte;
        reading.cpuLimit = 1.5;
        reading.hasPressure = true;
    }
    void measure(qint64 second) {
        dbus::StatsPoint point;
        point.time = kNow + second * 1000;
        point.cpu = 0.5;
        point.memory = 300.0 * kMebibyte;
        point.anonymous = 200.0 * kMebibyte;
        point.file = 80.0 * kMebibyte;
        points.append(point);
    }
    StatsTab::Source source() {
        return {[this](const QString&, qint64 since, QObject*, const Answer<dbus::StatsPoints>& answer) {
                    asked.append(since);
                    dbus::StatsPoints later;
                    for (const dbus::StatsPoint& point : points) {
                        if (point.time >= since) // a careless engine: the point at `since` once more
                            later.append(point);
                    }
                    answer(later);
                },
                [this](const QString&, QObject*, const Answer<dbus::StatsList>& answer) {
                    ++readings;
                    answer(dbus::StatsList{reading});
                },
                [this](const QString&, const QVariantMap& options, QObject*, const Answer<>& answer) {
                    updates.append(options);
                    if (refusal)
                        answer(fail(*refusal));
                    else
                        answer({});
                }};
    }
};

UsageChart* chart(const StatsTab& tab, const char* name) {
    return tab.findChild<UsageChart*>(QStringLiteral("containersPane.%1Chart").arg(QLatin1String(name)));
}

QSlider* memorySlider(const StatsTab& tab) {
    return tab.findChild<QSlider*>(QStringLiteral("stats.memoryLimit.slider"));
}

void dragTo(QSlider* slider, int step) {
    slider->setSliderDown(true);
    slider->setSliderPosition(step);
    slider->setSliderDown(false);
}

} // namespace

class StatsTabTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsMadeOrAskedWhileHidden() {
        Engine engine;
        StatsTab tab(engine.source());
        tab.setContainer(QStringLiteral("a"), true);
        QTest::qWait(1200);
        QVERIFY(engine.asked.isEmpty());
        QVERIFY(chart(tab, "cpu") == nullptr);
        tab.show();
        QCOMPARE(engine.asked.size(), 1);
        tab.hide();
        QTest::qWait(1200);
        QCOMPARE(engine.asked.size(), 1);
    }

    void openedLateItShowsTheHour() {
        Engine engine;
        for (int second = -3600; second < 0; second += 5)
            engine.measure(second);
        StatsTab tab(engine.source());
        tab.setContainer(QStringLiteral("a"), true);
        tab.show();
        QCOMPARE(engine.asked, QList<qint64>{0});
        QCOMPARE(chart(tab, "cpu")->points().size(), 720);
        QCOMPARE(tab.range().to(), kNow - 5000);
    }

    void historyAndIncrementsAreJoinedWithoutDuplicates() {
        Engine engine;
        for (int second = 0; second < 10; ++second)
            engine.measure(second);
        StatsTab tab(engine.source());
        tab.setContainer(QStringLiteral("a"), true);
        tab.show();
        engine.measure(10);
        QTRY_COMPARE_WITH_TIMEOUT(engine.asked.size(), 2, 3000);
        QCOMPARE(engine.asked.last(), kNow + 9000);
        const QList<QPointF> points = chart(tab, "memory")->points();
        QCOMPARE(points.size(), 11);
        for (qsizetype i = 1; i < points.size(); ++i)
            QCOMPARE(points[i].x() - points[i - 1].x(), 1000.0);
    }

    void anotherContainerBeginsAnew() {
        Engine engine;
        engine.measure(0);
        StatsTab tab(engine.source());
        tab.setContainer(QStringLiteral("a"), true);
        tab.show();
        engine.points.clear();
        tab.setContainer(QStringLiteral("b"), true);
        QCOMPARE(engine.asked.last(), 0);
        QCOMPARE(chart(tab, "cpu")->points().size(), 0);
    }

    void whatDoesNotRunIsNotAskedFor() {
        Engine engine;
        StatsTab tab(engine.source());
        tab.setContainer(QStringLiteral("a"), false);
        tab.show();
        QVERIFY(engine.asked.isEmpty());
        QVERIFY(tab.findChild<QLabel*>(QStringLiteral("stats.note"))->isVisible());
        tab.setContainer(QStringLiteral("a"), true);
        QCOMPARE(engine.asked.size(), 1);
    }

    void memoryIsStackedByKind() {
        Engine engine;
        engine.measure(0);
        engine.measure(1);
        StatsTab tab(engine.source());
        tab.setContainer(QStringLiteral("a"), true);
        tab.show();
        UsageChart* memory = chart(tab, "memory");
        QCOMPARE(memory->points(0).last().y(), 200.0 * kMebibyte);
        QCOMPARE(memory->points(1).last().y(), 80.0 * kMebibyte);
        QCOMPARE(memory->points(2).last().y(), 20.0 * kMebibyte);
        QCOMPARE(memory->canvas().line(2).points().last().y(), 300.0 * kMebibyte);
    }

    void limitsAreLines() {
        Engine engine;
        engine.measure(0);
        StatsTab tab(engine.source());
        tab.setContainer(QStringLiteral("a"), true);
        tab.show();
        const QLineSeries& line = chart(tab, "memory")->canvas().limitLine();
        QCOMPARE(line.at(0).y(), 512.0 * kMebibyte);
        QCOMPARE(chart(tab, "cpu")->canvas().limitLine().at(0).y(), 150.0);
        QCOMPARE(chart(tab, "processes")->canvas().limitLine().count(), 0);
        // While the slider is dragged the line goes with it.
        QSlider* slider = memorySlider(tab);
        slider->setSliderDown(true);
        slider->setSliderPosition(slider->value() - 10);
        const double dragged = tab.findChild<LimitEditor*>(QStringLiteral("stats.memoryLimit"))->limit();
        QVERIFY(dragged < 512.0 * kMebibyte);
        QCOMPARE(line.at(0).y(), dragged);
    }

    void aReleasedSliderIsOneUpdate() {
        Engine engine;
        engine.measure(0);
        StatsTab tab(engine.source());
        tab.setContainer(QStringLiteral("a"), true);
        tab.show();
        dragTo(memorySlider(tab), 50);
        dragTo(memorySlider(tab), 40);
        QTRY_COMPARE(engine.updates.size(), 1);
        QTest::qWait(500);
        QCOMPARE(engine.updates.size(), 1);
        const QVariant memory = engine.updates.first().value(QStringLiteral("memory"));
        QCOMPARE(engine.updates.first().size(), 1);
        QCOMPARE(memory.typeId(), int(QMetaType::ULongLong));
        QVERIFY(memory.toULongLong() >= 16 * kMebibyte && memory.toULongLong() < 512 * kMebibyte);
    }

    void aRefusedLimitGoesBackAndSaysWhy() {
        Engine engine;
        engine.measure(0);
        engine.refusal = Error{ErrorCode::InvalidArgument, "the limit is below what is in use", {}, {}};
        StatsTab tab(engine.source());
        tab.setContainer(QStringLiteral("a"), true);
        tab.show();
        const int before = memorySlider(tab)->value();
        dragTo(memorySlider(tab), 3);
        QTRY_COMPARE(engine.updates.size(), 1);
        QCOMPARE(memorySlider(tab)->value(), before);
        QCOMPARE(chart(tab, "memory")->canvas().limitLine().at(0).y(), 512.0 * kMebibyte);
        auto* banner = tab.findChild<ErrorBanner*>();
        QVERIFY(banner->isVisible());
        QVERIFY(banner->message().contains(QStringLiteral("below what is in use")));
    }

    void withoutPressureASentenceSaysSo() {
        Engine engine;
        engine.reading.hasPressure = false;
        StatsTab tab(engine.source());
        tab.setContainer(QStringLiteral("a"), true);
        tab.show();
        UsageChart* pressure = chart(tab, "pressure");
        QVERIFY(pressure->canvas().isHidden());
        bool said = false;
        for (const auto* words : pressure->findChildren<QLabel*>())
            said = said || words->text().contains(QStringLiteral("cgroup v2"));
        QVERIFY(said);
    }

    void processorsAreBarsWhereTheKernelTells() {
        Engine engine;
        StatsTab tab(engine.source());
        tab.setContainer(QStringLiteral("a"), true);
        engine.reading.time = kNow;
        engine.reading.perCpu = {1'000'000'000, 0};
        tab.show();
        engine.reading.time = kNow + 1000;
        engine.reading.perCpu = {1'500'000'000, 1'000'000'000};
        auto* bars = tab.findChild<CpuBars*>();
        QTRY_COMPARE_WITH_TIMEOUT(bars->shares(), (QList<double>{0.5, 1.0}), 3000);
    }

    void aSpanIsChosenByButtonAndLeftByZooming() {
        Engine engine;
        for (int second = -1000; second < 0; ++second)
            engine.measure(second);
        StatsTab tab(engine.source());
        tab.setContainer(QStringLiteral("a"), true);
        tab.show();
        auto* minute = tab.findChild<QPushButton*>(QStringLiteral("stats.span1"));
        auto* live = tab.findChild<QPushButton*>(QStringLiteral("stats.live"));
        minute->click();
        QCOMPARE(tab.range().span(), 60'000);
        QVERIFY(minute->isChecked());
        tab.range().zoom(0.5, tab.range().from());
        QVERIFY(!minute->isChecked());
        QVERIFY(!live->isChecked());
        live->click();
        QVERIFY(tab.range().isLive());
        QVERIFY(live->isChecked());
    }

    void whatIsScrolledOutOfSightIsDrawnWhenItComes() {
        Engine engine;
        for (int second = -100; second < 0; ++second)
            engine.measure(second);
        StatsTab tab(engine.source());
        tab.resize(500, 300);
        tab.show();
        QTest::qWait(50);
        tab.setContainer(QStringLiteral("a"), true);
        const QLineSeries& line = chart(tab, "network")->canvas().line(0);
        QCOMPARE(line.count(), 0);
        tab.findChild<QScrollArea*>()->ensureWidgetVisible(chart(tab, "network"));
        QTRY_VERIFY(line.count() > 50);
    }

    void theWheelZoomsAndADragMovesAllCharts() {
        Engine engine;
        for (int second = -1000; second < 0; ++second)
            engine.measure(second);
        StatsTab tab(engine.source());
        tab.resize(1000, 800);
        tab.setContainer(QStringLiteral("a"), true);
        tab.show();
        ChartCanvas& canvas = chart(tab, "cpu")->canvas();
        const QPoint middle = canvas.plot().center().toPoint();
        QTest::mousePress(canvas.viewport(), Qt::LeftButton, Qt::NoModifier, middle);
        QMouseEvent move(QEvent::MouseMove, QPointF(middle) + QPointF(60, 0),
                         canvas.viewport()->mapToGlobal(QPointF(middle) + QPointF(60, 0)), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(canvas.viewport(), &move);
        QTest::mouseRelease(canvas.viewport(), Qt::LeftButton, Qt::NoModifier, middle + QPoint(60, 0));
        QVERIFY(!tab.range().isLive());
        const qint64 span = tab.range().span();
        QWheelEvent wheel(QPointF(middle), canvas.viewport()->mapToGlobal(QPointF(middle)), {},
                          QPoint(0, 120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(canvas.viewport(), &wheel);
        QVERIFY(tab.range().span() < span);
        QTest::mouseDClick(canvas.viewport(), Qt::LeftButton, Qt::NoModifier, middle);
        QVERIFY(tab.range().isLive());
    }
};

ESCALE_TEST(StatsTabTest)
#include "stats_tab_test.moc"
