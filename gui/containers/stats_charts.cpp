#include "gui/containers/stats_charts.h"

#include "gui/common/buttons.h"
#include "gui/common/format.h"
#include "gui/common/usage_chart.h"
#include "gui/containers/cpu_bars.h"
#include "gui/containers/limit_editor.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>

#include <cmath>

namespace escale::gui {
namespace {

constexpr int kTwoColumns = 760; // pixels of width

using Line = ChartLine;
using Tint = ChartLine::Tint;
using Shape = ChartLine::Shape;

QString memoryText(double bytes) {
    return formatMemory(static_cast<quint64>(std::max(0.0, bytes)));
}
QString rateText(double bytes) {
    return formatRate(static_cast<quint64>(std::max(0.0, bytes)));
}
QString countText(double count) {
    return QLocale().toString(std::round(count), 'f', 0);
}
QString roundMemory(double bytes) {
    return bytes <= 0 ? QStringLiteral("0") : memoryText(bytes);
}
QString roundRate(double bytes) {
    return bytes <= 0 ? QStringLiteral("0") : rateText(bytes);
}
QString roundPercent(double percent) {
    return QCoreApplication::translate("escale::gui::Format", "%1 %")
        .arg(QLocale().toString(percent, 'f', percent == std::floor(percent) ? 0 : 1));
}

// In the order of StatsCharts's lines.
QList<double> memoryOf(const dbus::StatsPoint& p) {
    return {p.anonymous, p.file, std::max(0.0, p.memory - p.anonymous - p.file), p.swap};
}

} // namespace

StatsCharts::StatsCharts(TimeRange& range, QWidget* parent)
    : QWidget(parent)
    , m_bars(new CpuBars)
    , m_grid(new QGridLayout(this)) {
    setProperty("role", "clear");
    m_grid->setContentsMargins(0, 0, 10, 0); // beside the scroll bar
    m_grid->setHorizontalSpacing(28);
    m_grid->setVerticalSpacing(18);
    build(range);
    arrange(2);
}

void StatsCharts::build(TimeRange& range) {
    const UsageChart::Look looks[ChartCount] = {
        {tr("CPU"),
         {{tr("Used"), Tint::Accent, Shape::Filled}, {tr("Held back"), Tint::Amber}},
         formatPercent,
         roundPercent,
         formatPercent(8888.8),
         5},
        {tr("Memory"),
         {{tr("Anonymous"), Tint::Accent, Shape::Stacked},
          {tr("Cache"), Tint::Green, Shape::Stacked},
          {tr("Other"), Tint::Muted, Shape::Stacked},
          {tr("Swap"), Tint::Amber}},
         memoryText,
         roundMemory,
         memoryText(888.8 * 1024 * 1024),
         1 << 20,
         Figures::Binary},
        {tr("Processes"),
         {{tr("Processes"), Tint::Accent, Shape::Filled}},
         countText,
         countText,
         countText(88888),
         5},
        {tr("Pressure"),
         {{tr("CPU"), Tint::Accent}, {tr("Memory"), Tint::Green}, {tr("Disk"), Tint::Amber}},
         formatPercent,
         roundPercent,
         formatPercent(100),
         5,
         Figures::Decimal,
         100},
        {tr("Disk"),
         {{tr("Read"), Tint::Accent}, {tr("Written"), Tint::Amber}},
         rateText,
         roundRate,
         rateText(888'800'000),
         1000},
        {tr("Network"),
         {{tr("Received"), Tint::Accent}, {tr("Sent"), Tint::Amber}},
         rateText,
         roundRate,
         rateText(888'800'000),
         1000}};
    const char* const names[ChartCount] = {"cpu", "memory", "processes", "pressure", "disk", "network"};
    for (int i = 0; i < ChartCount; ++i) {
        m_charts[i] = new UsageChart(looks[i], range, this);
        m_charts[i]->setObjectName(QStringLiteral("containersPane.%1Chart").arg(QLatin1String(names[i])));
    }
    m_charts[Cpu]->setCorner(m_bars);
    addEditor(Cpu, LimitKind::Cpu, QStringLiteral("stats.cpuLimit"));
    addEditor(Memory, LimitKind::Memory, QStringLiteral("stats.memoryLimit"));
    addEditor(Processes, LimitKind::Processes, QStringLiteral("stats.pidsLimit"));
    m_meaning = label(tr("The share of time in which some process had to wait for a processor, for memory or "
                         "for the disk. Near 0, nothing is short."),
                      "muted", this);
    m_meaning->setWordWrap(true);
    m_meaning->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_charts[Pressure]->addBelow(m_meaning);
}

void StatsCharts::addEditor(Chart chart, LimitKind kind, const QString& name) {
    auto* editor = new LimitEditor(kind, machineMost(kind), name, this);
    m_editors[static_cast<int>(kind)] = editor;
    m_charts[chart]->addBelow(editor);
    connect(editor, &LimitEditor::previewed, this, [this, kind](double limit) { drawLimit(kind, limit); });
    connect(editor, &LimitEditor::requested, this,
            [this, kind](double limit) { Q_EMIT limitRequested(kind, limit); });
}

void StatsCharts::setContainer(const QString& id) {
    for (UsageChart* chart : m_charts)
        chart->clear();
    for (LimitEditor* editor : m_editors)
        editor->setContainer(id);
    for (const LimitKind kind : {LimitKind::Cpu, LimitKind::Memory, LimitKind::Processes})
        drawLimit(kind, 0);
    m_bars->clear();
}

void StatsCharts::setRunning(bool running) {
    for (LimitEditor* editor : m_editors)
        editor->setEnabled(running);
}

void StatsCharts::add(const dbus::StatsPoints& points) {
    for (const dbus::StatsPoint& p : points) {
        m_charts[Cpu]->add(p.time, {p.cpu * 100, p.throttled * 100});
        m_charts[Memory]->add(p.time, memoryOf(p));
        m_charts[Processes]->add(p.time, {p.pids});
        m_charts[Pressure]->add(p.time, {p.cpuPressure * 100, p.memoryPressure * 100, p.ioPressure * 100});
        m_charts[Disk]->add(p.time, {p.read, p.written});
        m_charts[Network]->add(p.time, {p.received, p.sent});
    }
    for (UsageChart* chart : m_charts)
        chart->showValues();
    if (points.isEmpty())
        return;
    editor(LimitKind::Memory).setUsed(points.last().memory);
    editor(LimitKind::Processes).setUsed(points.last().pids);
}

void StatsCharts::setReading(const dbus::ContainerStats& reading) {
    const std::pair<LimitKind, double> limits[] = {
        {LimitKind::Cpu, reading.cpuLimit},
        {LimitKind::Memory, static_cast<double>(reading.memoryLimit)},
        {LimitKind::Processes, static_cast<double>(reading.pidsLimit)}};
    for (const auto& [kind, limit] : limits) {
        editor(kind).setLimit(limit);
        drawLimit(kind, editor(kind).limit());
    }
    m_charts[Pressure]->setSentence(
        reading.hasPressure
            ? QString()
            : tr("This kernel does not tell how long processes wait: that takes cgroup v2 and "
                 "a kernel with pressure stall information (psi=1)."));
    m_meaning->setVisible(reading.hasPressure);
    m_bars->add(reading.time, reading.perCpu);
}

void StatsCharts::drawLimit(LimitKind kind, double limit) {
    const bool none = limit <= 0;
    const auto set = [&](Chart chart, double value, const QString& words) {
        m_charts[chart]->setLimit(none ? std::nullopt : std::optional(value), none ? QString() : words);
    };
    switch (kind) {
    case LimitKind::Cpu:
        return set(Cpu, limit * 100, tr("limit %1").arg(roundPercent(limit * 100)));
    case LimitKind::Memory:
        return set(Memory, limit, tr("limit %1").arg(memoryText(limit)));
    case LimitKind::Processes:
        return set(Processes, limit, tr("limit %1").arg(countText(limit)));
    }
}

void StatsCharts::arrange(int columns) {
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int i = 0; i < ChartCount; ++i) {
        m_grid->removeWidget(m_charts[i]);
        m_grid->addWidget(m_charts[i], i / columns, i % columns);
    }
    // As high as the limit beside it, so that both charts end at the same height.
    m_meaning->setMinimumHeight(columns == 1 ? 0 : editor(LimitKind::Processes).sizeHint().height());
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, columns == 2 ? 1 : 0);
}

QSize StatsCharts::minimumSizeHint() const {
    int widest = 0;
    for (const UsageChart* chart : m_charts)
        widest = std::max(widest, chart->minimumSizeHint().width());
    return {widest, QWidget::minimumSizeHint().height()};
}

void StatsCharts::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange(width() >= kTwoColumns ? 2 : 1);
    for (int i = 0; i < ChartCount; i += 2) {
        const int height =
            m_columns == 1 ? 0 : std::max(m_charts[i]->legendHeight(), m_charts[i + 1]->legendHeight());
        m_charts[i]->setLegendHeight(height);
        m_charts[i + 1]->setLegendHeight(height);
    }
}

} // namespace escale::gui
