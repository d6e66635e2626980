// Asks polkit, without waiting: may the sender of this message do that?
#pragma once

#include "engine/base/result.h"
#include "helper/authorization/gate.h"

#include <QDBusConnection>
#include <QHash>
#include <QMap>
#include <QObject>

#include <deque>
#include <functional>
#include <sys/types.h>

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
    /// At most kChecksOfAUser of one user are under way; further ones wait their turn: the bus lets us have
    /// 128 unanswered calls, and one user must not take them all. `owner` is who `sender` is.
    ///
    /// `sender` is a unique name: polkit itself asks the bus whose it is, so no process id can be taken over
    /// in between. `done` is called later on this thread; denied (PermissionDenied) when polkit does not
    /// answer.
    void check(const QString& sender, uid_t owner, Action action, bool interactive,
               std::function<void(Result<void>)> done);

private:
    static constexpr int kChecksOfAUser = 16;
    struct Turns {
        int underWay = 0;
        std::deque<std::function<void()>> waiting;
    };
    void ask(const QString& sender, Action action, bool interactive, std::function<void(Result<void>)> done);
    void endTurn(uid_t owner);

    QHash<uid_t, Turns> m_turns;
    QDBusConnection m_bus;
};

} // namespace escale
