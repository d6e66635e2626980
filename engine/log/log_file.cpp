#include "engine/log/log_file.h"

#include "engine/log/log_record.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>
#include <zlib.h>

namespace escale {

static constexpr std::size_t kBlock = 64 * 1024;
// The writer's longest record is a little below 100 KiB; what is longer is none of it and passed over.
static constexpr std::size_t kLongestRecord = 1 << 20;

struct LogFile::Gzip {
    gzFile file = nullptr;
    std::uint64_t offset = 0;

    Gzip() = default;
    Gzip(const Gzip&) = delete;
    Gzip& operator=(const Gzip&) = delete;
    ~Gzip() {
        if (file != nullptr)
            ::gzclose(file);
    }
};

LogFile::~LogFile() = default;
LogFile::LogFile(LogFile&& other) noexcept = default;
LogFile& LogFile::operator=(LogFile&& other) noexcept = default;

Result<LogFile> LogFile::open(UniqueFd file) {
    std::array<unsigned char, 2> magic{};
    const auto got = ::pread(file.get(), magic.data(), magic.size(), 0);
    if (got < 0)
        return failErrno("cannot read a log file");
    LogFile log;
    if (got == 2 && magic[0] == 0x1f && magic[1] == 0x8b) {
        // zlib closes the descriptor it is given, and moves its offset: it gets one of its own.
        UniqueFd own(::open(("/proc/self/fd/" + std::to_string(file.get())).c_str(), O_RDONLY | O_CLOEXEC));
        if (!own)
            return failErrno("cannot open a compressed log file");
        log.m_gzip = std::make_unique<Gzip>();
        log.m_gzip->file = ::gzdopen(own.get(), "rb");
        if (log.m_gzip->file == nullptr)
            return fail(ErrorCode::Internal, "no memory for a compressed log file");
        (void)own.release();
        ::gzbuffer(log.m_gzip->file, kBlock);
    }
    log.m_file = std::move(file);
    return log;
}

Result<std::uint64_t> LogFile::size() const {
    struct stat info {};
    if (::fstat(m_file.get(), &info) != 0)
        return failErrno("cannot look at a log file");
    return static_cast<std::uint64_t>(info.st_size);
}

Result<std::size_t> LogFile::read(std::uint64_t offset, std::span<char> buffer) {
    if (!isCompressed()) {
        ssize_t got = 0;
        do
            got = ::pread(m_file.get(), buffer.data(), buffer.size(), static_cast<off_t>(offset));
        while (got < 0 && errno == EINTR);
        if (got < 0)
            return failErrno("cannot read a log file");
        return static_cast<std::size_t>(got);
    }
    if (m_gzip->offset != offset && ::gzseek(m_gzip->file, static_cast<z_off_t>(offset), SEEK_SET) < 0)
        return fail(ErrorCode::Untrusted, "a compressed log file is damaged");
    const int got = ::gzread(m_gzip->file, buffer.data(), static_cast<unsigned>(buffer.size()));
    if (got < 0)
        return fail(ErrorCode::Untrusted, "a compressed log file is damaged");
    m_gzip->offset = offset + static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
}

Result<std::uint64_t> LogFile::forEachRecord(std::uint64_t offset, const RecordTaker& take) {
    std::vector<char> block(kBlock);
    std::string rest; // of a record that has begun in an earlier block
    std::uint64_t begin = offset;
    for (;;) {
        TRY_ASSIGN(const std::size_t got, read(offset, block));
        if (got == 0)
            return begin;
        offset += got;
        std::string_view bytes(block.data(), got);
        for (auto end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
            const std::string_view piece = bytes.substr(0, end);
            bytes.remove_prefix(end + 1);
            if (!rest.empty())
                rest += piece;
            const std::uint64_t next = offset - bytes.size();
            if (!take(rest.empty() ? piece : std::string_view(rest), begin))
                return next;
            rest.clear();
            begin = next;
        }
        if (rest.size() + bytes.size() <= kLongestRecord)
            rest += bytes;
    }
}

Result<std::uint64_t> LogFile::findTime(std::int64_t time) {
    std::uint64_t low = 0; // a record begins here, and all before it are earlier
    TRY_ASSIGN(std::uint64_t high, size());
    while (high - low > kBlock) {
        const std::uint64_t middle = low + (high - low) / 2;
        // The first whole record behind the middle that tells a time.
        std::optional<std::int64_t> found;
        bool whole = false;
        TRY_ASSIGN(const std::uint64_t next,
                   forEachRecord(middle, [&](std::string_view record, std::uint64_t) {
                       if (whole)
                           found = timeOfLogRecord(record);
                       whole = true;
                       return !found;
                   }));
        if (!found || *found >= time) {
            high = middle;
            continue;
        }
        low = next;
        if (low >= high)
            break;
    }
    std::optional<std::uint64_t> begin;
    TRY_ASSIGN(const std::uint64_t end,
               forEachRecord(low, [&](std::string_view record, std::uint64_t offset) {
                   const auto found = timeOfLogRecord(record);
                   if (found && *found >= time)
                       begin = offset;
                   return !begin;
               }));
    return begin.value_or(end);
}

Result<LogFile::Tail> LogFile::findTail(std::uint64_t lines) {
    // What the writer puts behind a text that ends its line; in a text itself the quotes would be escaped.
    constexpr std::string_view kLineEnd = "\\n\",\"stream\":\"";
    TRY_ASSIGN(std::uint64_t offset, size());
    std::string bytes; // from `offset` to the begin of the record that was looked at last
    std::uint64_t count = 0;
    bool first = true; // what is behind the last newline is no record yet
    std::uint64_t begin = offset;
    while (offset > 0) {
        const std::size_t wanted = std::min<std::uint64_t>(kBlock, offset);
        std::string block(wanted, '\0');
        TRY_ASSIGN(const std::size_t got, read(offset - wanted, block));
        if (got < wanted)
            return fail(ErrorCode::WrongState, "the log file was cut while it was read", "Read it again.");
        offset -= wanted;
        bytes.insert(0, block);
        for (;;) {
            const auto newline = bytes.rfind('\n');
            if (newline == std::string::npos)
                break;
            const std::string_view record = std::string_view(bytes).substr(newline + 1);
            if (!first && record.find(kLineEnd) != std::string_view::npos && ++count > lines)
                return Tail{begin, lines};
            first = false;
            begin = offset + newline + 1;
            bytes.resize(newline);
        }
        if (bytes.size() > kLongestRecord)
            bytes.clear();
    }
    if (!first && bytes.find(kLineEnd) != std::string::npos && ++count > lines)
        return Tail{begin, lines};
    return Tail{0, count};
}

} // namespace escale
