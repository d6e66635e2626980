// ContainerOptions on the bus: the a{sv} of Create, Run, Update and Inspect, for both ends of it. The names
// and types are those of engine/container/container_options_fields.h and of the gate's table; a test compares
// both.
#pragma once

#include "engine/container/container.h"

#include <QVariantMap>

namespace escale {

/// Those that differ from a ContainerOptions of its own.
QVariantMap optionsToBus(const ContainerOptions& options);

/// Writes what `map` has of them into `options`; a value of another type is the type's empty one. No bounds:
/// root looks at those first (helper/validation/container_options.h).
void optionsFromBus(const QVariantMap& map, ContainerOptions& options);

} // namespace escale
