// Times as the Docker Engine API writes and reads them.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>

namespace escale::docker_api {

/// RFC 3339 of Unix milliseconds; Go's zero time for 0, which stands for "not yet".
std::string timeText(std::int64_t milliseconds);

/// "until", "since": RFC 3339 and its shorter forms ("2026-01-02", "2026-01-02T15:04:05", taken for UTC), seconds since 1970
/// ("1700000000.5"), or a duration before now ("1h30m"). Nanoseconds since 1970. InvalidArgument.
Result<std::int64_t> readTime(const std::string& text);

} // namespace escale::docker_api
