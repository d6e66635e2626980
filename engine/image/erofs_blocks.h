// The blocks of an EROFS image as it is written: content goes to the end in one stream; records (an inode
// with what belongs to it) are gathered in blocks between, which have their place when they are begun. Not
// thread-safe.
#pragma once

#include "engine/base/result.h"
#include "engine/image/erofs_format.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace escale {

class ErofsBlocks {
public:
    /// `file` is borrowed; empty, open for reading and writing. The first block is left free.
    explicit ErofsBlocks(int file);

    /// The block that content begins in which is added next.
    [[nodiscard]] std::uint32_t next() const { return static_cast<std::uint32_t>(m_end / erofs::kBlockSize); }
    /// Whole blocks.
    Result<void> add(std::span<const char> blocks);
    /// Blocks of zeros, which take no space on the disk.
    Result<void> addHole(std::uint64_t blocks);
    /// One block that begins with `bytes`.
    Result<void> addPadded(std::span<const char> bytes);
    /// Finds a place for a record: aligned to an inode's slot, and in one block unless it is larger. Answers
    /// with its offset in the file.
    Result<std::uint64_t> place(std::span<const char> record);
    /// Writes over what was placed.
    Result<void> patch(std::uint64_t offset, std::span<const char> bytes);
    /// What was added or placed.
    Result<void> read(std::uint64_t offset, std::span<char> bytes);
    /// Everything to the file.
    Result<void> finish();

private:
    static constexpr std::size_t kBufferSize = 1U << 20;
    static constexpr std::size_t kMostOpen = 8; // blocks of records: what does not fit one fits another
    struct OpenBlock {
        std::uint64_t start = 0;
        std::uint32_t used = 0;
        std::array<char, erofs::kBlockSize> bytes{};
    };
    Result<void> flush();
    Result<OpenBlock*> blockFor(std::size_t size);
    Result<void> close(const OpenBlock& block);
    Result<void> write(std::uint64_t offset, std::span<const char> bytes);

    int m_file;
    std::uint64_t m_end = erofs::kBlockSize;
    std::string m_buffer; // the last bytes before m_end
    std::vector<OpenBlock> m_open;
};

} // namespace escale
