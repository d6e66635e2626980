// The first bytes of a layer's record (engine/image/tar_record.h): all of it that the store itself reads.
#pragma once

#include "engine/base/result.h"

#include <bit>
#include <cstdint>

namespace escale {

static_assert(std::endian::native == std::endian::little);

/// As it lies in the file, which an unpack worker has written: nothing in it is to be believed without a
/// look. It is written last, so one of a record that was not finished is all zeros.
struct TarRecordHead {
    static constexpr std::uint64_t kMagic = 0x31524154'4c435345; // "ESCLTAR1"
    static constexpr std::uint32_t kVersion = 1;
    static constexpr std::uint32_t kHasReplaced = 1; // it holds contents that the layer has not kept
    static constexpr std::uint32_t kIncomplete = 2;  // it has not kept all of them
    static constexpr std::uint64_t kLargestTar = std::uint64_t{256} << 30; // as UnpackLimits has it

    std::uint64_t magic = kMagic;
    std::uint32_t version = kVersion;
    std::uint32_t flags = 0;
    std::uint64_t tarSize = 0;
    std::uint64_t recordSize = 0; // of the whole file

    [[nodiscard]] bool isComplete() const { return (flags & kIncomplete) == 0; }
};
static_assert(sizeof(TarRecordHead) == 32);

/// Of an open record. With what to do about it: Untrusted, it is damaged; Unsupported, it never held all that
/// the tar needs.
Result<TarRecordHead> readTarRecordHead(int record);

} // namespace escale
