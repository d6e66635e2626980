// Mounting other file systems for volumes: the helper's side. Each mount, look and unmount is a process of
// its own, because a server that is dead lets whoever asks it wait; it is killed when the time is up.
#pragma once

#include "engine/volume/volumes.h"

#include <chrono>
#include <string>

namespace escale {

/// For VolumesSettings::mounter: runs escale-worker. Unreachable when it takes longer than `patience`.
Mounter mountBy(std::string workerProgram, std::chrono::milliseconds patience = std::chrono::seconds(12));

} // namespace escale
