// Asks polkit, without waiting: may the sender of this message do that?
#pragma once

#include "engine/base/result.h"
#include "helper/authorization/gate.h"

#include <QDBusConnection>
#include <QMap>
#include <QObject>

#include <functional>

namespace escale {

/// polkit's answer as one of four outcomes: allowed; PermissionDenied; Cancelled (the person closed the
/// dialog); AuthorizationNeeded (an administrator could allow it).
Result<void> polkitVerdict(bool authorized, bool challenge, const QMap<QString, QString>& details,
                           Action action);

/// Lives on the D-Bus thread.
class Polkit : public QObject {
    Q_OBJECT
public:
    explicit Polkit(QDBusConnection bus, QObject* parent = nullptr);
    /// `sender` is a unique name: polkit itself asks the bus whose it is, so no process id can be taken over
    /// in between. `done` is called later on this thread; denied (PermissionDenied) when polkit does not
    /// answer.
    void check(const QString& sender, Action action, bool interactive,
               std::function<void(Result<void>)> done);

private:
    QDBusConnection m_bus;
};

} // namespace escale
