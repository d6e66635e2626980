// What a container used in the last hour and uses now, and its limits. The engine keeps the hour; this asks
// for it when it is first looked at, then each second for what is new, and for nothing while it is hidden.
#pragma once

#include "gui/client/call.h"
#include "gui/common/time_range.h"
#include "gui/containers/limit_scale.h"
#include "helper/dbus/types.h"

#include <QTimer>
#include <QWidget>

class QButtonGroup;
class QLabel;
class QPushButton;
class QScrollArea;

namespace escale::gui {

class ElidedLabel;
class ContainerUndo;
class EngineClient;
class ErrorBanner;
class StatsCharts;

class StatsTab : public QWidget {
    Q_OBJECT
public:
    /// What it asks of the engine, as of EngineClient.
    struct Source {
        std::function<void(const QString& id, qint64 since, QObject* guard, Answer<dbus::StatsPoints>)>
            history;
        std::function<void(const QString& id, QObject* guard, Answer<dbus::StatsList>)> reading;
        std::function<void(const QString& id, const QVariantMap& options, QObject* guard, Answer<>)> update;
    };
    static constexpr int kInterval = 1000; // milliseconds

    explicit StatsTab(Source source, QWidget* parent = nullptr);
    StatsTab(EngineClient& client, ContainerUndo& undo, QWidget* parent = nullptr);

    /// Empty for none.
    void setContainer(const QString& id, bool running);
    /// Shared by all charts.
    [[nodiscard]] TimeRange& range() { return m_range; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    QWidget* buildTools();
    void poll();
    void askReading();
    void takeHistory(const Result<dbus::StatsPoints>& points);
    void takeReading(const dbus::ContainerStats& reading);
    void change(LimitKind kind, double limit);
    void showState();
    void showRange();

    Source m_source;
    QString m_id;
    bool m_running = false;
    qint64 m_last = 0; // of the newest point, Unix milliseconds
    bool m_asking = false;
    bool m_readFailed = false; // the banner speaks of it
    bool m_hasPerCpu = false;
    int m_ticks = 0;
    int m_changes = 0; // readings asked for before a change tell what is over
    QTimer m_timer;
    TimeRange m_range;
    ErrorBanner* m_error = nullptr;
    QLabel* m_note = nullptr;
    QButtonGroup* m_spans = nullptr;
    QPushButton* m_live = nullptr;
    ElidedLabel* m_hint = nullptr;
    QScrollArea* m_scroll = nullptr;
    StatsCharts* m_charts = nullptr;
};

} // namespace escale::gui
