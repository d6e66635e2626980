// Beside the topology: what the selected part is, how much goes through it, which rules are about it, and who
// can reach a published port. Without a selection: all published ports, and how to read the drawing.
#pragma once

#include "gui/networks/topology_graph.h"
#include "gui/networks/traffic_rates.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace escale::gui {

class Facts;
class RulesView;

class TopologyPanel : public QFrame {
    Q_OBJECT
public:
    explicit TopologyPanel(QWidget* parent = nullptr);
    /// `id`: of a node or an edge; empty: nothing is selected.
    void show(const TopologyInput& input, const TopologyGraph& graph, const QString& id);
    void setRate(const TrafficRate& rate, bool isCounted);
    void setRules(const dbus::RuleChains& chains);
    void setRulesProblem(const QString& words);
    /// Whose rules are to be read; a network is empty: of nothing.
    [[nodiscard]] std::pair<QString, QString> rulesOf() const { return {m_network, m_container}; }

Q_SIGNALS:
    /// A node or an edge that is named here.
    void idRequested(const QString& id);
    void disconnectRequested(const QString& network, const QString& container);
    void connectRequested(const QString& network, const QString& container);
    void containerRequested(const QString& container);

private:
    void showNode(const TopologyInput& input, const TopologyGraph& graph, const TopologyNode& node);
    void showEdge(const TopologyInput& input, const TopologyGraph& graph, const TopologyEdge& edge);
    void showNothing(const TopologyInput& input, const TopologyGraph& graph);
    void showNetwork(const dbus::Network& network);
    void showContainer(const TopologyInput& input, const TopologyGraph& graph, const QString& container);
    void showPort(const TopologyInput& input, const TopologyNode& node);
    void addPorts(const TopologyInput& input, const TopologyGraph& graph, const QString& container);
    void addReach(const dbus::PortReach& reach);
    void addLink(const QString& words, const QString& id);
    void addWords(const QString& text, const char* role = "muted");
    void addButton(const QString& words, const QString& name, std::function<void()> act);
    void clear();

    QLabel *m_title, *m_kind;
    QLabel *m_packets, *m_bytes;
    QWidget* m_rates;
    Facts* m_facts;
    QVBoxLayout *m_more, *m_buttons;
    QLabel* m_rulesTitle;
    RulesView* m_rules;
    QString m_network, m_container;
    QString m_shown; // as it was built last, so that what stays the same is not built anew
};

} // namespace escale::gui
