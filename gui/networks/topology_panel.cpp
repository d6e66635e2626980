#include "gui/networks/topology_panel.h"

#include "gui/common/buttons.h"
#include "gui/common/facts.h"
#include "gui/common/format.h"
#include "gui/networks/network_text.h"
#include "gui/networks/rules_view.h"
#include "gui/networks/topology_node.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace escale::gui {

static constexpr int kWidth = 296;
static constexpr int kRulesHeight = 170;

TopologyPanel::TopologyPanel(QWidget* parent)
    : QFrame(parent)
    , m_title(label({}, "heading", this))
    , m_kind(label({}, "muted", this))
    , m_packets(label({}, "figure", this))
    , m_bytes(label({}, "muted", this))
    , m_rates(new QWidget(this))
    , m_facts(new Facts(this))
    , m_more(new QVBoxLayout)
    , m_buttons(new QVBoxLayout)
    , m_rulesTitle(label(tr("RULES OF NFTABLES"), "section", this))
    , m_rules(new RulesView(QStringLiteral("topologyPanel.rules"), this)) {
    setObjectName(QStringLiteral("topologyPanel"));
    setProperty("role", "card");
    setFixedWidth(kWidth);
    m_title->setObjectName(QStringLiteral("topologyPanel.title"));
    m_title->setWordWrap(true);
    m_kind->setWordWrap(true);
    m_packets->setObjectName(QStringLiteral("topologyPanel.packets"));
    m_bytes->setObjectName(QStringLiteral("topologyPanel.bytes"));
    m_bytes->setWordWrap(true);
    auto* rates = new QVBoxLayout(m_rates);
    rates->setContentsMargins(0, 0, 0, 0);
    rates->setSpacing(2);
    rates->addWidget(m_packets);
    rates->addWidget(m_bytes);
    m_more->setSpacing(6);
    m_buttons->setSpacing(6);
    m_rules->setProperty("framed", true);
    m_rules->setMinimumHeight(kRulesHeight);
    m_rules->setLineWrapMode(QPlainTextEdit::WidgetWidth);

    auto* inside = new QWidget(this);
    inside->setProperty("role", "clear");
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(10);
    column->addWidget(m_title);
    column->addWidget(m_kind);
    column->addWidget(m_rates);
    column->addWidget(m_facts);
    column->addLayout(m_more);
    column->addLayout(m_buttons);
    column->addWidget(m_rulesTitle);
    column->addWidget(m_rules, 1);
    column->addStretch();
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(1, 1, 1, 1);
    all->addWidget(scroll);
}

void TopologyPanel::clear() {
    for (QVBoxLayout* layout : {m_more, m_buttons}) {
        while (QLayoutItem* item = layout->takeAt(0)) {
            if (QWidget* widget = item->widget()) {
                widget->hide(); // it may be the one that was pressed
                widget->deleteLater();
            }
            delete item;
        }
    }
}

void TopologyPanel::addWords(const QString& text, const char* role) {
    QLabel* words = label(text, role, this);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_more->addWidget(words);
}

void TopologyPanel::addLink(const QString& words, const QString& id) {
    auto* link = new QPushButton(words, this);
    link->setObjectName(QStringLiteral("topologyPanel.link"));
    link->setProperty("link", true);
    link->setCursor(Qt::PointingHandCursor);
    connect(link, &QPushButton::clicked, this, [this, id] { Q_EMIT idRequested(id); });
    m_more->addWidget(link);
}

void TopologyPanel::addButton(const QString& words, const QString& name, std::function<void()> act) {
    auto* button = new QPushButton(words, this);
    button->setObjectName(QStringLiteral("topologyPanel.") + name);
    connect(button, &QPushButton::clicked, this, [act = std::move(act)] { act(); });
    m_buttons->addWidget(button);
}

