// Named moments between two steps of a change, at which the tests end the process to see what a crash would
// leave.
#pragma once

#include <functional>

namespace escale {

/// Empty but in tests.
inline std::function<void(const char* moment)> onCrashPoint;

inline void crashPoint(const char* moment) {
    if (onCrashPoint)
        onCrashPoint(moment);
}

} // namespace escale
