// Who is behind a connection: the uid of every unique name that called, asked from the message bus, and how
// strict it wants us to be; forgotten when the connection goes.
#pragma once

#include "engine/base/result.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <functional>
#include <sys/types.h>
#include <vector>

namespace escale {

/// Lives on the D-Bus thread.
class Callers : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(Result<uid_t>)>;

    explicit Callers(QDBusConnection bus, QObject* parent = nullptr);
    /// `done` is called at once when the name is known, later otherwise; NotFound when the connection has
    /// gone.
    void resolve(const QString& sender, Done done);
    /// The unique names of a user that have called and are still there.
    [[nodiscard]] QStringList connectionsOf(uid_t owner) const;
    /// What an administrator allows this connection is allowed once (AskEachTime), until it goes.
    void askEachTime(const QString& sender);
    [[nodiscard]] bool isAskedEachTime(const QString& sender) const {
        return m_askedEachTime.contains(sender);
    }

private:
    void answer(const QString& sender, const Result<uid_t>& owner);
    void forget(const QString& sender);

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    QHash<QString, uid_t> m_owners;
    QSet<QString> m_askedEachTime;
    QHash<QString, std::vector<Done>> m_waiting;
};

} // namespace escale
