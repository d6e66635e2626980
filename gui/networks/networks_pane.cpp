#include "gui/networks/networks_pane.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/common/warning_note.h"
#include "gui/containers/action_notice.h"
#include "gui/networks/container_shelf.h"
#include "gui/networks/network_actions.h"
#include "gui/networks/network_tabs.h"
#include "gui/networks/network_text.h"
#include "gui/networks/networks_model.h"
#include "gui/networks/networks_table.h"
#include "gui/networks/topology_page.h"

#include <QAction>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

namespace escale::gui {

NetworksPane::NetworksPane(EngineClient& client, QWidget* parent)
    : Pane(parent)
    , m_client(client)
    , m_model(new NetworksModel(this))
    , m_networks(
          this,
          [this](QObject* guard, Answer<dbus::NetworkList> a) { m_client.listNetworks(guard, std::move(a)); },
          [this](const Result<dbus::NetworkList>& list) { takeNetworks(list); })
    , m_containers(
          this,
          [this](QObject* guard, Answer<dbus::ContainerList> a) {
              m_client.listContainers(guard, std::move(a));
          },
          [this](const Result<dbus::ContainerList>& list) { takeContainers(list); })
    , m_table(new NetworksTable(this))
    , m_stack(new TableStack(m_table, this))
    , m_shelf(new ContainerShelf(this))
    , m_splitter(new QSplitter(this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this))
    , m_notice(new ActionNotice(this)) {
    setObjectName(QStringLiteral("networksPane"));
    buildActions();
    buildTable();
    buildLayout();
    buildTopology();
    connect(&m_client, &EngineClient::networksChanged, this, [this] { m_networks.refresh(); });
    // Whether a member runs, and what it is called, stands in the networks' list, too.
    connect(&m_client, &EngineClient::containersChanged, this, [this] {
        m_containers.refresh();
        m_networks.refresh();
    });
    m_stack->empty().set(QStringLiteral("networks"), tr("Reading the networks…"), {});
    m_stack->showEmpty();
    takeCurrent();
    if (m_client.state() == EngineClient::State::Ready) {
        m_networks.refresh();
        m_containers.refresh();
    }
}

NetworksPane::~NetworksPane() = default;

void NetworksPane::buildActions() {
    m_actions = new NetworkActions({m_client, *m_model, *m_error, *m_confirmation, *m_notice, this});
    connect(m_actions, &NetworkActions::selectRequested, this, &NetworksPane::select);
    connect(m_actions, &NetworkActions::topologyToggled, this, &NetworksPane::showTopology);
    connect(m_shelf, &ContainerShelf::disconnectRequested, m_actions, &NetworkActions::disconnectContainers);
    connect(m_shelf, &ContainerShelf::connectRequested, this, [this](const QStringList& containers) {
        m_actions->askConnect(m_table->currentId(), containers);
    });
    connect(m_table, &NetworksTable::containersDropped, m_actions, &NetworkActions::connectContainers);
}

void NetworksPane::buildTable() {
    m_table->setObjectName(QStringLiteral("networksPane.table"));
    m_table->setAccessibleName(tr("Networks"));
    m_table->setSource(m_model, NetworksModel::Name);
    const std::pair<int, int> widths[] = {{NetworksModel::Name, 150},
                                          {NetworksModel::Driver, 112},
                                          {NetworksModel::Subnets, 150},
                                          {NetworksModel::Properties, 120},
                                          {NetworksModel::Interface, 134}};
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width);
    m_table->giveRoomTo(NetworksModel::Members);
    m_table->addActions(m_actions->all());
    connect(m_table, &Table::currentIdChanged, this, &NetworksPane::takeCurrent);
    connect(m_table, &Table::activated, this, [this] { m_actions->askConnect(m_table->currentId(), {}); });
}

QWidget* NetworksPane::buildShelf() {
    auto* side = new QWidget(this);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(4);
    auto* title = label(tr("CONTAINERS"), "section", side);
    title->setContentsMargins(12, 0, 12, 0);
    auto* hint = label(tr("Drag one onto a network; drag a member here to take it off."), "muted", side);
    hint->setWordWrap(true);
    hint->setContentsMargins(12, 0, 12, 4);
    column->addWidget(title);
    column->addWidget(hint);
    column->addWidget(m_shelf, 1);
    auto* ask = new QAction(icon(QStringLiteral("link")), tr("&Connect…"), m_shelf);
    connect(ask, &QAction::triggered, this,
            [this] { m_actions->askConnect(m_table->currentId(), m_shelf->selectedContainers()); });
    m_shelf->addAction(ask);
    m_shelf->setContextMenuPolicy(Qt::ActionsContextMenu);
    return side;
}

