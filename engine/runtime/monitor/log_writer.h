// Writes a container's output in Docker's json-file form: one JSON object a line with "log", "stream" and
// "time".
//
// - A line longer than 16 KiB is split; only its last part ends in "\n" (readers join the parts).
// - What is no valid UTF-8 becomes U+FFFD, a byte at a time.
// - A full disk never blocks the container: lines are dropped and counted, and a notice says how many once
// writing works
//   again. A record is in the file whole or not at all.
// - A file that is full is put aside between two records, never within one (log_files.h).
// No allocation after construction; one thread. About 250 KiB of address space, touched only as far as it is
// used.
#pragma once

#include "engine/base/unique_fd.h"
#include "engine/runtime/monitor/log_files.h"

#include <array>
#include <cstdint>
#include <ctime>
#include <string_view>
#include <sys/types.h>

namespace escale {

enum class LogStream : std::uint8_t { Output = 0, Error = 1 };

class LogWriter {
public:
    static constexpr std::size_t kLongestPart = 16 * 1024;

    /// `file` is open for appending; nobody else writes to it.
    explicit LogWriter(UniqueFd file);

    void reopen(UniqueFd file);
    /// Where its files lie, and how large they may become; the file that is open is the one of that name.
    LogFiles& files() { return m_files; }

    /// Takes what was read from a stream at `time` (now, for tests another one).
    void write(LogStream stream, std::string_view bytes, const timespec& time);
    void write(LogStream stream, std::string_view bytes);
    /// Unterminated last lines; call once both streams have ended.
    void finish();
    /// Lines lost so far because the file could not be written.
    [[nodiscard]] std::uint64_t droppedLines() const { return m_droppedTotal; }

private:
    struct Pending {
        std::array<char, kLongestPart> bytes;
        std::size_t size = 0;
    };
    void addPart(LogStream stream, std::string_view part, bool ends);
    void addRecord(LogStream stream, std::string_view text, bool ends);
    void addNotice();
    void put(std::string_view text);
    void putEscaped(std::string_view text);
    void flush();
    void setTime(const timespec& time);

    UniqueFd m_file;
    LogFiles m_files;
    std::uint64_t m_size = 0; // of the file
    std::array<Pending, 2> m_pending;
    std::size_t m_used = 0;
    std::uint64_t m_droppedSinceNotice = 0;
    std::uint64_t m_droppedTotal = 0;
    std::size_t m_timeSize = 0;
    std::array<char, 64> m_time{};
    // The longest record: every byte as a \u00xx escape, and the other members.
    static constexpr std::size_t kLongestRecord = kLongestPart * 6 + 128;
    std::array<char, 2 * kLongestRecord> m_buffer;
};

} // namespace escale
