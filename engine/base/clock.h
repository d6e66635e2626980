#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>

namespace escale {

/// Unix time in milliseconds, now.
inline std::int64_t nowMilliseconds() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

/// The same as files have it.
inline timespec nowTimespec() {
    timespec time{};
    ::clock_gettime(CLOCK_REALTIME, &time);
    return time;
}

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

/// Of nanoseconds since 1970, which may be before it.
inline timespec timespecOf(std::int64_t nanoseconds) {
    timespec time{};
    time.tv_sec = nanoseconds / kNanosecondsPerSecond - (nanoseconds % kNanosecondsPerSecond < 0 ? 1 : 0);
    time.tv_nsec = (nanoseconds % kNanosecondsPerSecond + kNanosecondsPerSecond) % kNanosecondsPerSecond;
    return time;
}

inline std::int64_t nanosecondsOf(const timespec& time) {
    return time.tv_sec * kNanosecondsPerSecond + time.tv_nsec;
}

} // namespace escale
