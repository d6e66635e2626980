#include "engine/log/log_record.h"

#include "engine/base/json.h"

#include <charconv>
#include <ctime>

namespace escale {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMostSeconds = INT64_MAX / kSecond - 1;

// Takes that many digits from the front; nothing when there are others.
std::optional<int> takeDigits(std::string_view& text, std::size_t count) {
    int value = 0;
    if (text.size() < count)
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + count, value);
    if (error != std::errc() || end != text.data() + count || value < 0)
        return std::nullopt;
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted)
        return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::int64_t> takeFraction(std::string_view& text) {
    std::int64_t fraction = 0;
    std::int64_t unit = kSecond;
    if (!take(text, '.'))
        return 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1)) {
        unit /= 10;
        fraction += unit * (text.front() - '0');
    }
    return unit == kSecond ? std::nullopt : std::optional(fraction);
}

// "Z", or the seconds that "+01:00" is ahead.
std::optional<std::int64_t> takeZone(std::string_view text) {
    if (text == "Z" || text == "z")
        return 0;
    const bool behind = take(text, '-');
    if (!behind && !take(text, '+'))
        return std::nullopt;
    const auto hours = takeDigits(text, 2);
    if (!hours || !take(text, ':'))
        return std::nullopt;
    const auto minutes = takeDigits(text, 2);
    if (!minutes || !text.empty())
        return std::nullopt;
    const std::int64_t seconds = *hours * 3600 + *minutes * 60;
    return behind ? -seconds : seconds;
}

} // namespace

std::optional<std::int64_t> parseLogTime(std::string_view text) {
    std::tm time{};
    struct Field {
        int* value;
        std::size_t digits;
        char before;
    };
    const Field fields[] = {{&time.tm_year, 4, 0},   {&time.tm_mon, 2, '-'}, {&time.tm_mday, 2, '-'},
                            {&time.tm_hour, 2, 'T'}, {&time.tm_min, 2, ':'}, {&time.tm_sec, 2, ':'}};
    for (const Field& field : fields) {
        if (field.before != 0 && !take(text, field.before))
            return std::nullopt;
        const auto value = takeDigits(text, field.digits);
        if (!value)
            return std::nullopt;
        *field.value = *value;
    }
    if (time.tm_mon < 1 || time.tm_mon > 12 || time.tm_mday < 1 || time.tm_mday > 31 || time.tm_hour > 23 ||
        time.tm_min > 59 || time.tm_sec > 60)
        return std::nullopt;
    time.tm_year -= 1900;
    time.tm_mon -= 1;
    const auto fraction = takeFraction(text);
    const auto zone = takeZone(text);
    if (!fraction || !zone)
        return std::nullopt;
    const std::int64_t seconds = ::timegm(&time) - *zone;
    if (seconds > kMostSeconds || seconds < -kMostSeconds)
        return std::nullopt;
    return seconds * kSecond + *fraction;
}

std::string formatLogTime(std::int64_t nanoseconds) {
    std::int64_t fraction = nanoseconds % kSecond;
    if (fraction < 0)
        fraction += kSecond;
    const std::time_t seconds = (nanoseconds - fraction) / kSecond;
    std::tm time{};
    ::gmtime_r(&seconds, &time);
    char text[64];
    const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &time);
    const std::string digits = std::to_string(kSecond + fraction).substr(1);
    return std::string(text, size) + "." + digits + "Z";
}

std::optional<std::int64_t> timeOfLogRecord(std::string_view record) {
    // The last member: a text that holds the same words has its quotes escaped.
    constexpr std::string_view kTime = "\"time\":\"";
    const auto begin = record.rfind(kTime);
    if (begin == std::string_view::npos)
        return std::nullopt;
    record.remove_prefix(begin + kTime.size());
    return parseLogTime(record.substr(0, record.find('"')));
}

std::optional<LogRecord> parseLogRecord(std::string_view record) {
    const auto json = Json::parse(record);
    if (!json || !json->at("log").isString())
        return std::nullopt;
    const auto time = parseLogTime(json->at("time").toString());
    if (!time)
        return std::nullopt;
    return LogRecord{json->at("log").toString(), json->at("stream").toString() == "stderr", *time};
}

} // namespace escale
