#include "engine/image/erofs_blocks.h"

#include "engine/image/tar_entry.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace escale {

using erofs::kBlockSize;

namespace {

// EROFS counts blocks with 32 bits.
constexpr std::uint64_t kLargestImage = std::uint64_t{UINT32_MAX} * kBlockSize;
constexpr std::array<char, kBlockSize> kZeros{};

std::size_t aligned(std::size_t size) {
    return (size + erofs::kInodeSlot - 1) / erofs::kInodeSlot * erofs::kInodeSlot;
}

} // namespace

ErofsBlocks::ErofsBlocks(int file)
    : m_file(file) {
    m_buffer.reserve(kBufferSize);
    m_open.reserve(kMostOpen);
}

Result<void> ErofsBlocks::flush() {
    TRY(write(m_end - m_buffer.size(), m_buffer));
    m_buffer.clear();
    return {};
}

Result<void> ErofsBlocks::add(std::span<const char> blocks) {
    if (blocks.size() > kLargestImage - m_end)
        return fail(ErrorCode::Untrusted, "the layer is larger than 16 TiB");
    if (m_buffer.size() + blocks.size() > kBufferSize)
        TRY(flush());
    m_end += blocks.size();
    if (blocks.size() >= kBufferSize)
        return write(m_end - blocks.size(), blocks);
    m_buffer.append(blocks.data(), blocks.size());
    return {};
}

Result<void> ErofsBlocks::addHole(std::uint64_t blocks) {
    if (blocks > (kLargestImage - m_end) / kBlockSize)
        return fail(ErrorCode::Untrusted, "the layer is larger than 16 TiB");
    TRY(flush());
    m_end += blocks * kBlockSize;
    return {};
}

Result<void> ErofsBlocks::addPadded(std::span<const char> bytes) {
    std::array<char, kBlockSize> block{};
    std::copy(bytes.begin(), bytes.end(), block.begin());
    return add(block);
}

// The tightest of those with room; else a new one, for which the fullest is closed.
Result<ErofsBlocks::OpenBlock*> ErofsBlocks::blockFor(std::size_t size) {
    OpenBlock* best = nullptr;
    for (OpenBlock& block : m_open) {
        if (kBlockSize - block.used >= size && (best == nullptr || block.used > best->used))
            best = &block;
    }
    if (best != nullptr)
        return best;
    if (m_open.size() < kMostOpen) {
        best = &m_open.emplace_back();
    } else {
        best = &*std::max_element(m_open.begin(), m_open.end(),
                                  [](const auto& one, const auto& other) { return one.used < other.used; });
        TRY(close(*best));
        *best = {};
    }
    best->start = m_end;
    TRY(add(kZeros));
    return best;
}

Result<std::uint64_t> ErofsBlocks::place(std::span<const char> record) {
    if (record.size() > kBlockSize) {
        const std::uint64_t start = m_end;
        const std::size_t whole = record.size() / kBlockSize * kBlockSize;
        TRY(add(record.first(whole)));
        TRY(addPadded(record.subspan(whole)));
        return start;
    }
    TRY_ASSIGN(OpenBlock* const block, blockFor(record.size()));
    const std::uint64_t offset = block->start + block->used;
    std::copy(record.begin(), record.end(), block->bytes.begin() + block->used);
    block->used =
        static_cast<std::uint32_t>(std::min<std::size_t>(block->used + aligned(record.size()), kBlockSize));
    return offset;
}

Result<void> ErofsBlocks::patch(std::uint64_t offset, std::span<const char> bytes) {
    for (OpenBlock& block : m_open) {
        if (offset >= block.start && offset < block.start + kBlockSize) {
            std::copy(bytes.begin(), bytes.end(),
                      block.bytes.begin() + static_cast<std::ptrdiff_t>(offset - block.start));
            return {};
        }
    }
    return write(offset, bytes);
}

Result<void> ErofsBlocks::read(std::uint64_t offset, std::span<char> bytes) {
    for (const OpenBlock& block : m_open) {
        if (offset >= block.start && offset + bytes.size() <= block.start + kBlockSize) {
            const auto* from = block.bytes.begin() + static_cast<std::ptrdiff_t>(offset - block.start);
            std::copy_n(from, bytes.size(), bytes.begin());
            return {};
        }
    }
    TRY(flush());
    while (!bytes.empty()) {
        const ssize_t size = ::pread(m_file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return failErrno("cannot read the layer's image");
        if (size == 0) { // a hole that nothing follows yet
            std::fill(bytes.begin(), bytes.end(), '\0');
            return {};
        }
        bytes = bytes.subspan(static_cast<std::size_t>(size));
        offset += static_cast<std::uint64_t>(size);
    }
    return {};
}

Result<void> ErofsBlocks::close(const OpenBlock& block) {
    return write(block.start, block.bytes);
}

Result<void> ErofsBlocks::finish() {
    TRY(flush());
    for (const OpenBlock& block : m_open)
        TRY(close(block));
    m_open.clear();
    if (::ftruncate(m_file, static_cast<off_t>(m_end)) != 0) // a hole may be last
        return failErrno("cannot write the layer's image");
    return {};
}

// What still lies in the buffer is changed there: the file gets it with the rest.
Result<void> ErofsBlocks::write(std::uint64_t offset, std::span<const char> bytes) {
    const std::uint64_t buffered = m_end - m_buffer.size();
    if (offset >= buffered && offset < m_end && bytes.data() != m_buffer.data()) {
        std::copy(bytes.begin(), bytes.end(),
                  m_buffer.begin() + static_cast<std::ptrdiff_t>(offset - buffered));
        return {};
    }
    return writeAt(m_file, offset, bytes, "the layer's image");
}

} // namespace escale
