#pragma once

#include <chrono>
#include <cstdint>

namespace escale {

/// Unix time in milliseconds, now.
inline std::int64_t nowMilliseconds() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace escale
