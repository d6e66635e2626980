// One record of a container's log in Docker's json-file form, as the monitor writes it:
// {"log":"text\n","stream":"stdout","time":"2026-01-02T03:04:05.678901234Z"}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace escale {

struct LogRecord {
    std::string text; // with its newline; without one it goes on in the stream's next record
    bool isError = false;
    std::int64_t time = 0; // nanoseconds since 1970
};

/// Nothing for what is no such record: one cut by a full disk, another program's line.
std::optional<LogRecord> parseLogRecord(std::string_view record);
/// Only its time: several times faster.
std::optional<std::int64_t> timeOfLogRecord(std::string_view record);
/// RFC 3339 with any number of fractional digits, "Z" or an offset; nanoseconds since 1970. Nothing
/// also for what is further away than these can count (292 years).
std::optional<std::int64_t> parseLogTime(std::string_view text);
/// As the monitor writes it.
std::string formatLogTime(std::int64_t nanoseconds);

} // namespace escale
