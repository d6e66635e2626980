// A container's state in words: "running", "paused", "killed by SIGKILL (137)", "restarts again and again:
// failed (1)".
#pragma once

#include "gui/common/table.h"
#include "gui/containers/exit_status.h"
#include "helper/dbus/types.h"

namespace escale::gui {

QString stateText(const dbus::Container& container);
Tone stateTone(const dbus::Container& container);
/// "healthy", "unhealthy", "being checked"; empty for a container without a health check, or that does not
/// run.
QString healthText(const dbus::Container& container);
/// Several lines for a tool tip: why it is in this state and what to do; empty when there is nothing to say.
QString stateExplanation(const dbus::Container& container);

inline ExitStatus exitStatus(const dbus::Container& container) {
    return {container.exitCode, container.oomKilled};
}
inline bool isRunning(const dbus::Container& container) {
    return container.state == QLatin1String("running");
}
inline bool isPaused(const dbus::Container& container) {
    return container.state == QLatin1String("paused");
}
/// Between two tries of its restart policy.
inline bool isRestarting(const dbus::Container& container) {
    return container.state == QLatin1String("restarting");
}
/// It has processes, or will have some again by itself: what stop ends.
inline bool isAlive(const dbus::Container& container) {
    return isRunning(container) || isPaused(container) || isRestarting(container);
}

} // namespace escale::gui
