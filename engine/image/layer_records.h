// What stands in an image's layers, as a stream of records: written by the process that walks the layers,
// read by the one that shows them. Compact (about 30 bytes a file and its name) and read without trust.
//
//   "EscLay1\n"  Layer (Entry*)  Layer (Entry*) …  Listed  Content*  End
//
// Layers base first. A folder's record comes before those of what is in it, the layer's root is the first.
// After Listed the tree is complete; the digests of files that may be doubles follow. A stream that ends
// without End is not whole.
#pragma once

#include "engine/base/result.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// What was found in a file that may hold a secret (secret_signs.h).
enum class SecretSign : std::uint8_t { None, PrivateKey, Token };

/// One file of a layer, as it lies in the store (store.h).
struct LayerEntry {
    std::uint32_t parent = 0; // number of the folder's entry in the layer; the root is 0 and its own parent
    std::string name;         // one component; empty for the root
    std::uint32_t mode = 0;   // with the type: S_IFREG …
    std::uint32_t owner = 0;
    std::uint32_t group = 0;
    std::uint64_t size = 0;    // bytes
    std::int64_t modified = 0; // seconds since 1970
    std::uint64_t link = 0;    // equal for the names of one file; 0: it has one name only
    std::string target;        // of a symbolic link
    bool whiteout = false;     // hides what layers below have at its path
    bool opaque = false;       // a folder that hides what layers below have in it
    SecretSign secret = SecretSign::None;
    bool operator==(const LayerEntry&) const = default;
};

/// The beginning of a SHA-256: enough to tell files of one size apart.
using ContentMark = std::array<std::uint8_t, 16>;

/// Most entries of an image, all layers together: what a reader keeps in memory has an end.
constexpr std::size_t kMostLayerEntries = 2'000'000;

/// Collects bytes and hands them to a descriptor. Not thread-safe.
class LayerRecordWriter {
public:
    /// `output` is borrowed; writes block.
    explicit LayerRecordWriter(int output);
    Result<void> beginLayer();
    Result<void> entry(const LayerEntry& entry);
    Result<void> listed();
    /// Of the `number`th entry of the `layer`th layer.
    Result<void> content(std::size_t layer, std::uint32_t number, const ContentMark& mark);
    Result<void> end();

private:
    void number(std::uint64_t value);
    void text(std::string_view value);
    Result<void> flushWhenFull();
    Result<void> flush();
    int m_output;
    std::string m_bytes;
};

/// Takes the stream in pieces of any length.
class LayerRecordReader {
public:
    /// Untrusted: malformed records, or more than kMostLayerEntries.
    Result<void> take(std::string_view bytes);
    /// All layers are there.
    [[nodiscard]] bool isListed() const { return m_isListed; }
    /// The stream is whole.
    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }
    [[nodiscard]] std::size_t entryCount() const { return m_count; }
    /// Entries by layer, base first; moved out.
    std::vector<std::vector<LayerEntry>> takeLayers() { return std::move(m_layers); }

    struct Content {
        std::size_t layer = 0;
        std::uint32_t entry = 0;
        ContentMark mark{};
    };
    [[nodiscard]] const std::vector<Content>& contents() const { return m_contents; }

private:
    Result<bool> record(std::string_view& rest);
    Result<bool> readEntry(std::string_view& rest);
    Result<bool> readContent(std::string_view& rest);

    std::string m_pending; // the beginning of a record whose end has not come yet
    bool m_hasBegun = false, m_isListed = false, m_hasEnded = false;
    std::size_t m_count = 0;
    std::vector<std::vector<LayerEntry>> m_layers;
    std::vector<std::size_t> m_sizes; // entries of each layer; stays when the layers are taken
    std::vector<Content> m_contents;
};

} // namespace escale
