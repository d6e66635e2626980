// The networks of this person: a list with what the selected one consists of, or the topology they make,
// live.
#pragma once

#include "gui/common/list_reader.h"
#include "gui/common/pane.h"
#include "helper/dbus/types.h"

class QSplitter;

namespace escale::gui {

class ActionNotice;
class Confirmation;
class ContainerShelf;
class EngineClient;
class ErrorBanner;
class NetworkActions;
class NetworkTabs;
class NetworksModel;
class NetworksTable;
class TableStack;
class TopologyPage;
class WarningNote;

class NetworksPane : public Pane {
    Q_OBJECT
public:
    /// The client outlives it.
    explicit NetworksPane(EngineClient& client, QWidget* parent = nullptr);
    ~NetworksPane() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QWidget* tools() override { return m_tools; }
    [[nodiscard]] QString filterHint() const override;
    void setFilter(const QString& text) override;
    void focusContent() override;
    void select(const QString& network);
    void showTopology(bool shown);

Q_SIGNALS:
    /// Show that container.
    void containerRequested(const QString& containerId);

private:
    void buildActions();
    void buildTable();
    void buildTopology();
    void buildLayout();
    QWidget* buildShelf();
    void takeNetworks(const Result<dbus::NetworkList>& list);
    void takeContainers(const Result<dbus::ContainerList>& list);
    void takeCurrent();
    [[nodiscard]] const dbus::Network* current() const;

    EngineClient& m_client;
    NetworksModel* m_model;
    ListReader<dbus::NetworkList> m_networks;
    ListReader<dbus::ContainerList> m_containers;
    NetworksTable* m_table;
    TableStack* m_stack;
    ContainerShelf* m_shelf;
    QSplitter* m_splitter;
    NetworkTabs* m_tabs = nullptr;
    TopologyPage* m_topology = nullptr;
    WarningNote* m_warning = nullptr;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    ActionNotice* m_notice;
    QWidget* m_tools = nullptr;
    NetworkActions* m_actions = nullptr;
    QString m_awaited; // a network to select when it is listed
};

} // namespace escale::gui
