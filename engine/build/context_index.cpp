#include "engine/build/context_index.h"

#include "engine/base/byte_stream.h"
#include "engine/build/context_stream.h"

#include <algorithm>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr std::string_view kMark = "escale context 1\n";

} // namespace

ContentHash hashOf(const Digest& digest) {
    const std::string_view hex = digest.hex();
    const auto value = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
    ContentHash hash{};
    for (std::size_t i = 0; i < hash.size(); ++i)
        hash[i] = static_cast<std::uint8_t>(value(hex[2 * i]) << 4 | value(hex[2 * i + 1]));
    return hash;
}

std::string writeContextIndex(const ContextIndex& index) {
    std::string bytes(kMark);
    bytes.reserve(index.entries.size() * 128);
    ByteWriter(bytes).text(index.boot).number(static_cast<std::uint64_t>(index.entries.size()));
    for (const ContextEntry& entry : index.entries)
        appendContextEntry(bytes, entry);
    for (std::size_t i = 0; i < index.entries.size(); ++i) {
        if (S_ISREG(index.entries[i].mode))
            bytes.append(reinterpret_cast<const char*>(index.hashes[i].data()), index.hashes[i].size());
    }
    return bytes;
}

Result<ContextIndex> readContextIndex(std::string_view bytes) {
    if (!bytes.starts_with(kMark))
        return fail(ErrorCode::Untrusted, "this is no index of a build's files");
    ByteReader reader(bytes.substr(kMark.size()));
    ContextIndex index;
    TRY_ASSIGN(index.boot, reader.text(128));
    TRY_ASSIGN(const auto count, reader.number<std::uint64_t>());
    if (count > kMostContextEntries)
        return fail(ErrorCode::Untrusted, "the index of the build's files names too many");
    ContextListReader list;
    for (std::uint64_t i = 0; i < count; ++i) {
        TRY_ASSIGN(ContextEntry entry, readContextEntry(reader));
        TRY(list.take(std::move(entry)));
    }
    index.entries = list.finish();
    index.hashes.resize(index.entries.size());
    for (std::size_t i = 0; i < index.entries.size(); ++i) {
        if (!S_ISREG(index.entries[i].mode))
            continue;
        TRY_ASSIGN(const std::string_view hash, reader.raw(index.hashes[i].size()));
        std::copy(hash.begin(), hash.end(), index.hashes[i].begin());
    }
    if (!reader.isAtEnd())
        return fail(ErrorCode::Untrusted, "the index of the build's files is longer than it says");
    return index;
}

std::size_t findContextEntry(const std::vector<ContextEntry>& entries, const std::string& path) {
    const auto found = std::lower_bound(
        entries.begin(), entries.end(), path,
        [](const ContextEntry& entry, const std::string& p) { return comesBefore(entry.path, p); });
    return found != entries.end() && found->path == path ? static_cast<std::size_t>(found - entries.begin())
                                                         : entries.size();
}

} // namespace escale
