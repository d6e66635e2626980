#include "helper/docker-api/api/times.h"

#include "engine/base/clock.h"
#include "engine/base/go_duration.h"
#include "engine/log/log_record.h"

#include <charconv>
#include <optional>

namespace escale::docker_api {
namespace {

constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;

// "1700000000", "1700000000.123456789"
std::optional<std::int64_t> secondsOf(const std::string& text) {
    constexpr std::int64_t kMost = INT64_MAX / kNanosecondsPerSecond - 1;
    const std::size_t point = std::min(text.find('.'), text.size());
    std::int64_t seconds = 0;
    const auto whole = std::from_chars(text.data(), text.data() + point, seconds);
    if (whole.ec != std::errc() || whole.ptr != text.data() + point || seconds > kMost || seconds < -kMost)
        return std::nullopt;
    std::string digits = text.substr(std::min(point + 1, text.size()), 9);
    if (digits.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    digits.resize(9, '0');
    std::int64_t nanoseconds = 0;
    const auto part = std::from_chars(digits.data(), digits.data() + digits.size(), nanoseconds);
    if (part.ec != std::errc() || part.ptr != digits.data() + digits.size())
        return std::nullopt;
    return seconds * kNanosecondsPerSecond + nanoseconds;
}

} // namespace

std::string timeText(std::int64_t milliseconds) {
    return milliseconds == 0 ? "0001-01-01T00:00:00Z"
                             : formatLogTime(milliseconds * kNanosecondsPerMillisecond);
}

Result<std::int64_t> readTime(const std::string& text) {
    if (const auto seconds = secondsOf(text))
        return *seconds;
    if (const auto before = parseGoDuration(text)) {
        const std::int64_t now = nowMilliseconds() * kNanosecondsPerMillisecond;
        return *before < now - INT64_MAX ? INT64_MAX : now - *before; // a time to come, if it is below 0
    }
    for (const char* missing : {"", "Z", ":00Z", ":00:00Z", "T00:00:00Z"}) {
        if (const auto time = parseLogTime(text + missing))
            return *time;
    }
    return fail(ErrorCode::InvalidArgument,
                "\"" + text + "\" is no time: neither RFC 3339 nor seconds since 1970 nor a duration");
}

} // namespace escale::docker_api
