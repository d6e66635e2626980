// CPU and memory of the selected container over the last minute, from its cgroup. The charts are made
// when first shown.
#pragma once

#include "gui/containers/containers_model.h"

#include <QWidget>

class QLabel;

namespace escale::gui {

class UsageChart;

class UsageTab : public QWidget {
    Q_OBJECT
public:
    explicit UsageTab(QWidget* parent = nullptr);
    void setContainer(const QString& id);
    /// A sample of the selected container, at a time in seconds.
    void add(double time, const UsageSample& sample);
    void setRunning(bool running);
    /// The samples of this container so far (for tests and for a container looked at again).
    [[nodiscard]] int sampleCount() const { return static_cast<int>(m_history.value(m_id).size()); }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void fill();
    void plot(double time, const UsageSample& sample);

    QString m_id;
    bool m_running = false;
    // Kept by container, so that the chart is there again when one comes back to it.
    QHash<QString, QList<std::pair<double, UsageSample>>> m_history;
    UsageChart* m_cpu = nullptr;
    UsageChart* m_memory = nullptr;
    QLabel* m_note = nullptr;
};

} // namespace escale::gui
