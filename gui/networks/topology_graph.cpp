#include "gui/networks/topology_graph.h"

#include "gui/containers/published_port.h"
#include "gui/containers/state_text.h"
#include "gui/networks/network_text.h"
#include "gui/networks/traffic_rates.h"

#include <QCoreApplication>

#include <algorithm>

namespace escale::gui {
namespace {

constexpr int kHues = 8;

constexpr const char* kNames = QT_TRANSLATE_N_NOOP("Topology", "DNS: %n name(s)");

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

QString networkId(const QString& id) {
    return QStringLiteral("network:") + id;
}
QString containerId(const QString& id) {
    return QStringLiteral("container:") + id;
}
QString interfaceId(const QString& name) {
    return QStringLiteral("interface:") + name;
}
const QString kWorld = QStringLiteral("world");
const QString kFirewall = QStringLiteral("firewall");

// One of a container's places, in the order in which its box names them.
struct Place {
    const dbus::Network* network;
    const dbus::NetworkEndpoint* endpoint;
};

class Maker {
public:
    explicit Maker(const TopologyInput& input)
        : m_in(input) {}

    TopologyGraph make() {
        sortNetworks();
        addHost();
        for (const dbus::Network* network : std::as_const(m_networks))
            addNetwork(*network);
        addContainers();
        return std::move(m_graph);
    }

private:
    // The default one, other bridges, then those that stand on the local network.
    void sortNetworks() {
        for (const dbus::Network& network : m_in.networks)
            m_networks.append(&network);
        const auto rank = [](const dbus::Network& n) {
            return n.isDefault ? 0 : n.driver == u"bridge" ? 1 : 2;
        };
        std::stable_sort(m_networks.begin(), m_networks.end(),
                         [&](const dbus::Network* a, const dbus::Network* b) {
                             return rank(*a) != rank(*b) ? rank(*a) < rank(*b)
                                                         : a->name.compare(b->name, Qt::CaseInsensitive) < 0;
                         });
    }

    void addHost() {
        m_graph.nodes.append({TopologyNode::World,
                              kWorld,
                              {},
                              translate("Topology", "Outside"),
                              {translate("Topology", "local network, Internet")}});
        const bool routes = std::any_of(m_networks.begin(), m_networks.end(),
                                        [](const auto* n) { return n->driver == u"bridge"; });
        if (routes)
            m_graph.nodes.append({TopologyNode::Firewall,
                                  kFirewall,
                                  {},
                                  translate("Topology", "Routing"),
                                  {QStringLiteral("nftables")}});
        for (const dbus::HostInterface& one : m_in.interfaces)
            addInterface(one, routes);
    }

    [[nodiscard]] bool isShown(const dbus::HostInterface& one) const {
        if (one.kind == u"veth" || one.kind == u"loopback")
            return false;
        return std::none_of(m_networks.begin(), m_networks.end(),
                            [&](const auto* network) { return network->interface == one.name; });
    }

    void addInterface(const dbus::HostInterface& one, bool routes) {
        if (!isShown(one))
            return;
        TopologyNode node{TopologyNode::Interface, interfaceId(one.name), one.name, one.name};
        node.isActive = one.isUp;
        node.state = one.isUp ? translate("Topology", "up") : translate("Topology", "down");
        node.lines.append(one.addresses.isEmpty() ? (one.kind.isEmpty() ? node.state : one.kind)
                                                  : one.addresses.first());
        m_graph.nodes.append(node);
        const QString counter = TrafficRates::interfaceKey(one.name);
        TopologyEdge edge;
        edge.isActive = one.isUp;
        edge.outside = one.name;
        edge.counter = counter;
        if (one.kind.isEmpty() || one.kind == u"vlan") {
            edge.kind = TopologyEdge::Uplink;
            edge.id = QStringLiteral("uplink:") + one.name;
            edge.from = kWorld;
            edge.to = node.id;
            m_graph.edges.append(edge);
        }
        if (routes && one.isUp && !one.addresses.isEmpty()) {
            edge.kind = TopologyEdge::Masquerade;
            edge.id = QStringLiteral("route:") + one.name;
            edge.from = node.id;
            edge.to = kFirewall;
            m_graph.edges.append(edge);
        }
    }

