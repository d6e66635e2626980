// Which stack a container belongs to: the project that compose (Docker's or Podman's) has made it for, by its
// labels.
#pragma once

#include "helper/dbus/types.h"

namespace escale::gui {

/// The stack's name; empty for a container of its own.
QString stackOf(const dbus::Container& container);

} // namespace escale::gui
