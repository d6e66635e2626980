#include "gui/common/notifications.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFile>

namespace escale::gui {

static const QString kService = QStringLiteral("org.freedesktop.Notifications");
static const QString kPath = QStringLiteral("/org/freedesktop/Notifications");

Notifications::Notifications(QObject* parent)
    : QObject(parent) {}

Notifications::Notifications(const QDBusConnection& bus, QObject* parent)
    : QObject(parent)
    , m_bus(bus) {}

// Without a session nothing may be started on its behalf: libdbus would launch a bus of its own.
static bool hasSession() {
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
           QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

bool Notifications::reach() {
    if (!m_bus) {
        if (!hasSession())
            return false;
        m_bus = QDBusConnection::sessionBus();
    }
    if (!m_bus->isConnected())
        return false;
    if (!m_listening) {
        m_listening = true;
        m_bus->connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this,
                       SLOT(takeAction(uint, QString)));
        m_bus->connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this,
                       SLOT(takeClosed(uint, uint)));
    }
    return true;
}

void Notifications::show(const QString& key, const QString& title, const QString& text) {
    if (!reach())
        return;
    QDBusMessage message =
        QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("Notify"));
    const QStringList actions{QStringLiteral("default"), tr("Show")};
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("org.escale.Escale")}};
    // The text may hold markup, so what looks like some is escaped.
    message.setArguments({QStringLiteral("Escale"), m_shown.value(key, 0U),
                          QStringLiteral("org.escale.Escale"), title, text.toHtmlEscaped(), actions, hints,
                          -1});
    auto* watcher = new QDBusPendingCallWatcher(m_bus->asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, key](QDBusPendingCallWatcher* done) {
        done->deleteLater();
        const QDBusPendingReply<uint> reply(*done);
        if (reply.isError())
            return; // no desktop that shows notices
        m_keys.insert(reply.value(), key);
        m_shown.insert(key, reply.value());
    });
}

void Notifications::takeAction(uint id, const QString& action) {
    const auto key = m_keys.constFind(id); // others' notices are told to everybody
    if (key != m_keys.constEnd() && action == QLatin1String("default"))
        Q_EMIT activated(*key);
}

void Notifications::takeClosed(uint id, uint) {
    m_shown.remove(m_keys.take(id));
}

} // namespace escale::gui