    void addNetwork(const dbus::Network& network) {
        const bool isBridge = network.driver == u"bridge";
        TopologyNode node{TopologyNode::Network, networkId(network.id), network.id, network.name};
        node.hue = m_hue++ % kHues;
        for (const dbus::NetworkPool& pool : network.pools)
            node.lines.append(pool.subnet);
        const QString name = network.interface;
        node.lines.append(name.isEmpty() ? driverText(network)
                                         : driverText(network) + QStringLiteral(" · ") + name);
        if (const QStringList properties = propertiesOf(network); !properties.isEmpty())
            node.lines.append(properties.join(QStringLiteral(", ")));
        if (!network.isDefault && isBridge) {
            qsizetype names = 0;
            for (const dbus::NetworkEndpoint& endpoint : network.endpoints)
                names += endpoint.dnsNames.size();
            if (names > 0)
                node.lines.append(
                    QCoreApplication::translate("Topology", kNames, nullptr, static_cast<int>(names)));
        }
        node.state = network.warning.isEmpty() ? QString() : QStringLiteral("warning");
        m_hueOf.insert(network.id, node.hue);
        m_graph.nodes.append(node);
        TopologyEdge edge;
        edge.network = network.id;
        edge.hue = node.hue;
        edge.to = node.id;
        if (isBridge && !network.isInternal) {
            edge.kind = TopologyEdge::Masquerade;
            edge.id = QStringLiteral("out:") + network.id;
            edge.from = kFirewall;
            edge.outside = network.interface;
            edge.isActive = !network.interface.isEmpty();
            edge.counter =
                network.interface.isEmpty() ? QString() : TrafficRates::interfaceKey(network.interface);
            m_graph.edges.append(edge);
        } else if (!isBridge) {
            edge.kind = TopologyEdge::Parent;
            edge.id = QStringLiteral("parent:") + network.id;
            edge.outside = network.parent;
            edge.from = interfaceId(network.parent);
            if (m_graph.node(edge.from) == nullptr) // a VLAN that is not made yet
                edge.from = interfaceId(network.parent.section(u'.', 0, 0));
            if (m_graph.node(edge.from) != nullptr)
                m_graph.edges.append(edge);
        }
    }

    [[nodiscard]] QList<Place> placesOf(const QString& container) const {
        QList<Place> places;
        for (const dbus::Network* network : m_networks) {
            for (const dbus::NetworkEndpoint& endpoint : network->endpoints) {
                if (endpoint.container == container)
                    places.append({network, &endpoint});
            }
        }
        std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
            return a.endpoint->isDefaultRoute && !b.endpoint->isDefaultRoute;
        });
        return places;
    }

    void addContainers() {
        QList<const dbus::Container*> containers;
        for (const dbus::Container& container : m_in.containers)
            containers.append(&container);
        std::sort(containers.begin(), containers.end(), [](const auto* a, const auto* b) {
            const int order = a->name.compare(b->name, Qt::CaseInsensitive);
            return order != 0 ? order < 0 : a->id < b->id;
        });
        bool anyAlone = false;
        for (const dbus::Container* container : std::as_const(containers))
            anyAlone = addContainer(*container) || anyAlone;
        if (!anyAlone)
            return;
        TopologyNode none{TopologyNode::Network, networkId({}), {}, translate("Topology", "No network")};
        none.lines = {translate("Topology", "none, or this machine's own")};
        none.isActive = false;
        m_graph.nodes.append(none);
    }

    // True: it is in no network.
    bool addContainer(const dbus::Container& container) {
        const QList<Place> places = placesOf(container.id);
        const bool runs = isRunning(container) || isPaused(container);
        TopologyNode node{TopologyNode::Container, containerId(container.id), container.id, container.name};
        node.isActive = runs;
        node.state = stateText(container);
        node.network = places.isEmpty() ? QString() : places.first().network->id;
        for (const Place& place : places) {
            const dbus::NetworkEndpoint& endpoint = *place.endpoint;
            const QString address = endpoint.addresses.isEmpty()
                                        ? place.network->name
                                        : endpoint.addresses.first().section(u'/', 0, 0);
            node.lines.append(endpoint.inside.isEmpty() ? address
                                                        : endpoint.inside + QStringLiteral("  ") + address);
        }
        if (places.isEmpty())
            node.lines.append(node.state);
        bool isSecondary = false;
        for (const Place& place : places) {
            addVeth(node, place, isSecondary);
            isSecondary = true;
        }
        if (runs)
            addPorts(node, container);
        m_graph.nodes.append(node);
        return places.isEmpty();
    }

    void addVeth(const TopologyNode& node, const Place& place, bool isSecondary) {
        TopologyEdge edge;
        edge.kind = TopologyEdge::Veth;
        edge.network = place.network->id;
        edge.container = node.object;
        edge.id = QStringLiteral("veth:") + edge.network + u':' + edge.container;
        edge.from = networkId(edge.network);
        edge.to = node.id;
        edge.inside = place.endpoint->inside;
        edge.outside = place.endpoint->hostInterface;
        edge.addresses = place.endpoint->addresses;
        edge.isActive = place.endpoint->isRunning;
        edge.isSecondary = isSecondary;
        edge.hue = m_hueOf.value(edge.network, -1);
        edge.counter = TrafficRates::endpointKey(edge.network, edge.container);
        m_graph.edges.append(edge);
    }

