#include "gui/containers/usage_tab.h"

#include "gui/common/buttons.h"
#include "gui/common/format.h"
#include "gui/common/usage_chart.h"

#include <QHBoxLayout>
#include <QLabel>

namespace escale::gui {

// Above this a limit is no limit (cgroup v1 writes PAGE_COUNTER_MAX).
static constexpr quint64 kNoLimit = quint64(1) << 60;

UsageTab::UsageTab(QWidget* parent)
    : QWidget(parent) {}

void UsageTab::setContainer(const QString& id) {
    if (m_id == id)
        return;
    m_id = id;
    fill();
}

void UsageTab::add(double time, const UsageSample& sample) {
    if (m_id.isEmpty())
        return;
    auto& history = m_history[m_id];
    history.append({time, sample});
    while (history.size() > UsageChart::kSeconds + 1)
        history.removeFirst();
    plot(time, sample);
}

void UsageTab::setRunning(bool running) {
    m_running = running;
    if (m_note != nullptr)
        m_note->setVisible(!running);
}

void UsageTab::showEvent(QShowEvent* event) {
    build();
    QWidget::showEvent(event);
}

void UsageTab::build() {
    if (m_cpu != nullptr)
        return;
    m_cpu = new UsageChart(tr("CPU"), 1, formatPercent, this);
    m_cpu->setObjectName(QStringLiteral("containersPane.cpuChart"));
    m_memory = new UsageChart(
        tr("Memory"), 1 << 20, [](double bytes) { return formatMemory(static_cast<quint64>(bytes)); }, this);
    m_memory->setObjectName(QStringLiteral("containersPane.memoryChart"));
    m_note = label(tr("The container does not run: there is nothing to measure."), "muted", this);
    auto* charts = new QHBoxLayout;
    charts->setSpacing(32);
    charts->addWidget(m_cpu, 1);
    charts->addWidget(m_memory, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_note);
    column->addLayout(charts, 1);
    m_note->setVisible(!m_running);
    fill();
}

void UsageTab::fill() {
    if (m_cpu == nullptr)
        return;
    m_cpu->clear();
    m_memory->clear();
    for (const auto& [time, sample] : m_history.value(m_id))
        plot(time, sample);
}

void UsageTab::plot(double time, const UsageSample& sample) {
    if (m_cpu == nullptr)
        return;
    m_cpu->add(time, sample.cpuPercent);
    m_cpu->setLimitText(sample.pids > 0 ? tr("%n process(es)", nullptr, static_cast<int>(sample.pids))
                                        : QString());
    m_memory->add(time, static_cast<double>(sample.memory));
    m_memory->setLimitText(sample.memoryLimit > 0 && sample.memoryLimit < kNoLimit
                               ? tr("of %1").arg(formatMemory(sample.memoryLimit))
                               : tr("no limit"));
}

} // namespace escale::gui
