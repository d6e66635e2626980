// A container's life out of its events: through which states it went, its runs, and what happened at the end
// of each. Pure. Events may be missing: old ones are no longer kept, and older engines told less.
#pragma once

#include "helper/dbus/types.h"

#include <QList>

#include <optional>

namespace escale::gui {

enum class LifeState { None, Created, Running, Paused, Restarting, Exited, Removed };

/// "create", "start", "die", "pause", "unpause", "destroy", "stop" (of one that waits for its next try).
struct LifeTransition {
    LifeState from = LifeState::None, to = LifeState::None;
    QString action;
    int count = 0;   // 0: it could happen, and has not
    qint64 last = 0; // Unix milliseconds
};

struct LifeSignal {
    qint64 time = 0;
    int number = 0;              // 0: it was not told
    std::optional<qint64> grace; // seconds until SIGKILL, of a stop
};

/// From a start to its end.
struct LifeRun {
    qint64 started = 0;
    qint64 ended = 0; // 0: it still runs
    std::optional<int> exitCode;
    bool oomKilled = false;  // a process of it, not always the first one
    bool isByPolicy = false; // the restart policy has started it
    bool wasStopped = false; // somebody has asked for its end
    QList<LifeSignal> sent;  // in their order
    dbus::EventList events;  // all of it, its start first

    /// That is what has ended its first process.
    [[nodiscard]] bool endedByOom() const;
    /// What asked it to end: of a stop, else the last signal before its end; null: nobody has.
    [[nodiscard]] const LifeSignal* request() const;
    /// The SIGKILL after that, when the request was not obeyed; null: there was none.
    [[nodiscard]] const LifeSignal* force() const;
};

struct LifeStory {
    LifeState now = LifeState::None;
    QList<LifeTransition> transitions; // that happened, then those that could
    QList<LifeRun> runs;               // oldest first
    bool isCut = false;                // its beginning is no longer known
};

/// `policy`: of restarting, as Containers.Run takes it; "no" or empty: none. Events of others are left out.
LifeStory lifeStoryOf(const dbus::Container& container, const dbus::EventList& events, const QString& policy);

LifeState lifeStateOf(const QString& state);

} // namespace escale::gui
