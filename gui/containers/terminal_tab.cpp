#include "gui/containers/terminal_tab.h"

#include "gui/client/engine_client.h"
#include "gui/common/empty_state.h"
#include "gui/containers/container_shells.h"
#include "gui/containers/state_text.h"

namespace escale::gui {

TerminalTab::TerminalTab(EngineClient& client, QWidget* parent)
    : QStackedWidget(parent)
    , m_client(client)
    , m_empty(new EmptyState(this)) {
    setObjectName(QStringLiteral("containersPane.terminal"));
    addWidget(m_empty);
    connect(&m_client, &EngineClient::happened, this, &TerminalTab::takeEvents);
    setContainer(nullptr);
}

void TerminalTab::setContainer(const dbus::Container* container) {
    m_id = container != nullptr ? container->id : QString();
    const bool running = container != nullptr && isRunning(*container);
    ContainerShells* shells = m_shells.value(m_id);
    if (running && shells == nullptr) {
        shells = new ContainerShells(m_client, m_id, this);
        m_shells.insert(m_id, shells);
        addWidget(shells);
    }
    if (shells != nullptr)
        shells->setRunning(running);
    if (shells != nullptr && !running && (container == nullptr || !isPaused(*container)))
        shells->takeEnd();
    // What a shell has said stays to be read when its container has stopped.
    if (shells != nullptr && (running || shells->count() > 0))
        return setCurrentWidget(shells);
    if (container == nullptr)
        m_empty->set(QStringLiteral("terminal"), tr("No container selected"), tr("Select one above."));
    else if (container->state == QLatin1String("paused"))
        m_empty->set(QStringLiteral("terminal"), tr("The container is paused"),
                     tr("Let it go on, then a shell can be opened in it."));
    else
        m_empty->set(QStringLiteral("terminal"), tr("The container does not run"),
                     tr("Start it with the button above, then open a shell in it."));
    setCurrentWidget(m_empty);
}

void TerminalTab::askDebug() {
    if (ContainerShells* here = shells())
        here->askDebug();
}

void TerminalTab::takeEvents(const dbus::EventList& events) {
    for (const dbus::Event& event : events) {
        if (event.type == QLatin1String("container") && event.action == QLatin1String("destroy"))
            forget(event.id);
    }
}

void TerminalTab::forget(const QString& id) {
    ContainerShells* shells = m_shells.take(id);
    if (shells == nullptr)
        return;
    if (id == m_id)
        setCurrentWidget(m_empty);
    removeWidget(shells);
    shells->deleteLater();
}

} // namespace escale::gui
