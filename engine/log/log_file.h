// One file of a log by its descriptor, plain or compressed (gzip), read at offsets of its plain bytes. A
// plain one may grow meanwhile. One thread at a time.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace escale {

class LogFile {
public:
    /// Tells by its first bytes what it is. Does not use the descriptor's offset of a plain file.
    static Result<LogFile> open(UniqueFd file);
    ~LogFile();
    LogFile(LogFile&& other) noexcept;
    LogFile& operator=(LogFile&& other) noexcept;

    [[nodiscard]] bool isCompressed() const { return m_gzip != nullptr; }
    /// Stays this object's.
    [[nodiscard]] int fd() const { return m_file.get(); }
    /// Of a plain file, now.
    [[nodiscard]] Result<std::uint64_t> size() const;
    /// Bytes read into `buffer`; 0 at the end. Going back in a compressed file begins it anew.
    Result<std::size_t> read(std::uint64_t offset, std::span<char> buffer);
    /// A record without its newline, and where it begins; false: that was enough.
    using RecordTaker = std::function<bool(std::string_view record, std::uint64_t offset)>;
    /// Every whole record from `offset` on. Answers where the next one begins, or will.
    Result<std::uint64_t> forEachRecord(std::uint64_t offset, const RecordTaker& take);
    /// Of a plain file: where the first record begins whose time is not before `time`; its end when there is
    /// none. Records are in the order of their times but for clocks that were set back. Reads a block for
    /// each halving.
    Result<std::uint64_t> findTime(std::int64_t time);
    /// Of a plain file: where its last `lines` lines begin, 0 when there are fewer; how many there are from
    /// there.
    struct Tail {
        std::uint64_t offset = 0;
        std::uint64_t lines = 0;
    };
    Result<Tail> findTail(std::uint64_t lines);

private:
    LogFile() = default;
    struct Gzip;
    UniqueFd m_file;
    std::unique_ptr<Gzip> m_gzip;
};

} // namespace escale
