// Reads a log that lies in several files (engine/runtime/monitor/log_files.h): the last lines, those since a
// time, those of a stream or with a word, each without reading what it does not need.
//
//   TRY_ASSIGN(auto reader, LogReader::open(std::move(files), {.tail = 100}));
//   TRY_ASSIGN(auto line, reader.next());   // nothing: the end for now
#pragma once

#include "engine/log/log_file.h"
#include "engine/log/log_record.h"

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace escale {

struct LogQuery {
    std::optional<std::uint64_t> tail; // only the last ones of those that match
    std::int64_t since = INT64_MIN;    // nanoseconds since 1970, included
    std::int64_t until = INT64_MAX;    // included
    bool output = true;                // standard output
    bool errors = true;                // standard error
    std::string contains;
};

class LogReader {
public:
    /// `files` as Containers::openLog hands them out: the oldest first, the one that is written to last.
    static Result<LogReader> open(std::vector<UniqueFd> files, LogQuery query);

    /// A line, joined from its records, without its newline. Nothing: there are no more, for now in the file
    /// that is written to, or none that can match.
    Result<std::optional<LogRecord>> next();

private:
    struct Position {
        std::size_t file = 0;
        std::uint64_t offset = 0;
    };
    explicit LogReader(LogQuery query)
        : m_query(std::move(query)) {}
    Result<void> seekTime();
    Result<void> seekTail(std::uint64_t wanted);
    Result<std::uint64_t> countFrom(std::size_t file, std::uint64_t offset);
    Result<void> fill();
    void take(std::string_view record);
    [[nodiscard]] bool matches(const LogRecord& line) const;
    [[nodiscard]] bool takesAll() const;

    LogQuery m_query;
    std::vector<LogFile> m_files;
    Position m_at;
    std::array<LogRecord, 2> m_parts; // of unfinished lines: output, errors
    std::deque<LogRecord> m_lines;
    std::uint64_t m_skip = 0; // matching lines that come before the tail
    bool m_over = false;      // past `until`
};

} // namespace escale
