// Layers come as a plain tar, as gzip or as zstd (image-spec layer.md#zstd-media-types). One streaming reader
// for the three: gzip by ISA-L's igzip, several members, checksums verified; zstd, several frames, skippable
// ones too. Archives that people have made come as xz (liblzma) and bzip2 (libarchive) as well. Not
// thread-safe; one object a stream. Blocks where its source blocks.
#pragma once

#include "engine/base/result.h"
#include "engine/image/manifest.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace escale {

/// What a stream's first bytes say it is.
enum class StreamForm : std::uint8_t { Plain, Gzip, Zstd, Xz, Bzip2 };
StreamForm streamForm(std::span<const std::uint8_t> head);
/// As many bytes as streamForm() looks at.
constexpr std::size_t kStreamHead = 6;

class Decompressor {
public:
    /// Fills a part of the buffer and says how much; 0 only at the end.
    using Source = std::function<Result<std::size_t>(std::span<std::uint8_t>)>;

    struct Limits {
        std::uint64_t produced = UINT64_MAX; // more bytes than this are refused (a decompression bomb)
        const char* subject = "the layer";   // for messages
    };

    /// The content's magic number decides, as registries hold layers whose media type is wrong; for a type
    /// that promises compression, content without any magic number is Untrusted.
    static Result<std::unique_ptr<Decompressor>> open(Source source, LayerCompression promised,
                                                      Limits limits);
    Decompressor(const Decompressor&) = delete;
    Decompressor& operator=(const Decompressor&) = delete;
    virtual ~Decompressor();

    /// Fills the buffer but at the end; 0 at the end, when the source has been read to its own end.
    /// Untrusted: corrupt, "ends in the middle", rubbish after the end, or more than the limit.
    Result<std::size_t> read(std::span<std::uint8_t> out);
    [[nodiscard]] std::uint64_t produced() const { return m_produced; }

protected:
    explicit Decompressor(Source source);
    [[nodiscard]] tl::unexpected<Error> corrupt(const std::string& what) const;
    /// One step: what it wrote to `out`; 0 at the end.
    virtual Result<std::size_t> step(std::span<std::uint8_t> out) = 0;
    /// Makes m_pending non-empty unless the source has ended; true when there is input.
    Result<bool> refill();
    /// After the last member: nothing but zero bytes may follow.
    Result<void> expectPadding();

    std::span<const std::uint8_t> m_pending; // of m_input, not yet consumed

private:
    Source m_source;
    std::unique_ptr<std::uint8_t[]> m_input;
    Limits m_limits;
    std::uint64_t m_produced = 0;
    bool m_sourceEnded = false;
    bool m_ended = false;
};

} // namespace escale
