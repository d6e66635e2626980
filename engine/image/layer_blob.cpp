#include "engine/image/layer_blob.h"

#include "engine/base/thread.h"
#include "engine/image/compress.h"
#include "engine/image/tar_assemble.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <optional>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::uint64_t kProgressStep = 4U << 20; // of the tar

/// Compresses, hashes and writes what it is given, on a thread of its own; a few buffers, then add() waits.
class BlobWriter {
public:
    static Result<std::unique_ptr<BlobWriter>> start(LayerCompression compression, int output) {
        std::unique_ptr<BlobWriter> writer(new BlobWriter(output, compression != LayerCompression::None));
        TRY_ASSIGN(
            writer->m_compressor,
            Compressor::create(compression, [self = writer.get()](std::span<const std::uint8_t> bytes) {
                return self->write(bytes);
            }));
        TRY_ASSIGN(writer->m_thread, startThread([self = writer.get()] { self->run(); }));
        return writer;
    }
    BlobWriter(const BlobWriter&) = delete;
    BlobWriter& operator=(const BlobWriter&) = delete;
    ~BlobWriter() {
        if (!m_thread.joinable())
            return;
        {
            const std::lock_guard lock(m_mutex);
            m_error = Error{ErrorCode::Cancelled, "packing was stopped", {}, {}};
        }
        m_changed.notify_all();
        m_thread.join();
    }

    Result<void> add(std::span<const std::uint8_t> bytes) {
        while (!bytes.empty()) {
            Buffer& buffer = m_buffers.at(m_filled % kBuffers);
            const std::size_t size = std::min(bytes.size(), kBufferSize - buffer.size);
            std::memcpy(buffer.bytes.get() + buffer.size, bytes.data(), size);
            buffer.size += size;
            bytes = bytes.subspan(size);
            if (buffer.size == kBufferSize)
                TRY(handOver());
        }
        return {};
    }
    /// Waits until everything is written.
    Result<void> finish() {
        if (m_buffers.at(m_filled % kBuffers).size > 0)
            TRY(handOver());
        {
            const std::lock_guard lock(m_mutex);
            m_ended = true;
        }
        m_changed.notify_all();
        m_thread.join();
        return m_error ? Result<void>(fail(*m_error)) : Result<void>();
    }
    // After finish().
    /// Nothing of a tar as it is: that is hashed already.
    std::optional<Digest> digest() { return m_hashes ? std::optional(m_hasher.finish()) : std::nullopt; }
    [[nodiscard]] std::uint64_t size() const { return m_size; }

private:
    static constexpr std::size_t kBuffers = 6;
    static constexpr std::size_t kBufferSize = 256 * 1024;
    struct Buffer {
        std::unique_ptr<std::uint8_t[]> bytes;
        std::size_t size = 0;
    };

    BlobWriter(int output, bool hashes)
        : m_output(output)
        , m_hashes(hashes) {
        for (Buffer& buffer : m_buffers)
            buffer.bytes.reset(new std::uint8_t[kBufferSize]); // not zeroed: it is written before it is read
    }

    /// The buffer that add() has filled; it has another one to fill when this returns.
    Result<void> handOver() {
        std::unique_lock lock(m_mutex);
        ++m_filled;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_error || m_filled - m_written < kBuffers; });
        if (m_error)
            return fail(*m_error);
        m_buffers.at(m_filled % kBuffers).size = 0;
        return {};
    }

    void run() {
        if (auto done = work(); !done) {
            const std::lock_guard lock(m_mutex);
            m_error = std::move(done).error();
        }
        m_changed.notify_all();
    }

    Result<void> work() {
        for (;;) {
            Buffer* buffer = nullptr;
            {
                std::unique_lock lock(m_mutex);
                m_changed.wait(lock, [this] { return m_error || m_ended || m_filled > m_written; });
                if (m_error)
                    return fail(*m_error);
                if (m_filled == m_written)
                    break;
                buffer = &m_buffers.at(m_written % kBuffers);
            }
            TRY(m_compressor->add({buffer->bytes.get(), buffer->size}));
            {
                const std::lock_guard lock(m_mutex);
                ++m_written;
            }
            m_changed.notify_all();
        }
        return m_compressor->finish();
    }

    Result<void> write(std::span<const std::uint8_t> bytes) {
        if (m_hashes)
            m_hasher.update(bytes.data(), bytes.size());
        m_size += bytes.size();
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_output, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0 && errno == EPIPE)
                return fail(ErrorCode::Unreachable, "nobody reads the layer any more");
            if (written < 0)
                return failErrno("cannot write the layer");
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return {};
    }

    int m_output;
    bool m_hashes;
    DigestHasher m_hasher;
    std::uint64_t m_size = 0;
    std::unique_ptr<Compressor> m_compressor;
    std::array<Buffer, kBuffers> m_buffers;

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::size_t m_filled = 0;  // buffers ever filled
    std::size_t m_written = 0; // buffers ever compressed
    bool m_ended = false;
    std::optional<Error> m_error;

    std::thread m_thread;
};

} // namespace

Result<LayerBlob> writeLayerBlob(int record, int root, LayerCompression compression, int output,
                                 const std::function<void(std::uint64_t)>& progress) {
    TRY_ASSIGN(const auto writer, BlobWriter::start(compression, output));
    DigestHasher tar;
    std::uint64_t done = 0;
    std::uint64_t told = 0;
    TRY_ASSIGN(const std::uint64_t tarSize,
               assembleTar(record, root, [&](std::span<const std::uint8_t> bytes) -> Result<void> {
                   tar.update(bytes.data(), bytes.size());
                   done += bytes.size();
                   if (progress && done - told >= kProgressStep)
                       progress(told = done);
                   return writer->add(bytes);
               }));
    TRY(writer->finish());
    const Digest diffId = tar.finish();
    return LayerBlob{diffId, writer->digest().value_or(diffId), writer->size(), tarSize};
}

} // namespace escale
