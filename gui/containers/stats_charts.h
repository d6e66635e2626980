// The charts of a container's usage, in two columns where there is room, with its limits below those that
// have one.
#pragma once

#include "gui/containers/limit_scale.h"
#include "helper/dbus/types.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace escale::gui {

class CpuBars;
class LimitEditor;
class TimeRange;
class UsageChart;

class StatsCharts : public QWidget {
    Q_OBJECT
public:
    explicit StatsCharts(TimeRange& range, QWidget* parent = nullptr);

    void setContainer(const QString& id);
    void setRunning(bool running);
    /// Points of the container, later than those so far.
    void add(const dbus::StatsPoints& points);
    /// Limits in force, pressure or none, processors.
    void setReading(const dbus::ContainerStats& reading);
    [[nodiscard]] LimitEditor& editor(LimitKind kind) { return *m_editors[static_cast<int>(kind)]; }

    /// One column always fits: how many there are follows from the width.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void limitRequested(LimitKind kind, double limit);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Chart { Cpu, Memory, Processes, Pressure, Disk, Network, ChartCount };
    void build(TimeRange& range);
    void addEditor(Chart chart, LimitKind kind, const QString& name);
    void drawLimit(LimitKind kind, double limit);
    void arrange(int columns);

    UsageChart* m_charts[ChartCount] = {};
    LimitEditor* m_editors[3] = {};
    CpuBars* m_bars;
    QLabel* m_meaning = nullptr; // what pressure is
    QGridLayout* m_grid;
    int m_columns = 0;
};

} // namespace escale::gui
