#include "helper/docker-api/bus/signals.h"

#include <utility>

namespace escale::docker_api {
namespace {

const QString kPrefix = QStringLiteral("org.escale.Engine1");

} // namespace

Result<std::shared_ptr<JobWatch>> JobWatch::create() {
    TRY_ASSIGN(Wakeup wakeup, Wakeup::create("a job"));
    return std::shared_ptr<JobWatch>(new JobWatch(std::move(wakeup)));
}

Result<std::optional<dbus::JobStatus>> JobWatch::take() {
    const std::lock_guard lock(m_mutex);
    m_wakeup.clear();
    if (!m_status && m_hasLostEngine)
        return fail(ErrorCode::Unreachable, "the engine has gone away while it worked");
    return std::exchange(m_status, std::nullopt);
}

void JobWatch::add(const dbus::JobStatus& status) {
    const std::lock_guard lock(m_mutex);
    m_status = status;
    m_wakeup.wake();
}

void JobWatch::loseEngine() {
    const std::lock_guard lock(m_mutex);
    m_hasLostEngine = true;
    m_wakeup.wake();
}

bool Signals::connectTo(QDBusConnection& connection) {
    const QString service = QLatin1String(dbus::kService);
    const QString object = QLatin1String(dbus::kObject);
    return connection.connect(service, object, kPrefix, QStringLiteral("Happened"), this,
                              SLOT(takeEvents(escale::dbus::EventList))) &&
           connection.connect(service, QString(), kPrefix + QStringLiteral(".Job"),
                              QStringLiteral("Progress"), this,
                              SLOT(takeProgress(escale::dbus::JobStatus, QDBusMessage))) &&
           connection.connect(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
                              QStringLiteral("org.freedesktop.DBus"), QStringLiteral("NameOwnerChanged"),
                              {service}, QString(), this, SLOT(takeOwner(QString, QString, QString)));
}

void Signals::subscribe(const std::shared_ptr<EventSubscription>& subscription) {
    const std::lock_guard lock(m_mutex);
    m_subscriptions.remove_if([](const auto& other) { return other.expired(); });
    m_subscriptions.push_back(subscription);
}

void Signals::watch(const QString& path, const std::shared_ptr<JobWatch>& watch) {
    const std::lock_guard lock(m_mutex);
    m_jobs.removeIf([](const auto& entry) { return entry.value().expired(); });
    m_jobs.insert(path, watch);
}

void Signals::takeEvents(const dbus::EventList& events) {
    const std::lock_guard lock(m_mutex);
    for (const auto& subscription : m_subscriptions) {
        if (const auto alive = subscription.lock())
            alive->add(events);
    }
}

void Signals::takeProgress(const dbus::JobStatus& status, const QDBusMessage& message) {
    const std::lock_guard lock(m_mutex);
    if (const auto alive = m_jobs.value(message.path()).lock())
        alive->add(status);
}

void Signals::takeOwner(const QString& /*name*/, const QString& before, const QString& /*now*/) {
    if (before.isEmpty())
        return; // it has come
    Q_EMIT engineWentAway(before);
    const std::lock_guard lock(m_mutex);
    for (const auto& subscription : m_subscriptions) {
        if (const auto alive = subscription.lock())
            alive->loseEngine();
    }
    for (const auto& job : std::as_const(m_jobs)) {
        if (const auto alive = job.lock())
            alive->loseEngine();
    }
}

} // namespace escale::docker_api