static const dbus::Network* networkOf(const TopologyInput& input, const QString& id) {
    const auto found = std::find_if(input.networks.begin(), input.networks.end(),
                                    [&](const auto& network) { return network.id == id; });
    return found == input.networks.end() ? nullptr : &*found;
}

void TopologyPanel::show(const TopologyInput& input, const TopologyGraph& graph, const QString& id) {
    m_network.clear();
    m_container.clear();
    clear();
    m_kind->clear();
    m_facts->set({});
    m_rates->hide();
    if (const TopologyNode* node = graph.node(id))
        showNode(input, graph, *node);
    else if (const TopologyEdge* edge = graph.edge(id))
        showEdge(input, graph, *edge);
    else
        showNothing(input, graph);
    m_kind->setVisible(!m_kind->text().isEmpty());
    m_rulesTitle->setVisible(!m_network.isEmpty());
    m_rules->setVisible(!m_network.isEmpty());
    if (m_shown != id)
        m_rules->setWords(tr("Reading the rules…"));
    m_shown = id;
}

void TopologyPanel::showNothing(const TopologyInput& input, const TopologyGraph& graph) {
    m_title->setText(tr("Who can reach a port?"));
    const auto ports = std::count_if(graph.nodes.begin(), graph.nodes.end(),
                                     [](const auto& node) { return node.kind == TopologyNode::Port; });
    if (ports == 0)
        addWords(tr("No container that runs publishes a port: nobody gets in from outside."));
    for (const TopologyNode& node : graph.nodes) {
        if (node.kind == TopologyNode::Port) {
            addLink(node.title + u' ' + node.lines.value(0), node.id);
            dbus::PortReach reach;
            for (const dbus::PortReach& one : input.reach.value(node.id.section(u':', 1, 1))) {
                if (one.port == node.object)
                    reach = one;
            }
            if (!reach.who.isEmpty())
                addReach(reach);
        }
    }
    addWords(tr("HOW TO READ IT"), "section");
    addWords(
        tr("Each network has a colour; dots are its packets on their way, faster where there are more. A "
           "container in several networks is drawn once, with a line to each."));
    addWords(tr("Drag a container onto a network to connect it; pull a line off into the empty to "
                "disconnect it. Click a line for its traffic and its rules."));
    addWords(tr("Keys: arrows from part to part, Space along the lines of one, Enter opens it, Delete "
                "disconnects a line, + and − zoom, 0 shows all."));
}

void TopologyPanel::addReach(const dbus::PortReach& reach) {
    QLabel* who = label(reachWho(reach), "text", this);
    QFont bold = who->font();
    bold.setWeight(QFont::DemiBold);
    who->setFont(bold);
    QPalette palette = who->palette();
    palette.setColor(QPalette::WindowText, reachColor(reach.who));
    who->setPalette(palette);
    who->setObjectName(QStringLiteral("topologyPanel.reach"));
    m_more->addWidget(who);
    addWords(reachWhy(reach));
}

void TopologyPanel::showNode(const TopologyInput& input, const TopologyGraph& graph,
                             const TopologyNode& node) {
    m_title->setText(node.title);
    switch (node.kind) {
    case TopologyNode::World:
        m_kind->setText(tr("Outside"));
        addWords(tr("What this machine reaches through its interfaces, and what may reach it."));
        break;
    case TopologyNode::Interface: {
        m_kind->setText(tr("Interface of this machine"));
        for (const dbus::HostInterface& one : input.interfaces) {
            if (one.name != node.object)
                continue;
            m_facts->set({{tr("State"), one.isUp ? tr("up") : tr("down")},
                          {tr("Kind"), one.kind.isEmpty() ? tr("hardware") : one.kind},
                          {tr("Addresses"), one.addresses.isEmpty() ? dash() : one.addresses.join(u'\n')},
                          {tr("MAC"), one.mac},
                          {tr("Received"), formatBytes(one.receivedBytes)},
                          {tr("Sent"), formatBytes(one.sentBytes)},
                          {tr("Dropped"), tr("%n packet(s)", nullptr, static_cast<int>(one.dropped))}});
        }
        break;
    }
    case TopologyNode::Firewall:
        m_kind->setText(tr("The kernel's forwarding, with nftables"));
        addWords(tr("Packets between a bridge and the outside pass here: published ports get their new "
                    "destination (DNAT), what leaves gets this machine's address (masquerade), and what "
                    "belongs to another network is dropped. Escale's rules stand in a table of its own."));
        break;
    case TopologyNode::Port:
        showPort(input, node);
        break;
    case TopologyNode::Network:
        if (const dbus::Network* network = networkOf(input, node.object))
            showNetwork(*network);
        else
            addWords(tr("Containers that have a loopback alone, or share the network of this machine or of "
                        "another container."));
        break;
    case TopologyNode::Container:
        showContainer(input, graph, node.object);
        break;
    }
}

