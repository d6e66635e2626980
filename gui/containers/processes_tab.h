// What runs in the selected container, read every two seconds while somebody looks; a signal can be sent to
// its first process.
#pragma once

#include "gui/containers/container_tab.h"

#include <QElapsedTimer>

class QAction;

namespace escale::gui {

class Confirmation;
class ProcessesModel;
class Table;

class ProcessesTab : public ContainerTab {
    Q_OBJECT
public:
    explicit ProcessesTab(EngineClient& client, QWidget* parent = nullptr);
    void setContainer(const dbus::Container* container);
    [[nodiscard]] ProcessesModel& model() { return *m_model; }
    /// A reading at a time in nanoseconds of a monotonic clock.
    void take(const dbus::ProcessList& processes, qint64 nanoseconds);

private:
    void buildTable();
    void buildActions();
    void read() override;
    void showState();
    void send(const QString& signal);
    [[nodiscard]] const dbus::ContainerProcess* current() const;
    void updateActions();

    ProcessesModel* m_model;
    Table* m_table;
    Confirmation* m_confirmation;
    QAction *m_copyPid, *m_copyHostPid, *m_copyCommand, *m_signal;
    QString m_name;
    bool m_running = false, m_paused = false;
    quint32 m_firstPid = 0; // on this machine
    QElapsedTimer m_clock;
};

} // namespace escale::gui
