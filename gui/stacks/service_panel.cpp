#include "gui/stacks/service_panel.h"

#include "gui/common/buttons.h"
#include "gui/common/cells_model.h"
#include "gui/common/elided_label.h"
#include "gui/common/empty_state.h"
#include "gui/common/format.h"
#include "gui/common/log_view.h"
#include "gui/containers/log_tab.h"
#include "gui/containers/state_text.h"
#include "gui/containers/terminal_tab.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kMostReplicas = 100;

// As much of a container as a log and a terminal ask for.
static dbus::Container containerOf(const dbus::StackContainer& told) {
    dbus::Container container;
    container.id = told.id;
    container.name = told.name;
    container.image = told.image;
    container.state = told.state;
    container.health = told.health;
    container.exitCode = told.exitCode;
    return container;
}

ServicePanel::ServicePanel(EngineClient& client, CurrentStack& stack, QWidget* parent)
    : QWidget(parent)
    , m_stack(stack)
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_content(new QWidget(this))
    , m_name(label({}, "heading", this))
    , m_state(new ElidedLabel(this))
    , m_replicas(new QSpinBox(this))
    , m_scale(new QPushButton(tr("Scale"), this))
    , m_model(new CellsModel({tr("Container"), tr("State"), tr("Health"), tr("Ports")}, this))
    , m_table(new Table(this))
    , m_tabs(new QTabWidget(this))
    , m_log(new LogTab(client, this))
    , m_terminal(new TerminalTab(client, this)) {
    setObjectName(QStringLiteral("stacksPane.service"));
    m_log->view().setObjectName(QStringLiteral("stacksPane.serviceLog"));
    m_terminal->setObjectName(QStringLiteral("stacksPane.serviceTerminal"));
    m_empty->set(QStringLiteral("stacks"), tr("No service selected"),
                 tr("Select one in the drawing: its containers, its log and a terminal are shown here."));
    buildTable();
    m_tabs->setDocumentMode(true);
    m_tabs->setMinimumSize(1, 1); // the terminal's wishes would push the drawing away
    m_tabs->addTab(m_log, tr("Log"));
    m_tabs->addTab(m_terminal, tr("Terminal"));
    auto* left = new QWidget(this);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    leftColumn->addWidget(m_table);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(1);
    splitter->setProperty("divided", true);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(m_tabs);
    splitter->setSizes({420, 560});
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHead();
    column->addWidget(line(m_content));
    column->addWidget(splitter, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_content);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_pages);
    connect(&m_stack, &CurrentStack::changed, this, &ServicePanel::showContainers);
    connect(&m_stack, &CurrentStack::progressed, this, &ServicePanel::updateHead);
}

QToolButton* ServicePanel::addButton(const char* iconName, const QString& words, const char* name,
                                     StackAction action) {
    QToolButton* button = flatButton(QString::fromLatin1(iconName), words, m_content);
    button->setObjectName(QStringLiteral("stacksPane.service.") + QLatin1String(name));
    connect(button, &QToolButton::clicked, this,
            [this, action] { Q_EMIT actionRequested(action, m_service); });
    return button;
}

void ServicePanel::buildHead() {
    m_start = addButton("run", tr("Start this service"), "start", StackAction::Start);
    m_restart = addButton("restart", tr("Restart this service"), "restart", StackAction::Restart);
    m_stop = addButton("stop", tr("Stop this service"), "stop", StackAction::Stop);
    m_replicas->setObjectName(QStringLiteral("stacksPane.service.replicas"));
    m_replicas->setAccessibleName(tr("Containers of this service"));
    m_replicas->setRange(0, kMostReplicas);
    m_scale->setObjectName(QStringLiteral("stacksPane.service.scale"));
    m_scale->setToolTip(tr("Makes or removes containers until there are so many"));
    m_state->setMuted(true);
    connect(m_replicas, &QSpinBox::valueChanged, this, &ServicePanel::updateHead);
    connect(m_scale, &QPushButton::clicked, this,
            [this] { Q_EMIT scaleRequested(m_service, m_replicas->value()); });
    auto* count = label(tr("&Containers"), "muted", m_content);
    count->setBuddy(m_replicas);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(8);
    row->addWidget(m_name);
    row->addWidget(m_state, 1);
    row->addWidget(count);
    row->addWidget(m_replicas);
    row->addWidget(m_scale);
    row->addSpacing(6);
    row->addWidget(m_start);
    row->addWidget(m_restart);
    row->addWidget(m_stop);
    static_cast<QVBoxLayout*>(m_content->layout())->insertLayout(0, row);
}

