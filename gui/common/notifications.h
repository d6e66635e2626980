// Notices of the desktop (org.freedesktop.Notifications on the session's bus). Nothing waits for them, and
// where no desktop shows any, nothing is said.
#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QObject>

#include <optional>

class QDBusPendingCallWatcher;

namespace escale::gui {

class Notifications : public QObject {
    Q_OBJECT
public:
    /// The session's own bus, reached with the first notice.
    explicit Notifications(QObject* parent = nullptr);
    /// A given bus, for tests.
    Notifications(const QDBusConnection& bus, QObject* parent);

    /// `key` names what it is about: a newer notice of the same key replaces the older one, and activated
    /// tells it.
    void show(const QString& key, const QString& title, const QString& text);

Q_SIGNALS:
    /// The person clicked the notice.
    void activated(const QString& key);

private Q_SLOTS:
    void takeAction(uint id, const QString& action);
    void takeClosed(uint id, uint reason);

private:
    bool reach();

    std::optional<QDBusConnection> m_bus;
    bool m_listening = false;
    QHash<uint, QString> m_keys;  // of the notices on the screen
    QHash<QString, uint> m_shown; // and back
};

} // namespace escale::gui
