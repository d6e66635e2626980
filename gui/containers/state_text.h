// A container's state and exit status in words: "running", "killed by SIGKILL (137)", "ran out of memory".
#pragma once

#include "gui/common/table.h"
#include "helper/dbus/types.h"

namespace escale::gui {

QString stateText(const dbus::Container& container);
Tone stateTone(const dbus::Container& container);
inline bool isRunning(const dbus::Container& container) {
    return container.state == QLatin1String("running");
}

} // namespace escale::gui
