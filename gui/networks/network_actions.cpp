#include "gui/networks/network_actions.h"

#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/containers/action_notice.h"
#include "gui/networks/connect_dialog.h"
#include "gui/networks/create_network_dialog.h"
#include "gui/networks/network_text.h"
#include "gui/networks/networks_model.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>

namespace escale::gui {

NetworkActions::NetworkActions(const Place& place)
    : QObject(place.pane)
    , m_at(place) {
    const auto separate = [this] {
        auto* separator = new QAction(this);
        separator->setSeparator(true);
        m_order.append(separator);
    };
    add(Create, "plus", tr("&New network…"), QKeySequence(Qt::CTRL | Qt::Key_N));
    m_actions[Create]->setIcon(icon(QStringLiteral("plus"), QPalette::HighlightedText));
    add(Connect, "link", tr("&Connect a container…"), QKeySequence(Qt::CTRL | Qt::Key_L));
    m_actions[Connect]->setIconText(tr("Connect…"));
    add(Disconnect, "clear", tr("&Disconnect"), QKeySequence(Qt::CTRL | Qt::Key_D));
    add(Move, "restart", tr("Move to a &free subnet…"), {});
    separate();
    add(CopyId, "copy", tr("&Copy ID"), QKeySequence::Copy);
    add(Topology, "networks", tr("&Topology"), QKeySequence(Qt::CTRL | Qt::Key_T));
    m_actions[Topology]->setCheckable(true);
    separate();
    add(Prune, "clear", tr("Remove &unused networks…"), QKeySequence(Qt::CTRL | Qt::Key_Delete));
    add(Remove, "trash", tr("Re&move…"), QKeySequence(Qt::Key_Delete));
    for (QAction* action : std::as_const(m_order)) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_at.pane->addAction(action);
    }
    update();
}

void NetworkActions::add(Kind kind, const char* iconName, const QString& text, const QKeySequence& key) {
    auto* action = new QAction(icon(QString::fromLatin1(iconName)), text, this);
    action->setObjectName(QStringLiteral("networks.action.%1").arg(static_cast<int>(kind)));
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, [this, kind] { trigger(kind); });
    m_actions[kind] = action;
    m_order.append(action);
}

void NetworkActions::setSelection(const QString& network, const QStringList& members) {
    m_network = network;
    m_members = members;
    update();
}

void NetworkActions::setContainers(const dbus::ContainerList& containers) {
    m_containers = containers;
    update();
}

const dbus::Network* NetworkActions::current() const {
    return m_at.model.find(m_network);
}

void NetworkActions::update() {
    const dbus::Network* network = current();
    m_actions[Connect]->setEnabled(network != nullptr && !m_containers.isEmpty());
    m_actions[Disconnect]->setEnabled(network != nullptr && !m_members.isEmpty());
    m_actions[Move]->setEnabled(network != nullptr && network->driver == u"bridge");
    m_actions[CopyId]->setEnabled(network != nullptr);
    m_actions[Remove]->setEnabled(network != nullptr && !network->isDefault);
    const dbus::NetworkList& all = m_at.model.networks();
    m_actions[Prune]->setEnabled(std::any_of(all.begin(), all.end(), [](const dbus::Network& one) {
        return !one.isDefault && one.endpoints.isEmpty();
    }));
}

void NetworkActions::trigger(Kind kind) {
    switch (kind) {
    case Create:
        return askCreate();
    case Connect:
        return askConnect(m_network, {});
    case Disconnect:
        return disconnectContainers(m_network, m_members);
    case Move:
        return askMove();
    case CopyId:
        return QApplication::clipboard()->setText(m_network);
    case Topology:
        return Q_EMIT topologyToggled(m_actions[Topology]->isChecked());
    case Prune:
        return confirmPrune();
    default:
        return confirmRemoval();
    }
}

void NetworkActions::askCreate() {
    auto* dialog = new CreateNetworkDialog(m_at.client, m_at.pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CreateNetworkDialog::created, this, [this](const QString& id, const QString& name) {
        m_at.error.dismiss();
        m_at.notice.showOutcome(
            tr("The network %1 was made. Its interface comes with its first container.").arg(name));
        Q_EMIT selectRequested(id);
    });
    dialog->open();
}

void NetworkActions::askConnect(const QString& network, const QStringList& containers) {
    auto* dialog =
        new ConnectDialog(m_at.client, m_at.model.networks(), m_containers, network, containers, m_at.pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConnectDialog::connected, this,
            [this](const QString& container, const QString& networkName) {
                m_at.error.dismiss();
                m_at.notice.showOutcome(tr("%1 is in the network %2.").arg(container, networkName));
            });
    dialog->open();
}

QList<BulkTarget> NetworkActions::targetsOf(const QStringList& containers) const {
    QList<BulkTarget> targets;
    for (const QString& id : containers)
        targets.append({id, m_at.client.nameOf(id)});
    return targets;
}

static QString namesOf(const QList<BulkTarget>& targets) {
    QStringList names;
    for (const BulkTarget& target : targets)
        names.append(target.name);
    return names.join(QStringLiteral(", "));
}

void NetworkActions::tell(const BulkOutcome& outcome, const QString& done, const QString& failed) {
    if (outcome.failures.isEmpty())
        m_at.error.dismiss();
    else
        m_at.error.show(outcome.error(), failed);
    if (!outcome.done.isEmpty())
        m_at.notice.showOutcome(done.arg(namesOf(outcome.done)));
}

