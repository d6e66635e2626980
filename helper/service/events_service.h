// org.escale.Engine1: ListEvents, and the signal Happened.
#pragma once

#include "engine/container/event_log.h"
#include "helper/dbus/types.h"
#include "helper/service/dispatcher.h"

#include <QHash>
#include <QTimer>

class QThreadPool;

namespace escale {

class EventsService : public QObject {
    Q_OBJECT
public:
    /// All outlive this object.
    EventsService(QDBusConnection bus, Dispatcher& dispatcher, Callers& callers, EventLog& events,
                  QThreadPool& pool, QObject* parent = nullptr);
    ~EventsService() override;

Q_SIGNALS:
    void happened(uid_t owner, const escale::dbus::Event& event);

private:
    void list(const CallPointer& call);
    void take(uid_t owner, const dbus::Event& event);
    void tell();

    QDBusConnection m_bus;
    Callers& m_callers;
    EventLog& m_events;
    QThreadPool& m_pool;
    QTimer m_timer; // those of a moment go in one signal
    QHash<uid_t, dbus::EventList> m_noted;
};

} // namespace escale