void NetworksPane::buildLayout() {
    m_tools = toolRow(
        {actionButton(m_actions->action(NetworkActions::Topology),
                      QStringLiteral("networksPane.topologyButton"), this),
         actionButton(m_actions->action(NetworkActions::Connect), QStringLiteral("networksPane.connect"),
                      this),
         actionButton(m_actions->action(NetworkActions::Remove), QStringLiteral("networksPane.remove"), this),
         actionButton(m_actions->action(NetworkActions::Create), QStringLiteral("networksPane.create"), this,
                      true)},
        this);
    auto* upper = new QSplitter(Qt::Horizontal, this);
    upper->setChildrenCollapsible(false);
    upper->setHandleWidth(1);
    upper->setProperty("divided", true);
    upper->addWidget(m_stack);
    upper->addWidget(buildShelf());
    upper->setStretchFactor(0, 1);
    upper->setSizes({820, 210});

    auto* lower = card(this);
    m_tabs = new NetworkTabs(m_client, lower);
    m_tabs->addMemberActions({m_actions->action(NetworkActions::Disconnect)});
    m_warning = new WarningNote(QStringLiteral("networksPane"), lower);
    m_warning->addTool(actionButton(m_actions->action(NetworkActions::Move),
                                    QStringLiteral("networksPane.move"), m_warning));
    auto* column = new QVBoxLayout(lower);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_warning);
    column->addWidget(m_tabs, 1);
    connect(m_tabs, &NetworkTabs::containerRequested, this, &NetworksPane::containerRequested);
    connect(m_tabs, &NetworkTabs::connectRequested, this,
            [this] { m_actions->askConnect(m_table->currentId(), {}); });
    connect(m_tabs, &NetworkTabs::disconnectRequested, m_actions->action(NetworkActions::Disconnect),
            &QAction::trigger);
    connect(m_tabs, &NetworkTabs::membersSelected, this, [this] {
        if (m_actions != nullptr && m_tabs != nullptr)
            m_actions->setSelection(m_table->currentId(), m_tabs->selectedMembers());
    });
    stackUp({m_error, m_confirmation, m_notice}, m_splitter, upper, lower);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({260, 360});
}

void NetworksPane::buildTopology() {
    m_topology = new TopologyPage(m_client, this);
    static_cast<QVBoxLayout*>(layout())->addWidget(m_topology, 1);
    m_topology->hide();
    connect(m_topology, &TopologyPage::networkSelected, m_table, &Table::selectId);
    connect(m_topology, &TopologyPage::connectRequested, m_actions,
            [this](const QString& network, const QString& container) {
                m_actions->connectContainers(network, {container});
            });
    connect(m_topology, &TopologyPage::disconnectRequested, m_actions,
            [this](const QString& network, const QString& container) {
                m_actions->disconnectContainers(network, {container});
            });
    connect(m_topology, &TopologyPage::connectDialogRequested, m_actions,
            [this](const QString& network, const QString& container) {
                m_actions->askConnect(network, container.isEmpty() ? QStringList() : QStringList(container));
            });
    connect(m_topology, &TopologyPage::containerRequested, this, &NetworksPane::containerRequested);
}

QString NetworksPane::title() const {
    return tr("Networks");
}

QString NetworksPane::summary() const {
    if (m_model->rowCount() == 0)
        return {};
    return tr("%n network(s)", nullptr, m_model->rowCount());
}

QString NetworksPane::filterHint() const {
    return tr("Filter networks");
}

void NetworksPane::setFilter(const QString& text) {
    m_table->setFilter(text);
    m_topology->setFilter(text);
}

void NetworksPane::focusContent() {
    if (m_topology->isVisible())
        m_topology->focusView();
    else
        m_table->setFocus(Qt::OtherFocusReason);
}

const dbus::Network* NetworksPane::current() const {
    return m_model->find(m_table->currentId());
}

void NetworksPane::select(const QString& network) {
    if (m_model->find(network) != nullptr)
        m_table->selectId(network);
    else
        m_awaited = network;
}

void NetworksPane::showTopology(bool shown) {
    m_actions->action(NetworkActions::Topology)->setChecked(shown);
    m_splitter->setVisible(!shown);
    m_topology->setVisible(shown);
    focusContent();
}

void NetworksPane::takeNetworks(const Result<dbus::NetworkList>& list) {
    if (!list) {
        m_error->show(list.error(), tr("Read the list of networks"), tr("Try again"),
                      [this] { m_networks.refresh(); });
        return;
    }
    m_model->setNetworks(*list);
    m_stack->showTable();
    if (!m_awaited.isEmpty() && m_model->find(m_awaited) != nullptr)
        m_table->selectId(std::exchange(m_awaited, {}));
    else if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_table->proxy().index(0, 0));
    m_splitter->widget(1)->setVisible(!list->isEmpty());
    m_topology->setNetworks(*list);
    takeCurrent();
    Q_EMIT summaryChanged();
}

void NetworksPane::takeContainers(const Result<dbus::ContainerList>& list) {
    if (!list)
        return; // the list of networks says what is wrong
    m_shelf->setContainers(*list);
    m_actions->setContainers(*list);
    m_topology->setContainers(*list);
}

void NetworksPane::takeCurrent() {
    const dbus::Network* network = current();
    m_tabs->setNetwork(network);
    m_actions->setSelection(m_table->currentId(), m_tabs->selectedMembers());
    const bool warns = network != nullptr && !network->warning.isEmpty();
    m_warning->tell(warns ? warningText(*network) + u' ' + warningHint(*network) : QString());
}

} // namespace escale::gui
