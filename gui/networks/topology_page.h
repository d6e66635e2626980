// The topology, live: the drawing, its tools, and beside it what the selected part is. Counters are asked for
// once a second while it is shown, and only then.
#pragma once

#include "engine/base/result.h"
#include "gui/networks/topology_graph.h"
#include "gui/networks/traffic_rates.h"

#include <QHash>
#include <QSet>
#include <QTimer>
#include <QWidget>

namespace escale::gui {

class EngineClient;
class ErrorBanner;
class TopologyPanel;
class TopologyScene;
class TopologyView;

class TopologyPage : public QWidget {
    Q_OBJECT
public:
    explicit TopologyPage(EngineClient& client, QWidget* parent = nullptr);
    void setNetworks(const dbus::NetworkList& networks);
    void setContainers(const dbus::ContainerList& containers);
    /// What is about something else steps back.
    void setFilter(const QString& text);
    void focusView();
    /// Writes the drawing: SVG, or a picture for any other end of the name.
    [[nodiscard]] Result<> exportTo(const QString& file) const;

    // What the engine tells; tests tell it themselves.
    void takeInterfaces(const dbus::HostInterfaces& interfaces, qint64 time);
    void takeStatistics(const dbus::EndpointStatistics& statistics, qint64 time);
    void takeReach(const QString& container, const dbus::PortReaches& reach);

    [[nodiscard]] TopologyView& view() { return *m_view; }
    [[nodiscard]] TopologyScene& scene() { return *m_scene; }
    [[nodiscard]] TopologyPanel& panel() { return *m_panel; }

Q_SIGNALS:
    void networkSelected(const QString& network);
    void connectRequested(const QString& network, const QString& container);
    void disconnectRequested(const QString& network, const QString& container);
    /// With more choices; either may be empty.
    void connectDialogRequested(const QString& network, const QString& container);
    void containerRequested(const QString& container);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildTools();
    void buildLayout();
    void rebuild();
    void askCounters();
    void askReach();
    void takeSelection();
    void showRates();
    void askRules();
    void askExport();
    void showMenu(const QPoint& place);

    EngineClient& m_client;
    TopologyInput m_input;
    TrafficRates m_rates;
    TopologyScene* m_scene;
    TopologyView* m_view;
    TopologyPanel* m_panel;
    ErrorBanner* m_error;
    QTimer m_second;
    bool m_asksInterfaces = false, m_asksStatistics = false;
    bool m_countersFail = false; // it has been said
    bool m_isStale = true;       // to be drawn when it is shown
    QSet<QString> m_reachAsked;  // containers and their ports, as they were asked for
};

} // namespace escale::gui
