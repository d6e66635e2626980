// The options of Create, Run and Update that a caller has sent, within bounds.
#pragma once

#include "engine/base/result.h"
#include "engine/container/container.h"

#include <QVariantMap>

namespace escale {

/// Writes what `map` has (known keys of the right types: the gate has seen to it) into `options`.
/// InvalidArgument when a list or a text is longer than root cares to look at.
Result<void> applyOptions(const QVariantMap& map, ContainerOptions& options);

} // namespace escale