void TopologyPanel::showNetwork(const dbus::Network& network) {
    m_kind->setText(tr("Network · %1").arg(driverText(network)));
    m_network = network.id;
    QList<Fact> facts{{tr("Subnet"), subnetsText(network)}};
    QStringList gateways;
    for (const dbus::NetworkPool& pool : network.pools) {
        if (!pool.gateway.isEmpty())
            gateways.append(pool.gateway);
    }
    facts.append({tr("Gateway"), gateways.isEmpty() ? dash() : gateways.join(QStringLiteral(", "))});
    facts.append({tr("Interface"), network.interface.isEmpty()
                                       ? (network.parent.isEmpty() ? dash() : network.parent)
                                       : network.interface});
    m_facts->set(facts);
    if (!network.warning.isEmpty())
        addWords(network.warning, "warning");
    for (const QString& sentence : propertySentences(network))
        addWords(sentence);
    QStringList names;
    for (const dbus::NetworkEndpoint& endpoint : network.endpoints) {
        if (!endpoint.dnsNames.isEmpty())
            names.append(
                endpoint.dnsNames.join(QStringLiteral(", ")) + QStringLiteral(" → ") +
                (endpoint.addresses.isEmpty() ? dash() : endpoint.addresses.first().section(u'/', 0, 0)));
    }
    if (!names.isEmpty()) {
        addWords(tr("NAMES IN ITS DNS"), "section");
        addWords(names.join(u'\n'), "text");
    }
    addButton(tr("Connect a container…"), QStringLiteral("connect"),
              [this, id = network.id] { Q_EMIT connectRequested(id, {}); });
}

void TopologyPanel::showContainer(const TopologyInput& input, const TopologyGraph& graph,
                                  const QString& container) {
    m_kind->setText(tr("Container, a network namespace of its own"));
    for (const TopologyEdge& edge : graph.edges) {
        if (edge.kind != TopologyEdge::Veth || edge.container != container)
            continue;
        const dbus::Network* network = networkOf(input, edge.network);
        const QString name = network == nullptr ? edge.network : network->name;
        addLink(edge.inside.isEmpty() ? name : edge.inside + QStringLiteral(" → ") + name, edge.id);
        QStringList lines = edge.addresses;
        if (!edge.outside.isEmpty())
            lines.append(tr("outside: %1").arg(edge.outside));
        addWords(lines.join(u'\n'));
    }
    addPorts(input, graph, container);
    addButton(tr("Connect to a network…"), QStringLiteral("connect"),
              [this, container] { Q_EMIT connectRequested({}, container); });
    addButton(tr("Show the container"), QStringLiteral("container"),
              [this, container] { Q_EMIT containerRequested(container); });
}

