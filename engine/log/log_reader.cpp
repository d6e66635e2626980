#include "engine/log/log_reader.h"

#include <algorithm>

namespace escale {

static constexpr std::size_t kLinesAhead = 256;
static constexpr std::size_t kLongestLine = 1 << 20; // what is longer comes in pieces
// A clock that was set back leaves records that are older than the ones before them.
static constexpr std::int64_t kClockStep = 60'000'000'000; // nanoseconds

Result<LogReader> LogReader::open(std::vector<UniqueFd> files, LogQuery query) {
    LogReader reader(std::move(query));
    for (UniqueFd& file : files) {
        TRY_ASSIGN(auto log, LogFile::open(std::move(file)));
        reader.m_files.push_back(std::move(log));
    }
    if (reader.m_query.since != INT64_MIN)
        TRY(reader.seekTime());
    if (reader.m_query.tail)
        TRY(reader.seekTail(*reader.m_query.tail));
    return reader;
}

bool LogReader::takesAll() const {
    return m_query.output && m_query.errors && m_query.contains.empty() && m_query.until == INT64_MAX;
}

bool LogReader::matches(const LogRecord& line) const {
    return (line.isError ? m_query.errors : m_query.output) && line.time >= m_query.since &&
           line.time <= m_query.until &&
           (m_query.contains.empty() || line.text.find(m_query.contains) != std::string::npos);
}

// To the last file that begins before, and in it to the place.
Result<void> LogReader::seekTime() {
    for (std::size_t i = m_files.size(); i-- > 0;) {
        std::optional<std::int64_t> first;
        TRY(m_files[i].forEachRecord(0, [&](std::string_view record, std::uint64_t) {
            first = timeOfLogRecord(record);
            return !first;
        }));
        if (i > 0 && (!first || *first >= m_query.since))
            continue;
        m_at.file = i;
        if (!m_files[i].isCompressed()) {
            TRY_ASSIGN(m_at.offset, m_files[i].findTime(m_query.since));
        }
        return {};
    }
    return {};
}

// From the newest file back until there are enough.
Result<void> LogReader::seekTail(std::uint64_t wanted) {
    const Position earliest = m_at;
    std::uint64_t found = 0;
    for (std::size_t i = m_files.size(); i-- > earliest.file;) {
        const std::uint64_t from = i == earliest.file ? earliest.offset : 0;
        m_at = {i, from};
        if (takesAll() && !m_files[i].isCompressed()) {
            TRY_ASSIGN(const auto tail, m_files[i].findTail(wanted - found));
            if (tail.lines == wanted - found && tail.offset >= from) {
                m_at.offset = tail.offset;
                return {};
            }
            if (from == 0) {
                found += tail.lines;
                continue;
            }
        }
        TRY_ASSIGN(const auto lines, countFrom(i, from));
        found += lines;
        if (found >= wanted) {
            m_skip = found - wanted;
            return {};
        }
    }
    return {};
}

// How many lines match from there to the end of that file.
Result<std::uint64_t> LogReader::countFrom(std::size_t file, std::uint64_t offset) {
    std::uint64_t count = 0;
    TRY(m_files[file].forEachRecord(offset, [&](std::string_view record, std::uint64_t) {
        take(record);
        count += m_lines.size();
        m_lines.clear();
        return true;
    }));
    m_parts = {};
    m_over = false;
    return count;
}

void LogReader::take(std::string_view text) {
    const auto record = parseLogRecord(text);
    if (!record)
        return;
    if (m_query.until != INT64_MAX && record->time - kClockStep > m_query.until)
        m_over = true;
    LogRecord& line = m_parts[record->isError ? 1 : 0];
    if (line.text.empty()) {
        line.time = record->time;
        line.isError = record->isError;
    }
    line.text += record->text;
    const bool ends = line.text.ends_with('\n');
    if (!ends && line.text.size() < kLongestLine)
        return;
    if (ends)
        line.text.pop_back();
    if (matches(line) && (m_skip == 0 || m_skip-- == 0))
        m_lines.push_back(std::move(line));
    line = {};
}

Result<void> LogReader::fill() {
    while (m_lines.empty() && !m_over && m_at.file < m_files.size()) {
        std::uint64_t records = 0;
        TRY_ASSIGN(const std::uint64_t next,
                   m_files[m_at.file].forEachRecord(m_at.offset, [&](std::string_view record, std::uint64_t) {
                       ++records;
                       take(record);
                       return m_lines.size() < kLinesAhead && !m_over;
                   }));
        m_at.offset = next;
        if (records == 0) {
            if (m_at.file + 1 == m_files.size())
                return {}; // more may come
            m_at = {m_at.file + 1, 0};
        }
    }
    return {};
}

Result<std::optional<LogRecord>> LogReader::next() {
    if (m_lines.empty())
        TRY(fill());
    if (m_lines.empty())
        return std::optional<LogRecord>();
    auto line = std::optional(std::move(m_lines.front()));
    m_lines.pop_front();
    return line;
}

} // namespace escale
