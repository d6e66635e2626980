// Asks polkit, without waiting: may the sender of this message do that?
#pragma once

#include "engine/base/result.h"
#include "helper/authorization/gate.h"

#include <QDBusConnection>
#include <QDeadlineTimer>
#include <QHash>
#include <QMap>
#include <QObject>

#include <deque>
#include <functional>
#include <map>
#include <sys/types.h>
#include <utility>

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
    /// A plain "allowed" to observe or manage is kept for kKeptMilliseconds, and forgotten at once when
    /// polkit says that sessions or rules have changed, or is started anew: asking costs more than most of
    /// what is asked for. Kept are answers that needed nobody's password, and none to act as an
    /// administrator.
    ///
    /// `sender` is a unique name: polkit itself asks the bus whose it is, so no process id can be taken over
    /// in between. `done` is called later on this thread; denied (PermissionDenied) when polkit does not
    /// answer.
    void check(const QString& sender, uid_t owner, Action action, bool interactive,
               std::function<void(Result<void>)> done);

private Q_SLOTS:
    void forgetKept();

private:
    static constexpr int kChecksOfAUser = 16;
    static constexpr qint64 kKeptMilliseconds = 5000;
    using Question = std::pair<QString, Action>; // who, what
    struct Turns {
        int underWay = 0;
        std::deque<std::function<void()>> waiting;
    };
    /// Without a person first, where the answer may be kept.
    void decide(const Question& question, bool interactive, std::function<void(Result<void>)> done);
    void ask(const Question& question, bool interactive, std::function<void(Result<void>)> done);
    [[nodiscard]] bool isKept(const Question& question) const;
    void keep(const Question& question);
    void endTurn(uid_t owner);

    QHash<uid_t, Turns> m_turns;
    std::map<Question, QDeadlineTimer> m_kept;
    QDBusConnection m_bus;
};

} // namespace escale
