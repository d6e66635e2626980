// A layer's bytes on their way from the registry to the tar reader: read, hashed as they came, decompressed
// and hashed again on a thread of its own, so that writing files and decompressing overlap. Bounded: a few
// buffers, then it waits.
#pragma once

#include "engine/base/digest.h"
#include "engine/base/unique_fd.h"
#include "engine/image/decompress.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace escale {

class LayerStream {
public:
    struct Limits {
        std::uint64_t blobSize = 0; // as the manifest says: one byte less or more is Untrusted
        std::uint64_t tarSize = UINT64_MAX;
    };
    struct Summary {
        Digest blobDigest;
        Digest diffId;
        std::uint64_t blobSize = 0;
        std::uint64_t tarSize = 0;
    };

    /// `input` is borrowed until this object's end; a pipe or a file, in blocking mode.
    LayerStream(int input, LayerCompression promised, Limits limits);
    LayerStream(const LayerStream&) = delete;
    LayerStream& operator=(const LayerStream&) = delete;
    /// Stops the thread, in the middle if need be.
    ~LayerStream();

    /// The next piece of the tar, valid until the following call; empty at the end.
    Result<std::span<const std::uint8_t>> next();
    /// After next() returned the end.
    Result<Summary> summary();

private:
    static constexpr std::size_t kBuffers = 6;
    static constexpr std::size_t kBufferSize = 256 * 1024;
    struct Buffer {
        std::unique_ptr<std::uint8_t[]> bytes;
        std::size_t size = 0;
    };

    void run();
    Result<void> produce();
    Result<std::size_t> readInput(std::span<std::uint8_t> out);
    bool waitForInput() const;

    int m_input;
    LayerCompression m_promised;
    Limits m_limits;
    UniqueFd m_stop; // eventfd
    DigestHasher m_blobHasher;
    DigestHasher m_tarHasher;
    std::uint64_t m_blobSize = 0;
    std::uint64_t m_tarSize = 0;

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::array<Buffer, kBuffers> m_buffers;
    std::size_t m_filled = 0; // buffers ever filled
    std::size_t m_taken = 0;  // buffers ever handed out; the last one is still in use
    bool m_done = false;
    bool m_stopping = false;
    std::optional<Error> m_error;

    std::thread m_thread; // last: it uses all of the above
};

} // namespace escale
