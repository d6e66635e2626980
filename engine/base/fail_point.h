// Named steps of a change, at which the tests let it fail (or end the process) to see what stays behind.
#pragma once

#include "engine/base/result.h"

#include <functional>

namespace escale {

/// Empty but in tests.
inline std::function<Result<void>(const char* step)> onFailPoint;

inline Result<void> failPoint(const char* step) {
    return onFailPoint ? onFailPoint(step) : Result<void>();
}

} // namespace escale
