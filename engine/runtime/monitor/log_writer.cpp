#include "engine/runtime/monitor/log_writer.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

// Length of the valid UTF-8 sequence at the beginning (RFC 3629: no overlong forms, no surrogates), 0 when
// there is none.
std::size_t sequenceLength(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool inRange = !(first == 0xE0 && byte(1) < 0xA0) && !(first == 0xED && byte(1) > 0x9F);
        return inRange && follows(1) && follows(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool inRange = !(first == 0xF0 && byte(1) < 0x90) && !(first == 0xF4 && byte(1) > 0x8F);
        return inRange && follows(1) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

// Bytes that stand in a JSON string as they are. DEL is escaped as Docker does.
constexpr std::array<bool, 256> kPlain = [] {
    std::array<bool, 256> plain{};
    for (unsigned byte = 0x20; byte < 0x7F; ++byte)
        plain.at(byte) = byte != '"' && byte != '\\';
    return plain;
}();

// How many bytes at the beginning are plain; nearly always all.
std::size_t plainLength(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && kPlain[static_cast<unsigned char>(text[length])])
        ++length;
    return length;
}

// How many bytes at the end of a full part begin a sequence that the next bytes may complete: a character is
// not cut.
std::size_t unfinishedTail(std::string_view text) {
    for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if ((byte & 0xC0U) == 0x80U)
            continue;
        const std::size_t needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return needed > back ? back : 0;
    }
    return 0;
}

} // namespace

LogWriter::LogWriter(UniqueFd file) {
    reopen(std::move(file));
}

void LogWriter::reopen(UniqueFd file) {
    m_file = std::move(file);
    struct stat now {};
    m_size = m_file && ::fstat(m_file.get(), &now) == 0 ? static_cast<std::uint64_t>(now.st_size) : 0;
}