void NetworkActions::connectContainers(const QString& network, const QStringList& containers) {
    const dbus::Network* found = m_at.model.find(network);
    if (found == nullptr || containers.isEmpty())
        return;
    const auto act = [this, network](const BulkTarget& target, QObject* guard, const Answer<>& answer) {
        m_at.client.connectNetwork(network, target.id, {}, guard, answer);
    };
    BulkAction::run(targetsOf(containers), this, act, [this, name = found->name](const BulkOutcome& outcome) {
        tell(outcome, tr("In the network %1 now: %2").arg(name, QStringLiteral("%1")),
             tr("Connect to %1").arg(name));
    });
}

void NetworkActions::disconnectContainers(const QString& network, const QStringList& containers) {
    const dbus::Network* found = m_at.model.find(network);
    if (found == nullptr || containers.isEmpty())
        return;
    const QList<BulkTarget> targets = targetsOf(containers);
    const auto act = [this, network](const BulkTarget& target, QObject* guard, const Answer<>& answer) {
        m_at.client.disconnectNetwork(network, target.id, guard, answer);
    };
    const QString name = found->name;
    const auto run = [this, targets, act, name] {
        BulkAction::run(targets, this, act, [this, name](const BulkOutcome& outcome) {
            tell(outcome, tr("No longer in the network %1: %2").arg(name, QStringLiteral("%1")),
                 tr("Disconnect from %1").arg(name));
        });
    };
    // One that runs loses its connections; the others can be put back without a loss.
    const bool runs =
        std::any_of(found->endpoints.begin(), found->endpoints.end(), [&](const auto& endpoint) {
            return endpoint.isRunning && containers.contains(endpoint.container);
        });
    if (!runs)
        return run();
    m_at.confirmation.ask(
        tr("Take %1 off the network %2? Connections that go through it end.").arg(namesOf(targets), name),
        tr("Disconnect"), run);
}

void NetworkActions::askMove() {
    const dbus::Network* network = current();
    if (network == nullptr)
        return;
    const QString question =
        network->endpoints.isEmpty()
            ? tr("Move %1 to a free subnet?").arg(network->name)
            : tr("Move %1 to a free subnet? Containers that run get new addresses at once, and lose the "
                 "connections that they have: %2.")
                  .arg(network->name, memberNames(*network).join(QStringLiteral(", ")));
    m_at.confirmation.ask(question, tr("Move"),
                          [this, id = network->id, name = network->name] { move(id, name); });
}

void NetworkActions::move(const QString& network, const QString& name) {
    m_at.client.moveNetwork(network, this, [this, name](const Result<dbus::NetworkPools>& pools) {
        if (!pools)
            return m_at.error.show(pools.error(), tr("Move %1").arg(name));
        m_at.error.dismiss();
        dbus::Network moved;
        moved.pools = *pools;
        m_at.notice.showOutcome(tr("%1 is on %2 now.").arg(name, subnetsText(moved)));
    });
}

void NetworkActions::confirmPrune() {
    QStringList names;
    QHash<QString, QString> nameOf; // the engine tells ids
    for (const dbus::Network& network : m_at.model.networks()) {
        nameOf.insert(network.id, network.name);
        if (!network.isDefault && network.endpoints.isEmpty())
            names.append(network.name);
    }
    if (names.isEmpty())
        return;
    m_at.confirmation.ask(
        tr("Remove %n network(s) that no container is in: %1?", nullptr, static_cast<int>(names.size()))
            .arg(names.join(QStringLiteral(", "))),
        tr("Remove"), [this, nameOf] {
            m_at.client.pruneNetworks(this, [this, nameOf](const Result<QStringList>& removed) {
                if (!removed)
                    return m_at.error.show(removed.error(), tr("Remove unused networks"));
                m_at.error.dismiss();
                QStringList gone;
                for (const QString& id : *removed)
                    gone.append(nameOf.value(id, id));
                m_at.notice.showOutcome(gone.isEmpty()
                                            ? tr("Nothing was removed: every network is in use by now.")
                                            : tr("Removed: %1").arg(gone.join(QStringLiteral(", "))));
            });
        });
}

void NetworkActions::confirmRemoval() {
    const dbus::Network* network = current();
    if (network == nullptr || network->isDefault)
        return;
    // Nobody loses anything by it, but the name and the subnet are gone.
    m_at.confirmation.ask(tr("Remove the network %1?").arg(network->name), tr("Remove"),
                          [this, id = network->id, name = network->name] { remove(id, name); });
}

void NetworkActions::remove(const QString& network, const QString& name) {
    m_at.client.removeNetwork(network, this, [this, network, name](const Result<>& removed) {
        if (removed)
            return m_at.error.dismiss();
        const dbus::Network* found = m_at.model.find(network);
        if (removed.error().code != ErrorCode::InUse || found == nullptr || found->endpoints.isEmpty())
            return m_at.error.show(removed.error(), tr("Remove %1").arg(name));
        QStringList members;
        for (const dbus::NetworkEndpoint& endpoint : found->endpoints)
            members.append(endpoint.container);
        m_at.error.show(removed.error(), tr("Remove %1").arg(name),
                        tr("Take %1 off it").arg(memberNames(*found).join(QStringLiteral(", "))),
                        [this, network, members] { disconnectContainers(network, members); });
    });
}

} // namespace escale::gui
