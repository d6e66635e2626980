// std::thread throws when the machine has no room for one more; here that is an error like any other.
#pragma once

#include "engine/base/result.h"

#include <functional>
#include <thread>

namespace escale {

/// The caller joins or detaches it. SystemFailure when the kernel refuses another thread (pids limit,
/// memory).
Result<std::thread> startThread(std::function<void()> work);

} // namespace escale
