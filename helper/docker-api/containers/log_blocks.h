// The files of a log as one sequence of bytes, in big blocks of whole records, from where it was asked for.
// One thread at a time.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/log/log_file.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace escale::docker_api {

struct LogBegin {
    std::optional<std::uint64_t> tail; // the last lines of it
    std::int64_t since = INT64_MIN;    // nanoseconds since 1970; some that are earlier may come, too
};

class LogBlocks {
public:
    /// `files` as Containers.OpenLog hands them out: the oldest first, the one that is written to last.
    static Result<LogBlocks> open(std::vector<UniqueFd> files, const LogBegin& begin);

    /// Whole records, each with its newline; valid until the next call. Empty: the end, for now in the file
    /// that is written to. Nothing is kept in memory while that is the answer.
    Result<std::string_view> next();
    /// The file that is written to, or was when it was opened.
    [[nodiscard]] int newestFile() const { return m_files.back().fd(); }
    /// `files` anew, when the newest has been put aside and was read to its end: goes on behind it. False:
    /// there is nothing behind it.
    Result<bool> continueIn(std::vector<UniqueFd> files);

private:
    Result<void> seekTime(std::int64_t since);
    Result<void> seekTail(std::uint64_t lines);
    Result<std::uint64_t> countLines(LogFile& file);
    Result<std::uint64_t> offsetBehind(LogFile& file, std::uint64_t lines);
    Result<std::size_t> fill();
    Result<void> lookWhetherEmptied();

    std::vector<LogFile> m_files; // those that were read are closed, and gone
    std::uint64_t m_offset = 0;   // in the first one, of what was read
    std::vector<char> m_buffer;
    std::size_t m_begin = 0, m_end = 0; // of what is in it and was not handed out
};

} // namespace escale::docker_api
