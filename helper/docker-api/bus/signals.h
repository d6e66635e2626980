// The engine's signals, received on the main thread and handed to the threads that wait for them.
#pragma once

#include "helper/dbus/types.h"
#include "helper/docker-api/bus/event_subscription.h"
#include "helper/docker-api/bus/wakeup.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QHash>
#include <QObject>

#include <list>
#include <memory>
#include <mutex>

namespace escale::docker_api {

/// One job as the thread that waits for it sees it.
class JobWatch {
public:
    static Result<std::shared_ptr<JobWatch>> create();
    /// Readable (poll(2)) when there is news.
    [[nodiscard]] int fd() const { return m_wakeup.fd(); }
    /// The newest status since the last time. Unreachable when the engine went away.
    Result<std::optional<dbus::JobStatus>> take();
    void add(const dbus::JobStatus& status);
    void loseEngine();

private:
    explicit JobWatch(Wakeup wakeup)
        : m_wakeup(std::move(wakeup)) {}
    std::mutex m_mutex;
    std::optional<dbus::JobStatus> m_status;
    bool m_hasLostEngine = false;
    Wakeup m_wakeup;
};

class Signals : public QObject {
    Q_OBJECT
public:
    bool connectTo(QDBusConnection& connection);

    // Of any thread.
    void subscribe(const std::shared_ptr<EventSubscription>& subscription);
    /// What is told of that job from now on.
    void watch(const QString& path, const std::shared_ptr<JobWatch>& watch);

Q_SIGNALS:
    /// Before the threads that wait are told.
    void engineWentAway(const QString& uniqueName);

private Q_SLOTS:
    void takeEvents(const escale::dbus::EventList& events);
    void takeProgress(const escale::dbus::JobStatus& status, const QDBusMessage& message);
    void takeOwner(const QString& name, const QString& before, const QString& now);

private:
    std::mutex m_mutex;
    std::list<std::weak_ptr<EventSubscription>> m_subscriptions;
    QHash<QString, std::weak_ptr<JobWatch>> m_jobs; // by path
};

} // namespace escale::docker_api
