// Times as registries and images write them.
#pragma once

#include <cstdint>
#include <string>

namespace escale {

/// RFC 3339 with an optional fraction and zone, as Go writes it, in Unix milliseconds; 0 when it is something
/// else (nothing depends on it) and for year 1, which stands for "unknown".
std::int64_t parseTimestamp(const std::string& time);

} // namespace escale