void TopologyPanel::addPorts(const TopologyInput& input, const TopologyGraph& graph,
                             const QString& container) {
    bool any = false;
    for (const TopologyNode& node : graph.nodes) {
        if (node.kind != TopologyNode::Port || node.id.section(u':', 1, 1) != container)
            continue;
        if (!std::exchange(any, true))
            addWords(tr("WHO CAN REACH ITS PORTS"), "section");
        addLink(node.object, node.id);
        for (const dbus::PortReach& reach : input.reach.value(container)) {
            if (reach.port == node.object)
                addReach(reach);
        }
    }
}

void TopologyPanel::showPort(const TopologyInput& input, const TopologyNode& node) {
    m_kind->setText(tr("Published port %1").arg(node.lines.value(0)));
    const QString container = node.id.section(u':', 1, 1);
    m_network = node.network;
    m_container = container;
    addWords(tr("WHO CAN REACH IT"), "section");
    bool isKnown = false;
    for (const dbus::PortReach& reach : input.reach.value(container)) {
        if (reach.port != node.object)
            continue;
        isKnown = true;
        addReach(reach);
    }
    if (!isKnown)
        addWords(input.reach.contains(container) ? tr("The engine does not know.")
                                                 : tr("Asking the engine…"));
}

void TopologyPanel::showEdge(const TopologyInput& input, const TopologyGraph& graph,
                             const TopologyEdge& edge) {
    const TopologyNode *from = graph.node(edge.from), *to = graph.node(edge.to);
    m_title->setText(from == nullptr || to == nullptr ? QString()
                                                      : from->title + QStringLiteral(" — ") + to->title);
    m_rates->show();
    m_network = edge.network;
    m_container = edge.container;
    switch (edge.kind) {
    case TopologyEdge::Uplink:
        m_kind->setText(tr("What this interface sends and receives"));
        break;
    case TopologyEdge::Masquerade:
        m_kind->setText(edge.network.isEmpty() ? tr("Forwarded between this interface and the bridges")
                                               : tr("What the bridge and the outside exchange"));
        break;
    case TopologyEdge::Parent:
        m_kind->setText(tr("Its containers stand on this interface's own network"));
        break;
    case TopologyEdge::Publish:
        m_kind->setText(tr("What comes for this port gets the container as its destination (DNAT)"));
        break;
    case TopologyEdge::Veth: {
        const dbus::Network* network = networkOf(input, edge.network);
        const bool isPair = network == nullptr || network->driver == u"bridge";
        m_kind->setText(isPair ? tr("A veth pair: a cable with an end here and one in the container")
                               : tr("An interface of the driver %1 in the container").arg(network->driver));
        QList<Fact> facts{{tr("In the container"), edge.inside.isEmpty() ? dash() : edge.inside}};
        if (isPair)
            facts.append({tr("On this machine"), edge.outside.isEmpty() ? dash() : edge.outside});
        facts.append({tr("Addresses"), edge.addresses.isEmpty() ? dash() : edge.addresses.join(u'\n')});
        m_facts->set(facts);
        addButton(tr("Disconnect"), QStringLiteral("disconnect"),
                  [this, network = edge.network, container = edge.container] {
                      Q_EMIT disconnectRequested(network, container);
                  });
        break;
    }
    }
}

void TopologyPanel::setRate(const TrafficRate& rate, bool isCounted) {
    if (!isCounted) {
        m_packets->setText(tr("Nothing is counted here."));
        m_bytes->clear();
        return;
    }
    m_packets->setText(formatPacketRate(rate.packets()));
    m_bytes->setText(tr("in %1 (%2), out %3 (%4), dropped %5")
                         .arg(formatRate(static_cast<quint64>(rate.inBytes)),
                              formatPacketRate(rate.inPackets),
                              formatRate(static_cast<quint64>(rate.outBytes)),
                              formatPacketRate(rate.outPackets), formatPacketRate(rate.dropped)));
}

void TopologyPanel::setRules(const dbus::RuleChains& chains) {
    m_rules->setChains(chains);
}

void TopologyPanel::setRulesProblem(const QString& words) {
    m_rules->setWords(words);
}

} // namespace escale::gui
