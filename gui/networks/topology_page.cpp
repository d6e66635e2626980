#include "gui/networks/topology_page.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/networks/topology_export.h"
#include "gui/networks/topology_panel.h"
#include "gui/networks/topology_scene.h"
#include "gui/networks/topology_view.h"

#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include <chrono>

namespace escale::gui {

static constexpr int kSecond = 1000;
static constexpr qreal kZoomStep = 1.25;

static qint64 now() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

TopologyPage::TopologyPage(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_scene(new TopologyScene(this))
    , m_view(new TopologyView(*m_scene, this))
    , m_panel(new TopologyPanel(this))
    , m_error(new ErrorBanner(this)) {
    setObjectName(QStringLiteral("topologyPage"));
    buildLayout();
    m_second.setInterval(kSecond);
    connect(&m_second, &QTimer::timeout, this, &TopologyPage::askCounters);
    connect(m_scene, &TopologyScene::currentChanged, this, &TopologyPage::takeSelection);
    connect(m_panel, &TopologyPanel::idRequested, m_view, &TopologyView::goTo);
    connect(m_panel, &TopologyPanel::connectRequested, this, &TopologyPage::connectDialogRequested);
    connect(m_panel, &TopologyPanel::disconnectRequested, this, &TopologyPage::disconnectRequested);
    connect(m_panel, &TopologyPanel::containerRequested, this, &TopologyPage::containerRequested);
    connect(m_view, &TopologyView::connectRequested, this, &TopologyPage::connectRequested);
    connect(m_view, &TopologyView::disconnectRequested, this, &TopologyPage::disconnectRequested);
    connect(m_view, &TopologyView::menuRequested, this, &TopologyPage::showMenu);
    connect(m_view, &TopologyView::removeRequested, this, [this](const QString& id) {
        if (const TopologyEdge* edge = m_scene->graph().edge(id);
            edge != nullptr && edge->kind == TopologyEdge::Veth)
            Q_EMIT disconnectRequested(edge->network, edge->container);
    });
    connect(m_view, &TopologyView::activated, this, [this](const QString& id) {
        const TopologyNode* node = m_scene->graph().node(id);
        if (node != nullptr && node->kind == TopologyNode::Container)
            Q_EMIT containerRequested(node->object);
        else if (node != nullptr && node->kind == TopologyNode::Network && !node->object.isEmpty())
            Q_EMIT connectDialogRequested(node->object, {});
    });
    m_panel->show(m_input, m_scene->graph(), {});
}

QWidget* TopologyPage::buildTools() {
    auto* tools = new QWidget(this);
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins(8, 6, 8, 6);
    row->setSpacing(4);
    const auto add = [&](const char* iconName, const QString& words, const char* name, auto act) {
        QToolButton* button = flatButton(QString::fromLatin1(iconName), words, tools);
        button->setObjectName(QStringLiteral("topologyPage.") + QLatin1String(name));
        connect(button, &QToolButton::clicked, this, act);
        row->addWidget(button);
        return button;
    };
    add("fit", tr("Show all of it (0)"), "fit", [this] { m_view->fit(); });
    add("plus", tr("Nearer (+)"), "nearer", [this] { m_view->zoomBy(kZoomStep); });
    add("minus", tr("Farther (−)"), "farther", [this] { m_view->zoomBy(1 / kZoomStep); });
    QToolButton* move = add("traffic", tr("Show moving packets"), "animate", [] {});
    move->setCheckable(true);
    move->setChecked(m_view->isAnimated());
    connect(move, &QToolButton::toggled, m_view, &TopologyView::setAnimated);
    row->addStretch();
    add("save", tr("Save as SVG or PNG…"), "export", [this] { askExport(); });
    return tools;
}

void TopologyPage::buildLayout() {
    auto* frame = card(this);
    auto* inside = new QVBoxLayout(frame);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->setSpacing(0);
    inside->addWidget(buildTools());
    inside->addWidget(line(frame));
    inside->addWidget(m_view, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(frame, 1);
    row->addWidget(m_panel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_error);
    column->addLayout(row, 1);
}

void TopologyPage::setNetworks(const dbus::NetworkList& networks) {
    m_input.networks = networks;
    rebuild();
}

void TopologyPage::setContainers(const dbus::ContainerList& containers) {
    m_input.containers = containers;
    rebuild();
    askReach();
}

void TopologyPage::setFilter(const QString& text) {
    m_scene->setFilter(text);
}

void TopologyPage::focusView() {
    m_view->setFocus(Qt::OtherFocusReason);
}

void TopologyPage::rebuild() {
    if (!isVisible()) {
        m_isStale = true;
        return;
    }
    m_isStale = false;
    m_scene->setGraph(makeTopology(m_input), TopologyView::desktopAnimates());
    takeSelection();
    showRates();
}

void TopologyPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isStale)
        rebuild();
    m_second.start();
    askCounters();
    askReach();
}

// What was counted before is no rate of now when it is shown again.
void TopologyPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_second.stop();
    m_rates.clear();
    m_scene->setRates(m_rates);
    m_reachAsked.clear();
}

void TopologyPage::askCounters() {
    if (m_client.state() != EngineClient::State::Ready)
        return;
    if (!std::exchange(m_asksInterfaces, true)) {
        m_client.hostInterfaces(this, [this](const Result<dbus::HostInterfaces>& told) {
            m_asksInterfaces = false;
            if (told) {
                if (std::exchange(m_countersFail, false))
                    m_error->dismiss();
                return takeInterfaces(*told, now());
            }
            if (!std::exchange(m_countersFail, true)) // once, not every second
                m_error->show(told.error(), tr("Read the interfaces"));
        });
    }
    if (!std::exchange(m_asksStatistics, true)) {
        m_client.endpointStatistics(this, [this](const Result<dbus::EndpointStatistics>& told) {
            m_asksStatistics = false;
            if (told)
                takeStatistics(*told, now());
        });
    }
}

