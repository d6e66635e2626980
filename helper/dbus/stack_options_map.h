// What a stack asks for on the bus: a{sv} in the words of Containers.Run, Networks.Create and Volumes.Create,
// for both ends of it. No bounds here: root checks what it gets as those methods do.
#pragma once

#include "engine/stack/stack.h"

#include <QVariantMap>

namespace escale {

/// optionsToBus() and "command" as.
QVariantMap serviceToBus(const ContainerOptions& options);
void serviceFromBus(const QVariantMap& map, ContainerOptions& options);

/// All but key, name and external.
QVariantMap networkToBus(const StackNetwork& network);
void networkFromBus(const QVariantMap& map, StackNetwork& network);
QVariantMap volumeToBus(const StackVolume& volume);
void volumeFromBus(const QVariantMap& map, StackVolume& volume);

} // namespace escale
