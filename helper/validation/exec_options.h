// The options of Exec, of a container or of a stack's service.
#pragma once

#include "engine/container/containers.h"

#include <QStringList>
#include <QVariantMap>

namespace escale {

/// The gate has seen to names and types. InvalidArgument.
Result<ExecOptions> execOptions(const QStringList& command, const QVariantMap& options, bool detached);

} // namespace escale
