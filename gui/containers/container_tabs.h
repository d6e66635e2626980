// What is known of the selected container, a tab each.
#pragma once

#include <QTabWidget>

#include <optional>

namespace escale::dbus {
struct Container;
}

namespace escale::gui {

class ChangesTab;
class ContainerUndo;
class EngineClient;
class Facts;
class FilesTab;
class HealthTab;
class InspectTab;
class LogTab;
class ProcessesTab;
class StatsTab;
class TerminalTab;

class ContainerTabs : public QTabWidget {
    Q_OBJECT
public:
    ContainerTabs(EngineClient& client, ContainerUndo& undo, QWidget* parent = nullptr);
    /// Shows that container, or nothing; also called when something about it has changed.
    void setContainer(const dbus::Container* container);

    /// Shows the terminals and asks for a debug terminal.
    void askDebug();

private:
    void setFacts(const dbus::Container* container);

    LogTab* m_log;
    StatsTab* m_stats;
    TerminalTab* m_terminal;
    FilesTab* m_files;
    ProcessesTab* m_processes;
    HealthTab* m_health;
    ChangesTab* m_changes;
    InspectTab* m_inspect;
    Facts* m_details;
};

} // namespace escale::gui