void LogWriter::setTime(const timespec& time) {
    tm parts{};
    ::gmtime_r(&time.tv_sec, &parts);
    const auto size = std::strftime(m_time.data(), m_time.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    const int more = std::snprintf(m_time.data() + size, m_time.size() - size, ".%09ldZ", time.tv_nsec);
    m_timeSize = size + static_cast<std::size_t>(more);
}

void LogWriter::write(LogStream stream, std::string_view bytes) {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    write(stream, bytes, now);
}

void LogWriter::write(LogStream stream, std::string_view bytes, const timespec& time) {
    setTime(time);
    while (!bytes.empty()) {
        const auto newline = bytes.find('\n');
        addPart(stream, bytes.substr(0, newline), newline != std::string_view::npos);
        if (newline == std::string_view::npos)
            break;
        bytes.remove_prefix(newline + 1);
    }
    flush();
}

void LogWriter::addPart(LogStream stream, std::string_view part, bool ends) {
    auto& pending = m_pending.at(static_cast<std::size_t>(stream));
    if (pending.size == 0 && ends && part.size() <= kLongestPart) { // the usual case, without a copy
        addRecord(stream, part, true);
        return;
    }
    do {
        const auto taken = part.substr(0, kLongestPart - pending.size);
        std::memcpy(pending.bytes.data() + pending.size, taken.data(), taken.size());
        pending.size += taken.size();
        part.remove_prefix(taken.size());
        if (pending.size < kLongestPart || (part.empty() && !ends))
            break; // a full part waits too: the line's end may be next
        if (part.empty())
            break;
        const std::string_view full(pending.bytes.data(), pending.size);
        const auto tail = unfinishedTail(full);
        addRecord(stream, full.substr(0, full.size() - tail), false);
        std::memmove(pending.bytes.data(), full.data() + full.size() - tail, tail);
        pending.size = tail;
    } while (!part.empty());
    if (ends) {
        addRecord(stream, {pending.bytes.data(), pending.size}, true);
        pending.size = 0;
    }
}

void LogWriter::addRecord(LogStream stream, std::string_view text, bool ends) {
    if (m_buffer.size() - m_used < kLongestRecord)
        flush();
    put(R"({"log":")");
    putEscaped(text);
    put(ends ? R"(\n","stream":")" : R"(","stream":")");
    put(stream == LogStream::Error ? R"(stderr","time":")" : R"(stdout","time":")");
    put({m_time.data(), m_timeSize});
    put("\"}\n");
}

void LogWriter::put(std::string_view text) {
    std::memcpy(m_buffer.data() + m_used, text.data(), text.size());
    m_used += text.size();
}

void LogWriter::putEscaped(std::string_view text) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    for (;;) {
        const std::size_t plain = plainLength(text);
        put(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty())
            return;
        const auto letter = static_cast<unsigned char>(text.front());
        const std::size_t length = sequenceLength(text);
        if (length == 0) {
            put("\\ufffd");
        } else if (letter == '"' || letter == '\\') {
            const std::array<char, 2> escaped{'\\', text.front()};
            put({escaped.data(), 2});
        } else if (letter == '\t' || letter == '\r') {
            put(letter == '\t' ? "\\t" : "\\r");
        } else if (letter < 0x20 || letter == 0x7F) {
            put("\\u00");
            put(kDigits.substr(letter >> 4U, 1));
            put(kDigits.substr(letter & 0xFU, 1));
        } else {
            put(text.substr(0, length));
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
}

// The notice goes first in a batch; when the batch fails it is counted in again.
void LogWriter::addNotice() {
    std::array<char, 160> notice{};
    const int size = std::snprintf(
        notice.data(), notice.size(),
        R"({"log":"escale: %llu log lines were lost here: the log could not be written\n","stream":"stderr","time":")",
        static_cast<unsigned long long>(m_droppedSinceNotice));
    std::array<char, 256> record{};
    std::memcpy(record.data(), notice.data(), static_cast<std::size_t>(size));
    std::size_t used = static_cast<std::size_t>(size);
    std::memcpy(record.data() + used, m_time.data(), m_timeSize);
    used += m_timeSize;
    std::memcpy(record.data() + used, "\"}\n", 3);
    used += 3;
    struct stat before {};
    if (::fstat(m_file.get(), &before) != 0)
        return;
    const auto written = ::write(m_file.get(), record.data(), used);
    if (written == static_cast<ssize_t>(used))
        m_droppedSinceNotice = 0;
    else if (written > 0 && ::ftruncate(m_file.get(), before.st_size) != 0)
        return; // half a notice: the reader skips it
}

void LogWriter::flush() {
    if (m_used == 0)
        return;
    if (m_files.isFull(m_size, m_used)) {
        m_files.rotate(m_file, m_size);
        reopen(std::move(m_file)); // its size anew
    }
    if (m_droppedSinceNotice != 0)
        addNotice();
    std::size_t done = 0;
    while (done < m_used && m_droppedSinceNotice == 0) {
        const auto written = ::write(m_file.get(), m_buffer.data() + done, m_used - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            break;
        done += static_cast<std::size_t>(written);
    }
    m_size += done;
    if (done < m_used) {
        // Take back the record that was cut; all from it on are lost.
        std::size_t whole = done;
        while (whole > 0 && m_buffer[whole - 1] != '\n')
            --whole;
        struct stat now {};
        if (whole != done && ::fstat(m_file.get(), &now) == 0 &&
            ::ftruncate(m_file.get(), now.st_size - static_cast<off_t>(done - whole)) != 0)
            ++m_droppedSinceNotice; // half a record stays: the reader skips it
        for (std::size_t i = whole; i < m_used; ++i)
            m_droppedSinceNotice += m_buffer[i] == '\n' ? 1 : 0;
        for (std::size_t i = whole; i < m_used; ++i)
            m_droppedTotal += m_buffer[i] == '\n' ? 1 : 0;
    }
    m_used = 0;
}

void LogWriter::finish() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    setTime(now);
    for (const auto stream : {LogStream::Output, LogStream::Error}) {
        auto& pending = m_pending.at(static_cast<std::size_t>(stream));
        if (pending.size != 0)
            addRecord(stream, {pending.bytes.data(), pending.size}, false);
        pending.size = 0;
    }
    flush();
    if (m_droppedSinceNotice != 0)
        addNotice();
}

} // namespace escale
