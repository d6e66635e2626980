// What the topology shows, as nodes and edges: made from the engine's lists, without any geometry. Pure.
#pragma once

#include "helper/dbus/types.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

namespace escale::gui {

struct TopologyInput {
    dbus::NetworkList networks;
    dbus::ContainerList containers;
    dbus::HostInterfaces interfaces;
    QHash<QString, dbus::PortReaches> reach; // by container
};

struct TopologyNode {
    enum Kind { World, Interface, Firewall, Port, Network, Container };
    Kind kind = World;
    QString id;           // unique, and the same from one drawing to the next: "network:ID"
    QString object;       // the engine's id, or the name of an interface
    QString title;        // its name
    QStringList lines;    // smaller, below
    bool isActive = true; // it runs, it is up
    QString state;        // a word for a screen reader: "running"
    QString network;      // of a container: the network that it is drawn with; of a port: that it leads to
    int hue = -1;         // of a network: which of the colours; -1: none
    QString who;          // of a port: "machine", "local", "everybody", "" when it is not known
};

struct TopologyEdge {
    enum Kind { Uplink, Masquerade, Parent, Publish, Veth };
    Kind kind = Veth;
    QString id;
    QString from, to; // nodes; traffic "to" goes from the world inwards
    QString network, container;
    QString inside, outside; // interfaces at its ends
    QStringList addresses;
    bool isActive = true;
    bool isSecondary = false; // of a container that is drawn with another network
    int hue = -1;
    QString counter; // whose rates are its traffic: key of TrafficRates; empty: nothing is counted
};

struct TopologyGraph {
    QList<TopologyNode> nodes;
    QList<TopologyEdge> edges;

    [[nodiscard]] const TopologyNode* node(const QString& id) const;
    [[nodiscard]] const TopologyEdge* edge(const QString& id) const;
    /// Nodes and edges that belong to a node's or an edge's way, itself among them.
    [[nodiscard]] QSet<QString> wayOf(const QString& id) const;
};

TopologyGraph makeTopology(const TopologyInput& input);

/// A node or an edge in one sentence, for a screen reader.
QString spokenNode(const TopologyGraph& graph, const TopologyNode& node);
QString spokenEdge(const TopologyGraph& graph, const TopologyEdge& edge);

} // namespace escale::gui
