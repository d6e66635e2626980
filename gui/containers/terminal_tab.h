// Terminals in the selected container. The shells of the others go on meanwhile; they are closed when their
// container is removed.
#pragma once

#include "helper/dbus/types.h"

#include <QHash>
#include <QStackedWidget>

namespace escale::gui {

class ContainerShells;
class EmptyState;
class EngineClient;

class TerminalTab : public QStackedWidget {
    Q_OBJECT
public:
    explicit TerminalTab(EngineClient& client, QWidget* parent = nullptr);
    /// Shows that container's shells, or none; also called when something about it has changed.
    void setContainer(const dbus::Container* container);
    /// The shells of the container in sight; null when it has none and does not run.
    [[nodiscard]] ContainerShells* shells() const { return m_shells.value(m_id); }

    /// Asks for a debug terminal beside the container in sight.
    void askDebug();

private:
    void takeEvents(const dbus::EventList& events);
    void forget(const QString& id);

    EngineClient& m_client;
    EmptyState* m_empty;
    QString m_id;
    QHash<QString, ContainerShells*> m_shells;
};

} // namespace escale::gui
