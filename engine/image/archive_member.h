// A file inside of something that holds images: an archive, or the folder of an OCI layout.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

namespace escale {

/// Fills a part of the buffer with the bytes from `offset` and says how much; 0 only at the end. From any
/// thread, several at once.
using ReadAt = std::function<Result<std::size_t>(std::uint64_t offset, std::span<std::uint8_t>)>;

struct ArchiveMember {
    std::uint64_t size = 0;
    ReadAt read; // from the member's own beginning; never beyond its end
};

/// Where members are found by their path ("blobs/sha256/…").
class ArchiveMembers {
public:
    ArchiveMembers() = default;
    ArchiveMembers(const ArchiveMembers&) = delete;
    ArchiveMembers& operator=(const ArchiveMembers&) = delete;
    virtual ~ArchiveMembers() = default;
    /// Nothing when there is no such file; Untrusted when it is something else, or leads out.
    [[nodiscard]] virtual Result<std::optional<ArchiveMember>> find(const std::string& path) const = 0;
};

/// All of a member; Untrusted above `limit` bytes, or when it ends before its size. `path` for messages.
Result<std::string> readMember(const ArchiveMember& member, std::size_t limit, const std::string& path);

} // namespace escale
