#include "gui/containers/processes_tab.h"

#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/table.h"
#include "gui/containers/processes_model.h"
#include "gui/containers/state_text.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMenu>

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
    : ContainerTab(client, QStringLiteral("processes"), parent)
    , m_model(new ProcessesModel(this))
    , m_table(new Table(this))
    , m_confirmation(new Confirmation(this)) {
    addNotice(m_confirmation);
    addPage(m_table);
    buildTable();
    buildActions();
    m_clock.start();
    readEvery(kInterval);
    setContainer(nullptr);
}

void ProcessesTab::buildTable() {
    m_table->setObjectName(QStringLiteral("containersPane.processTable"));
    m_table->setAccessibleName(tr("Processes"));
    m_table->setSource(m_model, ProcessesModel::Pid);
    const std::pair<int, int> widths[] = {{ProcessesModel::Pid, 70},     {ProcessesModel::HostPid, 95},
                                          {ProcessesModel::User, 80},    {ProcessesModel::State, 150},
                                          {ProcessesModel::Cpu, 80},     {ProcessesModel::Memory, 100},
                                          {ProcessesModel::Started, 140}};
    for (const auto& [section, width] : widths)
        m_table->setColumnWidth(section, width);
    connect(m_table, &Table::currentIdChanged, this, &ProcessesTab::updateActions);
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
    m_table->addActions({m_copyPid, m_copyHostPid, m_copyCommand, m_signal});
    updateActions();
}

const dbus::ContainerProcess* ProcessesTab::current() const {
    const int row = m_table->currentRow();
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
    if (takeId(container))
        m_model->clear();
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
        read();
}

void ProcessesTab::showState() {
    updateActions();
    if (m_running && m_model->rowCount() > 0)
        showPage(m_table);
    else if (!m_running)
        showEmpty(tr("The container does not run"),
                  tr("Start it with the button above, then its processes are listed here."));
    else
        showEmpty(tr("Reading the processes…"), {});
}

void ProcessesTab::read() {
    if (m_running)
        ask<dbus::ProcessList>(
            &EngineClient::top, tr("List the processes"),
            [this](const dbus::ProcessList& processes) { take(processes, m_clock.nsecsElapsed()); });
}

void ProcessesTab::take(const dbus::ProcessList& processes, qint64 nanoseconds) {
    if (!m_running)
        return;
    m_model->setProcesses(processes, nanoseconds);
    showState();
}

void ProcessesTab::send(const QString& signal) {
    const QString id = m_id;
    const auto act = [this, id, signal] {
        m_client.kill(id, signal, this, [this, signal](const Result<void>& sent) {
            if (!sent)
                error().show(sent.error(), tr("Send %1").arg(signal));
            else
                read();
        });
    };
    if (signal != QLatin1String("SIGKILL"))
        return act();
    m_confirmation->ask(tr("SIGKILL ends “%1” at once: what it has not saved is lost.").arg(m_name),
                        tr("Kill"), act);
}

} // namespace escale::gui
