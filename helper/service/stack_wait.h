// Waiting until containers are as somebody needs them: told by the engine, never asked for in a loop.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/container/containers.h"

#include <chrono>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

enum class Wanted : std::uint8_t {
    Started,
    Healthy,
    Completed, // ended with 0
    Ready,     // runs; or is healthy, when it has a check
};

using Deadline = std::optional<std::chrono::steady_clock::time_point>;

/// Until each of them is so. WrongState: one that can no longer be; it says why. Timeout, Cancelled.
Result<void> waitUntil(Containers& containers, uid_t owner, const std::vector<std::string>& ids,
                       Wanted wanted, const Deadline& deadline, const Cancellation& cancellation);

} // namespace escale
