// A process as the Learn pane has it: what the engine tells of it, or what this window reads of itself.
#pragma once

#include "engine/inspect/process_facts.h"
#include "helper/dbus/types.h"

#include <optional>

namespace escale::gui {

/// What the rules of engine/inspect/sight.h reckon with.
ProcessFacts processFacts(const dbus::InspectedProcess& process);
/// This process, with the role "window" and no container. NotFound never; without /proc what it says.
Result<dbus::InspectedProcess> thisWindow();

/// Its number where it counts itself: the last one.
quint32 innerPid(const dbus::InspectedProcess& process);
quint64 namespaceOf(const dbus::InspectedProcess& process, NamespaceType type);
bool isZombie(const dbus::InspectedProcess& process);

/// "nginx of web", "monitor of web", "the engine", "this window". `container`: its name.
QString processTitle(const dbus::InspectedProcess& process, const QString& container);
/// What it was started with; its name when it says nothing.
QString processCommand(const dbus::InspectedProcess& process);

} // namespace escale::gui
