#include "gui/stacks/stack_graph.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace escale::gui {
namespace {

using State = StackNode::State;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StackGraph)
};

QString text(const std::string& bytes) {
    return QString::fromStdString(bytes);
}

// "8080:80", "80/udp"
QStringList portsOf(const compose::Node& service) {
    QStringList ports;
    const compose::Node* list = service.find("ports");
    if (list == nullptr)
        return ports;
    for (const compose::Node& port : list->items) {
        if (port.isScalar()) {
            ports << text(port.text);
            continue;
        }
        QString words = text(port.textOf("target"));
        if (const std::string published = port.textOf("published"); !published.empty())
            words.prepend(text(published) + u':');
        if (const std::string protocol = port.textOf("protocol"); !protocol.empty() && protocol != "tcp")
            words += u'/' + text(protocol);
        ports << words;
    }
    return ports;
}

int replicasOf(const compose::Node& service) {
    for (const compose::Node* count : {service.at({"deploy", "replicas"}), service.find("scale")}) {
        if (count == nullptr)
            continue;
        if (const auto number = compose::integerOf(*count))
            return static_cast<int>(*number);
    }
    return 1;
}

QString imageOf(const compose::Node& service) {
    const QString image = text(service.textOf("image"));
    return image.isEmpty() && service.find("build") != nullptr ? Words::tr("built here") : image;
}

State stateOf(const dbus::StackContainer& container) {
    if (container.state == u"running") {
        if (container.health == u"healthy")
            return State::Healthy;
        if (container.health == u"unhealthy")
            return State::Unhealthy;
        return container.health == u"starting" ? State::Starting : State::Running;
    }
    if (container.state == u"paused")
        return State::Paused;
    if (container.state == u"restarting")
        return State::Unhealthy;
    if (container.state == u"created")
        return State::Absent;
    return container.exitCode == 0 ? State::Ended : State::Failed;
}

bool runs(State state) {
    return state == State::Running || state == State::Healthy || state == State::Unhealthy ||
           state == State::Starting;
}

// Of several replicas the one that needs to be looked at.
int gravity(State state) {
    static constexpr State kOrder[] = {State::Healthy, State::Running,  State::Ended,     State::Absent,
                                       State::Paused,  State::Starting, State::Unhealthy, State::Failed};
    return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), state) - std::begin(kOrder));
}

QString stateWords(const StackNode& node) {
    switch (node.state) {
    case State::Off:
        return Words::tr("left out by its profile");
    case State::Starting:
        return Words::tr("being checked");
    case State::Healthy:
        return Words::tr("healthy");
    case State::Unhealthy:
        return Words::tr("unhealthy");
    case State::Running:
        return Words::tr("running");
    case State::Paused:
        return Words::tr("paused");
    case State::Ended:
        return Words::tr("ended well");
    case State::Failed:
        return Words::tr("failed");
    default:
        return Words::tr("not there");
    }
}

void addState(StackNode& node, const dbus::StackContainers& containers, const StackProgress& progress,
              bool isEnabled) {
    bool isThere = false;
    State worst = State::Healthy;
    for (const dbus::StackContainer& container : containers) {
        if (container.service != node.name || container.isOneOff)
            continue;
        const State state = stateOf(container);
        node.running += runs(state) ? 1 : 0;
        if (!isThere || gravity(state) > gravity(worst))
            worst = state;
        if (state == State::Failed)
            node.words = Words::tr("failed (exit code %1)").arg(container.exitCode);
        isThere = true;
    }
    node.state = isThere ? worst : isEnabled ? State::Absent : State::Off;
    if (node.state != State::Failed)
        node.words = stateWords(node);
    if (node.replicas != 1 && isThere && node.running < node.replicas && node.state != State::Failed)
        node.words = Words::tr("%1 of %2 run").arg(node.running).arg(node.replicas);
    if (const QString error = progress.errorOf(node.name); !error.isEmpty()) {
        node.state = State::Failed;
        node.words = error;
    } else if (const QString work = progress.workOn(node.name); !work.isEmpty()) {
        node.state = progress.isWaiting(node.name) ? State::Waiting : State::Working;
        node.words = work;
    }
}

StackNode serviceOf(const compose::NodeEntry& entry) {
    StackNode node;
    node.name = text(entry.key);
    node.id = serviceNode(node.name);
    node.image = imageOf(entry.value);
    node.ports = portsOf(entry.value);
    node.replicas = replicasOf(entry.value);
    node.place = entry.place;
    return node;
}

