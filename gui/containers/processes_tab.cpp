#include "gui/containers/processes_tab.h"

#include "gui/client/engine_client.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/table.h"
#include "gui/containers/processes_model.h"
#include "gui/containers/state_text.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QVBoxLayout>

namespace escale::gui {
namespace {

constexpr int kInterval = 2000; // milliseconds

struct Signal {
    const char* name;
    const char* words;
};

constexpr Signal kSignals[] = {
    {"SIGTERM", QT_TRANSLATE_NOOP("escale::gui::ProcessesTab", "please end")},
    {"SIGINT", QT_TRANSLATE_NOOP("escale::gui::ProcessesTab", "as Ctrl+C")},
    {"SIGHUP", QT_TRANSLATE_NOOP("escale::gui::ProcessesTab", "many servers read their configuration again")},
    {"SIGQUIT", QT_TRANSLATE_NOOP("escale::gui::ProcessesTab", "end with a memory dump")},
    {"SIGUSR1", QT_TRANSLATE_NOOP("escale::gui::ProcessesTab", "the program's own meaning")},
    {"SIGUSR2", QT_TRANSLATE_NOOP("escale::gui::ProcessesTab", "the program's own meaning")},
    {"SIGCONT", QT_TRANSLATE_NOOP("escale::gui::ProcessesTab", "go on")},
    {"SIGKILL", QT_TRANSLATE_NOOP("escale::gui::ProcessesTab", "end at once, without saving anything")},
};

} // namespace

ProcessesTab::ProcessesTab(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_model(new ProcessesModel(this))
    , m_stack(new TableStack(this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this)) {
    setObjectName(QStringLiteral("containersPane.processes"));
    auto* notices = new QVBoxLayout;
    notices->setContentsMargins(12, 8, 12, 0);
    notices->addWidget(m_error);
    notices->addWidget(m_confirmation);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(notices);
    column->addWidget(m_stack, 1);
    buildTable();
    buildActions();
    m_clock.start();
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &ProcessesTab::poll);
    setContainer(nullptr);
}

void ProcessesTab::buildTable() {
    Table& table = m_stack->table();
    table.setObjectName(QStringLiteral("containersPane.processTable"));
    table.setAccessibleName(tr("Processes"));
    table.setSource(m_model, ProcessesModel::Pid);
    const std::pair<int, int> widths[] = {{ProcessesModel::Pid, 70},     {ProcessesModel::HostPid, 95},
                                          {ProcessesModel::User, 80},    {ProcessesModel::State, 150},
                                          {ProcessesModel::Cpu, 80},     {ProcessesModel::Memory, 100},
                                          {ProcessesModel::Started, 140}};
    for (const auto& [section, width] : widths)
        table.setColumnWidth(section, width);
    connect(&table, &Table::currentIdChanged, this, &ProcessesTab::updateActions);
}

void ProcessesTab::buildActions() {
    const auto copying = [this](const QString& text, auto part) {
        auto* action = new QAction(text, this);
        connect(action, &QAction::triggered, this, [this, part] {
            if (const dbus::ContainerProcess* process = current())
                QApplication::clipboard()->setText(part(*process));
        });
        return action;
    };
    m_copyPid = copying(tr("&Copy the PID in the container"),
                        [](const dbus::ContainerProcess& p) { return QString::number(p.insidePid); });
    m_copyHostPid = copying(tr("Copy the PID on this &machine"),
                            [](const dbus::ContainerProcess& p) { return QString::number(p.pid); });
    m_copyCommand =
        copying(tr("Copy the c&ommand"), [](const dbus::ContainerProcess& p) { return p.command; });
    m_signal = new QAction(tr("&Send a signal"), this);
    auto* menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    for (const Signal& signal : kSignals) {
        const QString name = QString::fromLatin1(signal.name);
        menu->addAction(QStringLiteral("%1 – %2").arg(name, tr(signal.words)), this,
                        [this, name] { send(name); });
    }
    m_signal->setMenu(menu);
    m_stack->table().addActions({m_copyPid, m_copyHostPid, m_copyCommand, m_signal});
    updateActions();
}

const dbus::ContainerProcess* ProcessesTab::current() const {
    const int row = m_stack->table().currentRow();
    return row >= 0 && row < m_model->rowCount() ? &m_model->at(row) : nullptr;
}

void ProcessesTab::updateActions() {
    const dbus::ContainerProcess* process = current();
    for (QAction* action : {m_copyPid, m_copyHostPid, m_copyCommand})
        action->setEnabled(process != nullptr);
    // The engine sends signals to the first process only, which stands for the container.
    const bool isFirst = process != nullptr && (process->insidePid == 1 || process->pid == m_firstPid);
    m_signal->setEnabled(isFirst && m_running);
    m_signal->setText(process == nullptr || isFirst ? tr("&Send a signal")
                                                    : tr("Send a signal (to the first process only)"));
}

void ProcessesTab::setContainer(const dbus::Container* container) {
    const QString id = container != nullptr ? container->id : QString();
    if (id != m_id) {
        m_model->clear();
        m_error->dismiss();
        m_failed = false;
    }
    m_id = id;
    m_name = container != nullptr ? container->name : QString();
    m_firstPid = container != nullptr ? container->pid : 0;
    m_paused = container != nullptr && container->state == QLatin1String("paused");
    const bool running = container != nullptr && (isRunning(*container) || m_paused);
    const bool begun = running && !m_running;
    m_running = running;
    if (!running)
        m_model->clear();
    showState();
    if (isVisible() && (begun || m_model->rowCount() == 0))
        poll();
}

void ProcessesTab::showState() {
    updateActions();
    if (m_running && m_model->rowCount() > 0)
        return m_stack->showTable();
    const QString symbol = QStringLiteral("processes");
    if (m_id.isEmpty())
        m_stack->empty().set(symbol, tr("No container selected"), tr("Select one above."));
    else if (!m_running)
        m_stack->empty().set(symbol, tr("The container does not run"),
                             tr("Start it with the button above, then its processes are listed here."));
    else
        m_stack->empty().set(symbol, tr("Reading the processes…"), {});
    m_stack->showEmpty();
}

void ProcessesTab::poll() {
    if (!m_running || m_polling || window()->isMinimized() || m_client.state() != EngineClient::State::Ready)
        return;
    m_polling = true;
    const QString id = m_id;
    m_client.top(id, this, [this, id](const Result<dbus::ProcessList>& processes) {
        m_polling = false;
        if (id != m_id)
            return poll();
        if (!processes) {
            // It may have ended just now; then the list of containers says so in a moment.
            if (m_running && processes.error().code != ErrorCode::WrongState && !m_failed)
                m_error->show(processes.error(), tr("List the processes"));
            m_failed = true;
            return;
        }
        if (std::exchange(m_failed, false))
            m_error->dismiss();
        take(*processes, m_clock.nsecsElapsed());
    });
}

void ProcessesTab::take(const dbus::ProcessList& processes, qint64 nanoseconds) {
    if (!m_running)
        return;
    m_model->setProcesses(processes, nanoseconds);
    showState();
}

void ProcessesTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_timer.start();
    poll();
}

void ProcessesTab::hideEvent(QHideEvent* event) {
    m_timer.stop();
    QWidget::hideEvent(event);
}

void ProcessesTab::send(const QString& signal) {
    const QString id = m_id;
    const auto act = [this, id, signal] {
        m_client.kill(id, signal, this, [this, signal](const Result<void>& sent) {
            if (!sent)
                m_error->show(sent.error(), tr("Send %1").arg(signal));
            else
                poll();
        });
    };
    if (signal != QLatin1String("SIGKILL"))
        return act();
    m_confirmation->ask(tr("SIGKILL ends “%1” at once: what it has not saved is lost.").arg(m_name),
                        tr("Kill"), act);
}

} // namespace escale::gui
