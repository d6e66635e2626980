// `events`: what a container uses, and that it ran out of memory, as JSON in runc's form (types/events.go of
// runc; runtime.md has no word of it).
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <chrono>
#include <functional>
#include <string>

namespace escale {

/// {"type": "stats", "id": …, "data": {"cpu", "memory", "pids", "blkio"}}; times in nanoseconds, sizes in
/// bytes. WrongState when the container has ended.
Result<Json> containerStatistics(const std::string& root, const std::string& id);
/// Tells statistics each `interval`, and {"type": "oom"} when the kernel has killed for want of memory, until
/// the container ends or `tell` fails.
Result<void> watchContainer(const std::string& root, const std::string& id,
                            std::chrono::milliseconds interval,
                            const std::function<Result<void>(const Json&)>& tell);

} // namespace escale
