#include "gui/networks/network_tabs.h"

#include "gui/client/engine_client.h"
#include "gui/common/empty_state.h"
#include "gui/common/facts.h"
#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/networks/members_model.h"
#include "gui/networks/network_commands.h"
#include "gui/networks/network_text.h"
#include "gui/networks/rules_view.h"

#include <QAction>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QTabBar>

namespace escale::gui {

NetworkTabs::NetworkTabs(EngineClient& client, QWidget* parent)
    : QTabWidget(parent)
    , m_client(client)
    , m_model(new MembersModel(this))
    , m_members(new TableStack(this))
    , m_facts(new Facts(this))
    , m_rules(new RulesView(QStringLiteral("networksPane.rules"), this))
    , m_commands(new QPlainTextEdit(this)) {
    setObjectName(QStringLiteral("networksPane.tabs"));
    setDocumentMode(true);
    tabBar()->setDrawBase(false);
    buildMembers();
    m_commands->setObjectName(QStringLiteral("networksPane.commands"));
    m_commands->setAccessibleName(tr("Commands that make the same"));
    m_commands->setReadOnly(true);
    m_commands->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_commands->setFont(monospace(font()));
    m_commands->setTabChangesFocus(true);
    m_commands->document()->setDocumentMargin(10);
    addTab(m_members, tr("Containers"));
    addTab(m_facts->inScrollArea(this), tr("Details"));
    addTab(m_rules, tr("Rules"));
    addTab(m_commands, tr("What it is made of"));
    connect(this, &QTabWidget::currentChanged, this, &NetworkTabs::readRules);
    setNetwork(nullptr);
}

void NetworkTabs::buildMembers() {
    Table& table = m_members->table();
    table.setObjectName(QStringLiteral("networksPane.members"));
    table.setAccessibleName(tr("Containers in the network"));
    table.setSelectionMode(QAbstractItemView::ExtendedSelection);
    table.setDragEnabled(true);
    table.setDragDropMode(QAbstractItemView::DragOnly);
    table.installEventFilter(this);
    table.setSource(m_model, MembersModel::Name);
    const std::pair<int, int> widths[] = {{MembersModel::Name, 140},     {MembersModel::State, 100},
                                          {MembersModel::Inside, 84},    {MembersModel::Addresses, 160},
                                          {MembersModel::Mac, 148},      {MembersModel::Aliases, 90},
                                          {MembersModel::DnsNames, 150}, {MembersModel::Outside, 134}};
    for (const auto& [column, width] : widths)
        table.setColumnWidth(column, width);
    connect(&table, &Table::activated, this, [this] {
        if (const QString id = m_members->table().currentId(); !id.isEmpty())
            Q_EMIT containerRequested(id);
    });
    connect(table.selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &NetworkTabs::membersSelected);
    connect(m_model, &QAbstractItemModel::modelReset, this, &NetworkTabs::membersSelected);
    connect(&m_members->empty(), &EmptyState::actionRequested, this, &NetworkTabs::connectRequested);
}

bool NetworkTabs::eventFilter(QObject* watched, QEvent* event) {
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!isKey || !static_cast<QKeyEvent*>(event)->matches(QKeySequence::Delete) ||
        selectedMembers().isEmpty())
        return QTabWidget::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::KeyPress)
        Q_EMIT disconnectRequested();
    return true;
}

void NetworkTabs::addMemberActions(const QList<QAction*>& actions) {
    m_members->table().addActions(actions);
}

QStringList NetworkTabs::selectedMembers() const {
    QStringList ids;
    for (const QModelIndex& row : m_members->table().selectionModel()->selectedRows())
        ids.append(row.data(kIdRole).toString());
    return ids;
}

