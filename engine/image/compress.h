// The other way round from decompress.h: a blob as registries and archives take it. gzip by ISA-L's igzip
// (level 1: several times as quick as zlib for some percent more), zstd, or as it is. Not thread-safe; one
// object a stream; blocks where its sink blocks. The same bytes give the same blob.
#pragma once

#include "engine/base/result.h"
#include "engine/image/manifest.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace escale {

class Compressor {
public:
    /// Takes all of the bytes, valid during the call.
    using Sink = std::function<Result<void>(std::span<const std::uint8_t>)>;

    /// `threads`: further ones, for zstd; the same bytes give the same blob only with as many.
    static Result<std::unique_ptr<Compressor>> create(LayerCompression compression, Sink sink,
                                                      unsigned threads = 0);
    Compressor(const Compressor&) = delete;
    Compressor& operator=(const Compressor&) = delete;
    virtual ~Compressor();

    virtual Result<void> add(std::span<const std::uint8_t> bytes) = 0;
    /// After the last bytes, once.
    virtual Result<void> finish() = 0;

protected:
    explicit Compressor(Sink sink);
    Sink m_sink;
};

} // namespace escale
