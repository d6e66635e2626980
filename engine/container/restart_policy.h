// Docker's restart policies: whether a container that has ended starts again, and after how long. Pure.
#pragma once

#include "engine/container/container.h"

#include <chrono>
#include <optional>

namespace escale {

/// `asked`: somebody stopped or killed it; then it stays ended. `previousDelay` is what the restart before
/// waited, 0 for the first one. Nothing when it does not start again; else the pause: 100 ms, doubled with
/// each restart up to a minute, and from the beginning once it ran for ten seconds.
std::optional<std::chrono::milliseconds> restartDelay(const Container& ended, bool asked,
                                                      std::chrono::milliseconds previousDelay);

/// Whether one that does not run starts with the machine: "always", and "unless-stopped" when nobody stopped
/// it. One that ran when the machine went down has ended by itself: restartDelay() knows it.
bool startsWithMachine(const Container& container);

} // namespace escale