// Counters change every second, the drawing only with what it shows of an interface.
static bool looksTheSame(const dbus::HostInterfaces& a, const dbus::HostInterfaces& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const dbus::HostInterface& one, const dbus::HostInterface& other) {
                          return one.name == other.name && one.kind == other.kind && one.isUp == other.isUp &&
                                 one.addresses == other.addresses;
                      });
}

void TopologyPage::takeInterfaces(const dbus::HostInterfaces& interfaces, qint64 time) {
    m_rates.take(interfaces, time);
    const bool isSame = looksTheSame(interfaces, m_input.interfaces);
    m_input.interfaces = interfaces;
    if (isSame)
        showRates();
    else
        rebuild();
}

void TopologyPage::takeStatistics(const dbus::EndpointStatistics& statistics, qint64 time) {
    m_rates.take(statistics, time);
    showRates();
}

void TopologyPage::takeReach(const QString& container, const dbus::PortReaches& reach) {
    m_input.reach.insert(container, reach);
    rebuild();
}

// Once for each container and what it publishes.
void TopologyPage::askReach() {
    if (!isVisible() || m_client.state() != EngineClient::State::Ready)
        return;
    for (const dbus::Container& container : std::as_const(m_input.containers)) {
        const QString asked = container.id + u' ' + container.state + u' ' + container.ports.join(u' ');
        if (container.ports.isEmpty() || container.state != u"running" || m_reachAsked.contains(asked))
            continue;
        m_reachAsked.insert(asked);
        m_client.portReach(container.id, this,
                           [this, id = container.id](const Result<dbus::PortReaches>& told) {
                               if (told)
                                   takeReach(id, *told);
                           });
    }
}

void TopologyPage::takeSelection() {
    const QString id = m_scene->current();
    m_panel->show(m_input, m_scene->graph(), id);
    showRates();
    askRules();
    const TopologyNode* node = m_scene->graph().node(id);
    if (node != nullptr && node->kind == TopologyNode::Network && !node->object.isEmpty())
        Q_EMIT networkSelected(node->object);
}

void TopologyPage::showRates() {
    m_scene->setRates(m_rates);
    m_view->updateMovement();
    if (const TopologyEdge* edge = m_scene->graph().edge(m_scene->current()))
        m_panel->setRate(m_rates.rate(edge->counter), !edge->counter.isEmpty());
}

void TopologyPage::askRules() {
    const auto of = m_panel->rulesOf();
    if (of.first.isEmpty())
        return;
    m_client.networkRules(of.first, of.second, this, [this, of](const Result<dbus::RuleChains>& told) {
        if (of != m_panel->rulesOf()) // something else is selected by now
            return;
        if (told)
            m_panel->setRules(*told);
        else
            m_panel->setRulesProblem(QString::fromStdString(told.error().message));
    });
}

Result<> TopologyPage::exportTo(const QString& file) const {
    return exportTopology(*m_scene, file);
}

void TopologyPage::askExport() {
    auto* dialog = new QFileDialog(window(), tr("Save the topology"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Drawing (*.svg)"), tr("Picture (*.png)")});
    dialog->setDefaultSuffix(QStringLiteral("svg"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("png")) ? QStringLiteral("png")
                                                                       : QStringLiteral("svg"));
    });
    dialog->selectFile(QStringLiteral("networks.svg"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        if (const auto done = exportTo(file); !done)
            m_error->show(done.error(), tr("Save the topology"));
        else
            m_error->dismiss();
    });
    dialog->open();
}

void TopologyPage::showMenu(const QPoint& place) {
    const TopologyGraph& graph = m_scene->graph();
    const QString id = m_scene->current();
    QMenu menu(this);
    const auto add = [&](const char* iconName, const QString& words, auto act) {
        connect(menu.addAction(icon(QString::fromLatin1(iconName)), words), &QAction::triggered, this, act);
    };
    if (const TopologyNode* node = graph.node(id)) {
        const QString object = node->object;
        if (node->kind == TopologyNode::Container) {
            add("link", tr("&Connect to a network…"),
                [this, object] { Q_EMIT connectDialogRequested({}, object); });
            for (const TopologyEdge& edge : graph.edges) {
                if (edge.kind != TopologyEdge::Veth || edge.container != object)
                    continue;
                const TopologyNode* network = graph.node(edge.from);
                add("clear",
                    tr("&Disconnect from %1").arg(network == nullptr ? edge.network : network->title),
                    [this, of = edge.network, object] { Q_EMIT disconnectRequested(of, object); });
            }
            add("containers", tr("&Show the container"),
                [this, object] { Q_EMIT containerRequested(object); });
        } else if (node->kind == TopologyNode::Network && !object.isEmpty()) {
            add("link", tr("&Connect a container…"),
                [this, object] { Q_EMIT connectDialogRequested(object, {}); });
        }
    } else if (const TopologyEdge* edge = graph.edge(id);
               edge != nullptr && edge->kind == TopologyEdge::Veth) {
        add("clear", tr("&Disconnect"),
            [this, of = edge->network, who = edge->container] { Q_EMIT disconnectRequested(of, who); });
    }
    menu.addSeparator();
    add("fit", tr("Show &all of it"), [this] { m_view->fit(); });
    add("save", tr("Save as SVG or PN&G…"), [this] { askExport(); });
    menu.exec(place);
}

} // namespace escale::gui
