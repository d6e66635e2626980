#include "helper/docker-api/containers/log_blocks.h"

#include "engine/log/log_record.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <sys/stat.h>

namespace escale::docker_api {
namespace {

constexpr std::size_t kSmallBlock = 16 * 1024; // for what a follower reads at once
constexpr std::size_t kBlock = 256 * 1024;
// The monitor's longest record is a little below 100 KiB; what is longer is none of it and passed over.
constexpr std::size_t kLongestRecord = 1 << 20;
// What the monitor puts behind a text that ends its line; in a text itself the quotes would be escaped.
constexpr std::string_view kLineEnd = R"(\n","stream":")";

// The first bytes of a file, by which it is known again when it is compressed.
Result<std::string> headOf(LogFile& file) {
    std::string head(256, '\0');
    TRY_ASSIGN(const std::size_t size, file.read(0, head));
    head.resize(size);
    return head;
}

bool isSameFile(int one, int other) {
    struct stat a {
    }, b{};
    return ::fstat(one, &a) == 0 && ::fstat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

Result<std::vector<LogFile>> openAll(std::vector<UniqueFd> files) {
    std::vector<LogFile> opened;
    for (UniqueFd& file : files) {
        TRY_ASSIGN(auto log, LogFile::open(std::move(file)));
        opened.push_back(std::move(log));
    }
    if (opened.empty())
        return fail(ErrorCode::Internal, "the engine has handed out a log without files");
    return opened;
}

} // namespace

Result<LogBlocks> LogBlocks::open(std::vector<UniqueFd> files, const LogBegin& begin) {
    LogBlocks blocks;
    TRY_ASSIGN(blocks.m_files, openAll(std::move(files)));
    if (begin.since != INT64_MIN)
        TRY(blocks.seekTime(begin.since));
    if (begin.tail)
        TRY(blocks.seekTail(*begin.tail));
    return blocks;
}

// To the last file that begins before, and in it to the place.
Result<void> LogBlocks::seekTime(std::int64_t since) {
    std::size_t file = m_files.size();
    std::optional<std::int64_t> first;
    while (file-- > 0) {
        first.reset();
        TRY(m_files[file].forEachRecord(0, [&](std::string_view record, std::uint64_t) {
            first = timeOfLogRecord(record);
            return !first;
        }));
        if (file == 0 || (first && *first < since))
            break;
    }
    m_files.erase(m_files.begin(), m_files.begin() + static_cast<std::ptrdiff_t>(file));
    if (!m_files.front().isCompressed()) {
        TRY_ASSIGN(m_offset, m_files.front().findTime(since));
    }
    return {};
}

// From the newest file back until there are enough.
Result<void> LogBlocks::seekTail(std::uint64_t lines) {
    for (std::size_t i = m_files.size(); i-- > 0;) {
        std::uint64_t offset = 0, found = 0;
        if (m_files[i].isCompressed()) {
            TRY_ASSIGN(found, countLines(m_files[i]));
            if (found > lines) {
                TRY_ASSIGN(offset, offsetBehind(m_files[i], found - lines));
            }
        } else {
            TRY_ASSIGN(const auto tail, m_files[i].findTail(lines));
            offset = tail.offset;
            found = tail.lines;
        }
        lines -= std::min(lines, found);
        if (lines > 0 && i > 0)
            continue;
        m_offset = i == 0 ? std::max(m_offset, offset) : offset;
        m_files.erase(m_files.begin(), m_files.begin() + static_cast<std::ptrdiff_t>(i));
        return {};
    }
    return {};
}

Result<std::uint64_t> LogBlocks::countLines(LogFile& file) {
    std::uint64_t lines = 0;
    TRY(file.forEachRecord(0, [&](std::string_view record, std::uint64_t) {
        lines += record.find(kLineEnd) != std::string_view::npos ? 1 : 0;
        return true;
    }));
    return lines;
}

Result<std::uint64_t> LogBlocks::offsetBehind(LogFile& file, std::uint64_t lines) {
    return file.forEachRecord(0, [&](std::string_view record, std::uint64_t) {
        return record.find(kLineEnd) == std::string_view::npos || --lines > 0;
    });
}

// Makes room for more behind what is not a whole record yet.
Result<std::size_t> LogBlocks::fill() {
    const std::size_t rest = m_end - m_begin;
    if (rest > 0 && m_begin > 0)
        std::memmove(m_buffer.data(), m_buffer.data() + m_begin, rest);
    m_begin = 0;
    m_end = rest;
    if (m_buffer.empty()) {
        const auto size = m_files.front().isCompressed() ? kBlock : m_files.front().size().value_or(kBlock);
        m_buffer.resize(size > m_offset + kSmallBlock ? kBlock : kSmallBlock);
    } else if (m_end == m_buffer.size()) {
        if (m_end >= kLongestRecord)
            m_end = 0;
        else
            m_buffer.resize(m_buffer.size() * 2);
    }
    TRY_ASSIGN(const std::size_t size, m_files.front().read(m_offset, std::span(m_buffer).subspan(m_end)));
    m_offset += size;
    m_end += size;
    return size;
}

// A log of one file is emptied when it is full.
Result<void> LogBlocks::lookWhetherEmptied() {
    if (m_files.front().isCompressed())
        return {};
    TRY_ASSIGN(const std::uint64_t size, m_files.front().size());
    if (size >= m_offset)
        return {};
    m_offset = 0;
    m_begin = m_end = 0;
    return {};
}

Result<std::string_view> LogBlocks::next() {
    for (;;) {
        TRY_ASSIGN(std::size_t size, fill());
        if (size == 0) {
            TRY(lookWhetherEmptied());
            TRY_ASSIGN(size, fill());
        }
        if (size == 0 && m_files.size() > 1) {
            m_files.erase(m_files.begin());
            m_offset = 0;
            m_begin = m_end = 0; // a record that has no end in one file has none in the next
            continue;
        }
        const std::string_view bytes(m_buffer.data(), m_end);
        const std::size_t end = bytes.rfind('\n');
        if (end != std::string_view::npos) {
            m_begin = end + 1;
            return bytes.substr(0, end + 1);
        }
        if (size > 0)
            continue;
        // What has begun is read again when it is whole.
        m_offset -= m_end;
        m_begin = m_end = 0;
        m_buffer = {};
        return std::string_view();
    }
}

Result<bool> LogBlocks::continueIn(std::vector<UniqueFd> files) {
    TRY_ASSIGN(const std::string head, headOf(m_files.back()));
    TRY_ASSIGN(auto opened, openAll(std::move(files)));
    std::size_t next = 0; // when it is no longer there, all that are there came later
    for (std::size_t i = 0; i < opened.size(); ++i) {
        TRY_ASSIGN(const std::string other, headOf(opened[i]));
        if (isSameFile(opened[i].fd(), newestFile()) || (!head.empty() && other == head))
            next = i + 1;
    }
    if (next == opened.size())
        return false;
    opened.erase(opened.begin(), opened.begin() + static_cast<std::ptrdiff_t>(next));
    m_files = std::move(opened);
    m_offset = 0;
    m_begin = m_end = 0;
    return true;
}

} // namespace escale::docker_api