// Those that a service uses, and those that are declared.
void addShared(StackGraph& graph, const compose::Project& project, StackNode::Kind kind) {
    const bool isNetwork = kind == StackNode::Kind::Network;
    const QString prefix = isNetwork ? QStringLiteral("network:") : QStringLiteral("volume:");
    const compose::Node* declared = project.root.find(isNetwork ? "networks" : "volumes");
    QList<StackNode> made;
    const auto nodeFor = [&](const QString& name) {
        StackNode node;
        node.kind = kind;
        node.id = prefix + name;
        node.name = name;
        if (isNetwork)
            node.hue = static_cast<int>(made.size());
        return node;
    };
    if (declared != nullptr) {
        for (const compose::NodeEntry& entry : declared->entries) {
            StackNode node = nodeFor(text(entry.key));
            node.isExternal = entry.value.textOf("external") == "true";
            node.place = entry.place;
            made.append(node);
        }
    }
    for (const std::string& service : compose::serviceNames(project)) {
        const auto used =
            isNetwork ? compose::networksOf(project, service) : compose::volumesOf(project, service);
        for (const std::string& each : used) {
            const QString id = prefix + text(each);
            if (std::none_of(made.begin(), made.end(), [&](const StackNode& one) { return one.id == id; }))
                made.append(nodeFor(text(each)));
            graph.edges.append({isNetwork ? StackEdge::Kind::Joins : StackEdge::Kind::Mounts,
                                serviceNode(text(service)),
                                id,
                                {},
                                true,
                                !project.enabled.contains(service)});
        }
    }
    // What nobody uses is made by nobody.
    made.removeIf([&](const StackNode& node) {
        return std::none_of(graph.edges.begin(), graph.edges.end(),
                            [&](const StackEdge& edge) { return edge.to == node.id; });
    });
    graph.nodes.append(made);
}

void addDependencies(StackGraph& graph, const compose::Project& project) {
    for (const std::string& service : compose::serviceNames(project)) {
        for (const StackDependency& on : compose::dependenciesOf(project, service)) {
            const std::string_view condition = dependsOnName(on.condition);
            graph.edges.append(
                {StackEdge::Kind::Depends, serviceNode(text(service)), serviceNode(text(on.service)),
                 conditionText(QString::fromUtf8(condition.data(), static_cast<qsizetype>(condition.size()))),
                 on.required, !project.enabled.contains(service)});
        }
    }
}

// A stack without a file: what its containers tell.
void addUnnamed(StackGraph& graph, const dbus::StackContainers& containers, const StackProgress& progress) {
    std::map<QString, int> counts;
    for (const dbus::StackContainer& container : containers) {
        if (!container.isOneOff)
            ++counts[container.service];
    }
    for (const auto& [service, count] : counts) {
        if (service.isEmpty() || graph.node(serviceNode(service)) != nullptr)
            continue;
        StackNode node;
        node.name = service;
        node.id = serviceNode(service);
        node.replicas = count;
        for (const dbus::StackContainer& container : containers) {
            if (container.service == service) {
                node.image = container.image;
                node.ports = container.ports;
            }
        }
        addState(node, containers, progress, true);
        graph.nodes.append(node);
    }
}

} // namespace

QString serviceNode(const QString& service) {
    return QStringLiteral("service:") + service;
}

const StackNode* StackGraph::node(const QString& id) const {
    const auto found =
        std::find_if(nodes.begin(), nodes.end(), [&](const StackNode& node) { return node.id == id; });
    return found == nodes.end() ? nullptr : &*found;
}

QStringList StackGraph::around(const QString& id) const {
    QStringList all{id};
    for (const StackEdge& edge : edges) {
        if (edge.from == id)
            all << edge.to;
        else if (edge.to == id)
            all << edge.from;
    }
    return all;
}

StackGraph makeStackGraph(const compose::Project& project, const dbus::StackContainers& containers,
                          const StackProgress& progress) {
    StackGraph graph;
    if (const compose::Node* services = project.root.find("services"); services != nullptr) {
        for (const compose::NodeEntry& entry : services->entries) {
            StackNode node = serviceOf(entry);
            addState(node, containers, progress, project.enabled.contains(entry.key));
            graph.nodes.append(node);
        }
    }
    addUnnamed(graph, containers, progress);
    addDependencies(graph, project);
    addShared(graph, project, StackNode::Kind::Network);
    addShared(graph, project, StackNode::Kind::Volume);
    return graph;
}

QString spokenNode(const StackGraph& graph, const StackNode& node) {
    QStringList needs, joins, mounts, users;
    for (const StackEdge& edge : graph.edges) {
        const StackNode* from = graph.node(edge.from);
        const StackNode* to = graph.node(edge.to);
        if (from == nullptr || to == nullptr)
            continue;
        if (edge.to == node.id)
            users << from->name;
        if (edge.from != node.id)
            continue;
        if (edge.kind == StackEdge::Kind::Depends)
            needs << (edge.label.isEmpty() ? to->name : Words::tr("%1: %2").arg(to->name, edge.label));
        else
            (edge.kind == StackEdge::Kind::Joins ? joins : mounts) << to->name;
    }
    const QString comma = QStringLiteral(", ");
    QString said;
    if (node.kind == StackNode::Kind::Network)
        said = Words::tr("Network %1").arg(node.name);
    else if (node.kind == StackNode::Kind::Volume)
        said = Words::tr("Volume %1").arg(node.name);
    else
        said = Words::tr("Service %1, %2, image %3").arg(node.name, node.words, node.image);
    if (!node.ports.isEmpty())
        said += comma + Words::tr("ports %1").arg(node.ports.join(comma));
    if (!needs.isEmpty())
        said += comma + Words::tr("needs %1").arg(needs.join(comma));
    if (!joins.isEmpty())
        said += comma + Words::tr("in networks %1").arg(joins.join(comma));
    if (!mounts.isEmpty())
        said += comma + Words::tr("with volumes %1").arg(mounts.join(comma));
    if (!users.isEmpty())
        said += comma + Words::tr("used by %1").arg(users.join(comma));
    return said;
}

} // namespace escale::gui
