// A one-off container of a stack's service (`docker compose run`): the service's options with what the caller
// wants other.
#pragma once

#include "engine/base/result.h"
#include "engine/container/container.h"

#include <QStringList>
#include <QVariantMap>

namespace escale {

/// What Stacks.Run asks for, within bounds. InvalidArgument: also a mount of type bind, for which no source
/// could come.
Result<ContainerOptions> askedOfOneOff(const QStringList& command, const QVariantMap& options);

/// Names, ports and addresses that are the service's alone are left out: another container has them. Pure.
Result<ContainerOptions> oneOffOptions(const ContainerOptions& service, const ContainerOptions& asked,
                                       bool withServicePorts);

} // namespace escale
