// Recorded steps (made_step.h) as a file: JSON, and for what a container's first process does after the file
// was written, the page of times beside it.
#pragma once

#include "engine/base/made_step.h"
#include "engine/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace escale {

constexpr std::size_t kMostMadeSteps = 10'000;
constexpr std::size_t kLongestMadeRecord = 4U << 20; // bytes

/// {"steps":[{"by":"engine","operation":"…","details":[["key","value"],…],"begin":…,"duration":…},…]}. Bytes
/// that are no UTF-8 become U+FFFD.
std::string madeStepsToJson(const MadeSteps& steps);
/// InvalidArgument, which names the step and the member: anything but what madeStepsToJson() writes, more
/// than kMostMadeSteps, or kLongestMadeRecord.
Result<MadeSteps> parseMadeSteps(std::string_view json);

/// Where the times beside a record are. They are numbers of this machine. For a number of steps of the
/// container's process: one more std::int64_t, CLOCK_MONOTONIC in nanoseconds, before the first step and
/// after each (0: it is not done yet; -1: it is, but its seccomp filter kept it from asking for the time);
/// and behind them as many std::int32_t, which mean nothing to a reader.
std::string madeTimesFile(const std::string& record);
/// Of the step before which stands `times[step]`, and after it the next one. begin 0: it has not begun; -1 as
/// duration: it goes on, or never came back (execve), or nobody knows.
struct MadeTime {
    std::int64_t begin = 0;
    std::int64_t duration = -1;
};
/// Bytes of the file.
constexpr std::size_t madeTimesSize(std::size_t steps) {
    return (steps + 1) * sizeof(std::int64_t) + steps * sizeof(std::int32_t);
}
MadeTime madeTime(std::span<const std::int64_t> times, std::size_t step);

/// What escale-runtime has written to `record`. Its last steps by the container that have no duration are the
/// last ones of the page, and get their times from there; those that have not begun are left out. Errors name
/// the file: NotFound without a record, InvalidArgument when one of the two is damaged.
Result<MadeSteps> readMadeSteps(const std::string& record);

} // namespace escale
