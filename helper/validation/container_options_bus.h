// ContainerOptions on the bus: the a{sv} of Create, Run, Update and Inspect. The names and types are those of
// engine/container/container_options_fields.h and of the gate's table; a test compares both.
#pragma once

#include "engine/base/result.h"
#include "engine/container/container.h"

#include <QVariantMap>

namespace escale {

/// Writes what `map` has (known keys of the right types: the gate has seen to it) into `options`.
/// InvalidArgument when a list or a text is longer than root cares to look at.
Result<void> applyOptions(const QVariantMap& map, ContainerOptions& options);

/// Those that differ from a ContainerOptions of its own.
QVariantMap optionsToBus(const ContainerOptions& options);

} // namespace escale
