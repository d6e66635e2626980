// A debug terminal: a container with tools of its own that joins another one's namespaces, so that a
// container without a shell can be looked into and stays as it is. It is removed when its terminal closes.
#pragma once

#include "gui/client/run_request.h"
#include "helper/dbus/types.h"

namespace escale::gui {

struct ContainerDetails;

/// The container that this one debugs (its id); empty for all others.
QString debugTargetOf(const dbus::Container& container);
/// An event of such a container.
bool isDebugEvent(const dbus::Event& event);
/// What to run beside the target, with that image's shell. Joins what the target has for itself (processes,
/// network, IPC when it is shareable); where the target uses this machine's namespaces or ids the debug
/// container does, too, which needs the same right.
RunRequest debugRequest(const ContainerDetails& target, const QString& image);
/// Its first lines: where the target's files are.
QString debugHint(const QString& target, const QString& image);
/// The tool image to propose: the last one used, else a familiar one of those that are here, else busybox.
QString proposedToolImage(const QString& last, const dbus::ImageList& images);
/// Whether that reference is one of the images; what is no reference is not.
bool isHere(const QString& reference, const dbus::ImageList& images);

} // namespace escale::gui
