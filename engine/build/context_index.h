// What the engine has of a build's files: the list as it was sent, and a digest of each file's content. Kept
// as a file beside them; a file that it does not name is not there, whatever the folder holds.
#pragma once

#include "engine/base/digest.h"
#include "engine/base/result.h"
#include "engine/build/context_list.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

using ContentHash = std::array<std::uint8_t, 32>; // SHA-256
ContentHash hashOf(const Digest& digest);

struct ContextIndex {
    /// Of the start of the machine in which it was written: after another one, what the disk holds has to be
    /// read again before it is believed.
    std::string boot;
    std::vector<ContextEntry> entries; // as listContext() sorts them
    std::vector<ContentHash> hashes;   // one an entry; of others than regular files all zeros
};

std::string writeContextIndex(const ContextIndex& index);
/// Untrusted: it is none, or of another version.
Result<ContextIndex> readContextIndex(std::string_view bytes);

/// Where `path` stands in the sorted entries; their number when it does not.
std::size_t findContextEntry(const std::vector<ContextEntry>& entries, const std::string& path);

} // namespace escale