    void addPorts(TopologyNode& container, const dbus::Container& of) {
        QStringList shown;
        for (const QString& text : of.ports) {
            const auto port = PublishedPort::parse(text);
            if (!port)
                continue;
            shown.append(port->label());
            TopologyNode node{TopologyNode::Port, QStringLiteral("port:") + of.id + u':' + text, text,
                              (port->address.isEmpty() ? QString() : port->address) +
                                  QStringLiteral(":%1").arg(port->port)};
            node.lines = {
                QStringLiteral("→ %1:%2/%3").arg(of.name).arg(port->containerPort).arg(port->protocol)};
            node.network = container.network;
            node.state = container.id; // whose port it is
            for (const dbus::PortReach& reach : m_in.reach.value(of.id)) {
                if (reach.port == text)
                    node.who = reach.who;
            }
            m_graph.nodes.append(node);
            TopologyEdge edge;
            edge.kind = TopologyEdge::Publish;
            edge.id = QStringLiteral("publish:") + of.id + u':' + text;
            edge.from = node.id;
            edge.to = m_graph.node(kFirewall) != nullptr ? kFirewall : container.id;
            edge.container = of.id;
            edge.network = container.network;
            m_graph.edges.append(edge);
        }
        shown.removeDuplicates();
        if (!shown.isEmpty())
            container.lines.append(QStringLiteral("⇄ ") + shown.join(QStringLiteral(", ")));
    }

    const TopologyInput& m_in;
    TopologyGraph m_graph;
    QList<const dbus::Network*> m_networks;
    QHash<QString, int> m_hueOf;
    int m_hue = 0;
};

} // namespace

const TopologyNode* TopologyGraph::node(const QString& id) const {
    const auto found =
        std::find_if(nodes.begin(), nodes.end(), [&](const auto& one) { return one.id == id; });
    return found == nodes.end() ? nullptr : &*found;
}

const TopologyEdge* TopologyGraph::edge(const QString& id) const {
    const auto found =
        std::find_if(edges.begin(), edges.end(), [&](const auto& one) { return one.id == id; });
    return found == edges.end() ? nullptr : &*found;
}

// The packets' way: of a port through the firewall and the bridge into the container.
QSet<QString> TopologyGraph::wayOf(const QString& id) const {
    QSet<QString> way{id};
    const auto addEdge = [&way](const TopologyEdge& edge) { way << edge.id << edge.from << edge.to; };
    const TopologyEdge* self = edge(id);
    if (self != nullptr)
        addEdge(*self);
    const TopologyNode* at = node(id);
    for (const TopologyEdge& one : edges) {
        const bool touches = at != nullptr && (one.from == id || one.to == id);
        // From a container and its network on, the way out.
        const bool isWayOut = at != nullptr && at->kind == TopologyNode::Container &&
                              one.kind == TopologyEdge::Masquerade && !one.network.isEmpty() &&
                              one.network == at->network;
        const bool isPortWay = at != nullptr && at->kind == TopologyNode::Port &&
                               ((one.kind == TopologyEdge::Veth && containerId(one.container) == at->state &&
                                 one.network == at->network) ||
                                (one.kind == TopologyEdge::Masquerade && one.network == at->network));
        const bool isOwnPort = at != nullptr && at->kind == TopologyNode::Container &&
                               one.kind == TopologyEdge::Publish && one.container == at->object;
        if (touches || isWayOut || isPortWay || isOwnPort)
            addEdge(one);
    }
    return way;
}

TopologyGraph makeTopology(const TopologyInput& input) {
    return Maker(input).make();
}

QString spokenNode(const TopologyGraph& graph, const TopologyNode& node) {
    QStringList words;
    switch (node.kind) {
    case TopologyNode::World:
        words << translate("Topology", "Outside: the local network and the Internet");
        break;
    case TopologyNode::Interface:
        words << translate("Topology", "Interface %1 of this machine").arg(node.title) << node.state
              << node.lines;
        break;
    case TopologyNode::Firewall:
        words << translate("Topology", "Routing and nftables of this machine");
        break;
    case TopologyNode::Port:
        words << translate("Topology", "Published port %1").arg(node.title) << node.lines;
        if (!node.who.isEmpty()) {
            dbus::PortReach reach;
            reach.who = node.who;
            words << translate("Topology", "reached by: %1").arg(reachWho(reach));
        }
        break;
    case TopologyNode::Network:
        words << translate("Topology", "Network %1").arg(node.title) << node.lines;
        break;
    case TopologyNode::Container:
        words << translate("Topology", "Container %1").arg(node.title) << node.state << node.lines;
        break;
    }
    QStringList others;
    for (const TopologyEdge& edge : graph.edges) {
        if (edge.from != node.id && edge.to != node.id)
            continue;
        if (const TopologyNode* other = graph.node(edge.from == node.id ? edge.to : edge.from))
            others.append(other->title);
    }
    if (!others.isEmpty())
        words << translate("Topology", "connected to %1").arg(others.join(QStringLiteral(", ")));
    words.removeAll(QString());
    return words.join(QStringLiteral("; "));
}

QString spokenEdge(const TopologyGraph& graph, const TopologyEdge& edge) {
    const TopologyNode *from = graph.node(edge.from), *to = graph.node(edge.to);
    if (from == nullptr || to == nullptr)
        return {};
    QString words = translate("Topology", "Connection from %1 to %2").arg(from->title, to->title);
    if (edge.kind == TopologyEdge::Veth && !edge.outside.isEmpty())
        words += QStringLiteral("; ") +
                 translate("Topology", "veth pair %1 and %2").arg(edge.outside, edge.inside);
    return words;
}

} // namespace escale::gui
