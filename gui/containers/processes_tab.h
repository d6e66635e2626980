// What runs in the selected container, read every two seconds while somebody looks; a signal can be sent to
// its first process.
#pragma once

#include "helper/dbus/types.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QAction;

namespace escale::gui {

class Confirmation;
class EngineClient;
class ErrorBanner;
class ProcessesModel;
class TableStack;

class ProcessesTab : public QWidget {
    Q_OBJECT
public:
    explicit ProcessesTab(EngineClient& client, QWidget* parent = nullptr);
    void setContainer(const dbus::Container* container);
    [[nodiscard]] ProcessesModel& model() { return *m_model; }
    /// A reading at a time in nanoseconds of a monotonic clock.
    void take(const dbus::ProcessList& processes, qint64 nanoseconds);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildTable();
    void buildActions();
    void poll();
    void showState();
    void send(const QString& signal);
    [[nodiscard]] const dbus::ContainerProcess* current() const;
    void updateActions();

    EngineClient& m_client;
    ProcessesModel* m_model;
    TableStack* m_stack;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    QAction *m_copyPid, *m_copyHostPid, *m_copyCommand, *m_signal;
    QString m_id, m_name;
    bool m_running = false, m_paused = false;
    quint32 m_firstPid = 0; // on this machine
    bool m_polling = false;
    bool m_failed = false;
    QTimer m_timer;
    QElapsedTimer m_clock;
};

} // namespace escale::gui
