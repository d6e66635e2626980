// The engine's volumes in the structures of the D-Bus interface.
#pragma once

#include "engine/container/container.h"
#include "engine/volume/volumes.h"
#include "helper/dbus/types.h"

namespace escale {

/// Without its users.
dbus::Volume toBus(const VolumeRecord& record, const Volumes::MountState& state);
dbus::VolumeUser toBus(const VolumeUse& use, const Container& container);
dbus::VolumeProblems toBus(const std::vector<VolumeProblemFound>& problems);
/// The result of TestConnection.
QString toText(const Volumes::Connection& connection);

} // namespace escale
