#include "helper/authorization/callers.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace escale {

Callers::Callers(QDBusConnection bus, QObject* parent)
    : QObject(parent)
    , m_bus(std::move(bus)) {
    m_watcher.setConnection(m_bus);
    m_watcher.setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, &Callers::forget);
}

void Callers::resolve(const QString& sender, Done done) {
    if (const auto known = m_owners.constFind(sender); known != m_owners.constEnd()) {
        done(*known);
        return;
    }
    auto& waiting = m_waiting[sender];
    waiting.push_back(std::move(done));
    if (waiting.size() > 1)
        return;
    // Watched before it is asked for: a connection that goes in between is either unknown to the bus or
    // reported.
    m_watcher.addWatchedService(sender);
    auto call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetConnectionUnixUser"));
    call << sender;
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, sender] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError())
            answer(sender,
                   fail(ErrorCode::NotFound, "the message bus does not know who " + sender.toStdString() +
                                                 " is: " + reply.error().message().toStdString()));
        else
            answer(sender, static_cast<uid_t>(reply.value()));
    });
}

QStringList Callers::connectionsOf(uid_t owner) const {
    return m_owners.keys(owner);
}

void Callers::askEachTime(const QString& sender) {
    if (m_owners.contains(sender)) // it is still there
        m_askedEachTime.insert(sender);
}

void Callers::answer(const QString& sender, const Result<uid_t>& owner) {
    const auto waiting = m_waiting.take(sender);
    if (waiting.empty())
        return; // forgotten meanwhile
    if (owner)
        m_owners.insert(sender, *owner);
    else
        m_watcher.removeWatchedService(sender);
    for (const auto& done : waiting)
        done(owner);
}

void Callers::forget(const QString& sender) {
    m_watcher.removeWatchedService(sender);
    m_owners.remove(sender);
    m_askedEachTime.remove(sender);
    for (const auto& done : m_waiting.take(sender))
        done(fail(ErrorCode::NotFound, "the caller has gone"));
}

} // namespace escale
