// Durations as Go writes them, which Dockerfiles and images' documents are written with: "1h2m3.5s", "300ms".
// Pure.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace escale {

/// time.ParseDuration of Go, in nanoseconds. InvalidArgument: no such text, a negative one, over 292 years.
Result<std::int64_t> parseGoDuration(std::string_view text);
/// time.Duration's String(): "0s", "1m30s", "300ms", "1.5µs".
std::string goDurationText(std::int64_t nanoseconds);

} // namespace escale