void NetworkTabs::setNetwork(const dbus::Network* network) {
    const QString symbol = QStringLiteral("networks");
    m_network = network != nullptr ? *network : dbus::Network();
    m_model->setEndpoints(m_network.id, m_network.endpoints);
    if (network == nullptr) {
        m_members->empty().set(symbol, tr("No network selected"), tr("Select one above."));
        m_members->showEmpty();
    } else if (network->endpoints.isEmpty()) {
        m_members->empty().set(symbol, tr("Nobody is in it"),
                               tr("Drag a container onto the network, or choose one here. New containers get "
                                  "their network in the Run dialog."),
                               tr("Connect a container…"));
        m_members->showEmpty();
    } else {
        m_members->showTable();
    }
    setTabText(0, network == nullptr || network->endpoints.isEmpty()
                      ? tr("Containers")
                      : tr("Containers (%1)").arg(QLocale().toString(network->endpoints.size())));
    showFacts();
    m_commands->setPlainText(network == nullptr ? QString() : networkCommands(*network));
    if (m_rulesOf != m_network.id)
        m_rules->setWords({});
    m_rulesOf.clear();
    readRules();
    Q_EMIT membersSelected();
}

static QString yesOrNo(bool yes) {
    return yes ? NetworkTabs::tr("yes") : NetworkTabs::tr("no");
}

void NetworkTabs::showFacts() {
    if (m_network.id.isEmpty())
        return m_facts->set({});
    const dbus::Network& n = m_network;
    QList<Fact> facts{{tr("Name"), n.name},
                      {tr("ID"), n.id, true},
                      {tr("Driver"), driverText(n)},
                      {tr("Interface"), n.interface.isEmpty()
                                            ? tr("none yet: it comes with the first container")
                                            : n.interface}};
    if (!n.parent.isEmpty())
        facts.append({tr("Parent"), n.parent});
    for (const dbus::NetworkPool& pool : n.pools) {
        const bool six = pool.subnet.contains(u':');
        facts.append({six ? tr("IPv6 subnet") : tr("Subnet"), pool.subnet, true});
        if (!pool.range.isEmpty())
            facts.append({six ? tr("IPv6 range") : tr("Range"), pool.range, true});
        if (!pool.gateway.isEmpty())
            facts.append({six ? tr("IPv6 gateway") : tr("Gateway"), pool.gateway, true});
    }
    facts.append({tr("Internal"), yesOrNo(n.isInternal)});
    if (n.driver == u"bridge") {
        facts.append({tr("Reach each other"), yesOrNo(n.icc)});
        facts.append({tr("Masquerade"), yesOrNo(n.masquerade && !n.isInternal)});
    }
    facts.append({tr("MTU"), n.mtu == 0 ? tr("this machine's") : QLocale().toString(n.mtu)});
    facts.append({tr("DNS"), n.isDefault ? tr("no names: containers here are reached by their addresses")
                                         : tr("names and aliases of its containers, at the gateway")});
    facts.append({tr("Created"), n.isDefault && n.created == 0 ? dash() : formatTime(n.created)});
    QStringList labels;
    for (auto label = n.labels.begin(); label != n.labels.end(); ++label)
        labels.append(label.key() + u'=' + label.value());
    if (!labels.isEmpty())
        facts.append({tr("Labels"), labels.join(u'\n')});
    m_facts->set(facts);
}

void NetworkTabs::showEvent(QShowEvent* event) {
    QTabWidget::showEvent(event);
    readRules();
}

// Read when they are looked at: nobody else needs them.
void NetworkTabs::readRules() {
    if (currentWidget() != m_rules || !isVisible() || m_network.id.isEmpty() || m_rulesOf == m_network.id)
        return;
    m_rulesOf = m_network.id;
    m_client.networkRules(
        m_network.id, {}, this, [this, id = m_network.id](const Result<dbus::RuleChains>& told) {
            if (id != m_network.id)
                return;
            if (told)
                m_rules->setChains(*told);
            else
                m_rules->setWords(QString::fromStdString(told.error().message + "\n" + told.error().hint));
        });
}

} // namespace escale::gui
