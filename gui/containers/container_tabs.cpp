#include "gui/containers/container_tabs.h"

#include "gui/common/facts.h"
#include "gui/common/format.h"
#include "gui/containers/changes_tab.h"
#include "gui/containers/files_tab.h"
#include "gui/containers/health_tab.h"
#include "gui/containers/inspect_tab.h"
#include "gui/containers/log_tab.h"
#include "gui/containers/processes_tab.h"
#include "gui/containers/state_text.h"
#include "gui/containers/stats_tab.h"
#include "gui/containers/terminal_tab.h"

#include <QTabBar>

namespace escale::gui {

ContainerTabs::ContainerTabs(EngineClient& client, ContainerUndo& undo, QWidget* parent)
    : QTabWidget(parent)
    , m_log(new LogTab(client, this))
    , m_stats(new StatsTab(client, undo, this))
    , m_terminal(new TerminalTab(client, this))
    , m_files(new FilesTab(client, this))
    , m_processes(new ProcessesTab(client, this))
    , m_health(new HealthTab(client, this))
    , m_changes(new ChangesTab(client, this))
    , m_inspect(new InspectTab(client, this))
    , m_details(new Facts(this)) {
    setObjectName(QStringLiteral("containersPane.tabs"));
    setDocumentMode(true);
    tabBar()->setDrawBase(false);
    m_stats->setObjectName(QStringLiteral("containersPane.stats"));
    addTab(m_log, tr("Log"));
    addTab(m_stats, tr("Stats"));
    addTab(m_terminal, tr("Terminal"));
    addTab(m_files, tr("Files"));
    addTab(m_processes, tr("Processes"));
    addTab(m_health, tr("Health"));
    addTab(m_changes, tr("Changes"));
    addTab(m_inspect, tr("Inspect"));
    addTab(m_details->inScrollArea(this), tr("Details"));
    connect(m_changes, &ChangesTab::fileRequested, this, [this](const QString& path) {
        m_files->showFile(path);
        setCurrentWidget(m_files);
    });
}

void ContainerTabs::setContainer(const dbus::Container* container) {
    const QString id = container != nullptr ? container->id : QString();
    m_log->setContainer(id, container != nullptr ? container->started : 0);
    m_stats->setContainer(id, container != nullptr && isRunning(*container));
    m_terminal->setContainer(container);
    m_files->setContainer(container);
    m_processes->setContainer(container);
    m_health->setContainer(container);
    m_changes->setContainer(container);
    m_inspect->setContainer(container);
    setFacts(container);
}

void ContainerTabs::askDebug() {
    setCurrentWidget(m_terminal);
    m_terminal->askDebug();
}

void ContainerTabs::setFacts(const dbus::Container* c) {
    if (c == nullptr)
        return m_details->set({});
    QList<Fact> facts{{tr("State"), stateText(*c)}};
    if (!c->error.isEmpty())
        facts.append({tr("Error"), c->error});
    facts.append({tr("Id"), c->id, true});
    facts.append({tr("Image"), c->image});
    facts.append({tr("Image digest"), c->imageDigest, true});
    facts.append({tr("Command"),
                  c->command.isEmpty() ? tr("the image's own") : c->command.join(QLatin1Char(' ')), true});
    facts.append({tr("Address"), c->address.isEmpty() ? dash() : c->address, true});
    if (c->pid > 0)
        facts.append({tr("Process on this machine"), QString::number(c->pid), true});
    facts.append({tr("Created"), formatTime(c->created)});
    if (c->started > 0)
        facts.append({tr("Started"), formatTime(c->started)});
    if (c->finished > 0 && !isRunning(*c))
        facts.append({tr("Ended"), formatTime(c->finished)});
    m_details->set(facts);
}

} // namespace escale::gui
