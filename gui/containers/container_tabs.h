// What is known of the selected container, a tab each.
#pragma once

#include <QTabWidget>

#include <optional>

namespace escale::dbus {
struct Container;
}

namespace escale::gui {

class EngineClient;
class Facts;
class HealthTab;
class LogTab;
class ProcessesTab;
class TerminalTab;
class UsageTab;
struct UsageSample;

class ContainerTabs : public QTabWidget {
    Q_OBJECT
public:
    explicit ContainerTabs(EngineClient& client, QWidget* parent = nullptr);
    /// Shows that container, or nothing; also called when something about it has changed.
    void setContainer(const dbus::Container* container);
    /// A sample of the selected container, at a time in seconds.
    void addUsage(double time, const UsageSample& sample);

private:
    void setFacts(const dbus::Container* container);

    LogTab* m_log;
    UsageTab* m_usage;
    TerminalTab* m_terminal;
    ProcessesTab* m_processes;
    HealthTab* m_health;
    Facts* m_details;
};

} // namespace escale::gui