void ServicePanel::buildTable() {
    m_table->setObjectName(QStringLiteral("stacksPane.containers"));
    m_table->setAccessibleName(tr("Containers of this service"));
    m_table->setSource(m_model, 0);
    m_table->setColumnWidth(1, 110);
    m_table->setColumnWidth(2, 80);
    m_table->setColumnWidth(3, 120);
    m_table->giveRoomTo(0);
    connect(m_table, &Table::currentIdChanged, this, &ServicePanel::showContainer);
    connect(m_table, &Table::activated, this, [this] { Q_EMIT containerRequested(m_table->currentId()); });
}

void ServicePanel::setService(const QString& service) {
    const bool isOther = service != m_service;
    m_service = service;
    showContainers();
    if (!isOther)
        return;
    const StackNode* node = nullptr;
    const StackGraph graph = m_stack.graph();
    node = graph.node(serviceNode(service));
    const QSignalBlocker blocker(m_replicas);
    m_replicas->setValue(node == nullptr ? 1 : node->replicas);
    updateHead();
}

void ServicePanel::showTerminal() {
    m_tabs->setCurrentWidget(m_terminal);
}

void ServicePanel::showContainers() {
    QList<CellsRow> rows;
    for (const dbus::StackContainer& told : m_stack.containers()) {
        if (told.service != m_service)
            continue;
        const dbus::Container container = containerOf(told);
        const QString health = healthText(container);
        QStringList ports;
        for (const QString& port : told.ports)
            ports << port;
        rows.append(
            {told.id,
             {{told.name, {}, told.image, Tone::None, false, true},
              {stateText(container), {}, stateExplanation(container), stateTone(container)},
              {health.isEmpty() ? dash() : health},
              {ports.isEmpty() ? dash() : ports.join(QStringLiteral(", ")), {}, {}, Tone::None, true}}});
    }
    m_model->setRows(rows);
    m_pages->setCurrentWidget(m_service.isEmpty() ? static_cast<QWidget*>(m_empty) : m_content);
    if (!m_table->currentIndex().isValid() && m_table->proxy().rowCount() > 0)
        m_table->setCurrentIndex(m_table->proxy().index(0, 0));
    showContainer(m_table->currentId());
    updateHead();
}

void ServicePanel::showContainer(const QString& id) {
    for (const dbus::StackContainer& told : m_stack.containers()) {
        if (told.id != id || told.service != m_service)
            continue;
        const dbus::Container container = containerOf(told);
        m_log->setContainer(id, 1);
        return m_terminal->setContainer(&container);
    }
    m_log->setContainer({}, 0);
    m_terminal->setContainer(nullptr);
}

void ServicePanel::updateHead() {
    const StackGraph graph = m_stack.graph();
    const StackNode* node = graph.node(serviceNode(m_service));
    m_name->setText(m_service);
    m_state->setText(node == nullptr ? QString() : node->words);
    const int there = m_model->rowCount();
    const int running = node == nullptr ? 0 : node->running;
    const bool isBusy = m_stack.isBusy();
    m_start->setEnabled(!isBusy && there > running);
    m_restart->setEnabled(!isBusy && there > 0);
    m_stop->setEnabled(!isBusy && running > 0);
    m_replicas->setEnabled(!isBusy && m_stack.canBeBroughtUp());
    m_scale->setEnabled(!isBusy && m_stack.canBeBroughtUp() && m_replicas->value() != there);
}

} // namespace escale::gui
