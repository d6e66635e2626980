#include "engine/image/layer_stream.h"

#include "engine/image/unpack.h"

#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace escale {

LayerStream::LayerStream(int input, LayerCompression promised, Limits limits)
    : m_input(input)
    , m_promised(promised)
    , m_limits(limits)
    , m_stop(::eventfd(0, EFD_CLOEXEC)) {
    for (auto& buffer : m_buffers)
        buffer.bytes.reset(new std::uint8_t[kBufferSize]); // not zeroed: it is written before it is read
    m_thread = std::thread([this] { run(); });
}

LayerStream::~LayerStream() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    (void)::eventfd_write(m_stop.get(), 1);
    m_thread.join();
}

bool LayerStream::waitForInput() const {
    std::array<pollfd, 2> ready{{{m_input, POLLIN, 0}, {m_stop.get(), POLLIN, 0}}};
    while (::poll(ready.data(), ready.size(), -1) < 0) {
        if (errno != EINTR)
            break;
    }
    return ready[1].revents == 0;
}

Result<std::size_t> LayerStream::readInput(std::span<std::uint8_t> out) {
    ssize_t size = 0;
    do {
        if (!waitForInput())
            return fail(ErrorCode::Cancelled, "unpacking was stopped");
        size = ::read(m_input, out.data(), out.size());
    } while (size < 0 && (errno == EINTR || errno == EAGAIN));
    if (size < 0)
        return failErrno("cannot read the layer");
    m_blobHasher.update(out.data(), static_cast<std::size_t>(size));
    m_blobSize += static_cast<std::uint64_t>(size);
    if (m_blobSize > m_limits.blobSize)
        return fail(ErrorCode::Untrusted, "the layer is longer than the " +
                                              std::to_string(m_limits.blobSize) +
                                              " bytes that its manifest says");
    if (size == 0 && m_limits.blobSize != UnpackLimits::kUnknownSize && m_blobSize < m_limits.blobSize)
        return fail(ErrorCode::Untrusted,
                    "the layer ends in the middle: " + std::to_string(m_blobSize) + " of " +
                        std::to_string(m_limits.blobSize) + " bytes arrived",
                    "Try again; when it stays so, the registry's copy is damaged.");
    return static_cast<std::size_t>(size);
}

Result<void> LayerStream::produce() {
    TRY_ASSIGN(const auto reader,
               Decompressor::open([this](std::span<std::uint8_t> out) { return readInput(out); }, m_promised,
                                  {.produced = m_limits.tarSize}));
    for (std::size_t number = 0;; ++number) {
        {
            // The consumer may still use the buffer it took last.
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [&] { return m_stopping || number + 1 < m_taken + kBuffers; });
            if (m_stopping)
                return {};
        }
        Buffer& buffer = m_buffers.at(number % kBuffers);
        TRY_ASSIGN(buffer.size, reader->read({buffer.bytes.get(), kBufferSize}));
        m_tarHasher.update(buffer.bytes.get(), buffer.size);
        m_tarSize += buffer.size;
        if (m_limits.blobSize == UnpackLimits::kUnknownSize && m_tarSize > mostFrom(m_blobSize))
            return fail(ErrorCode::Untrusted,
                        "the archive unpacks to far more than its compressed size allows",
                        "It looks like a decompression bomb. Do not use it.");
        if (buffer.size == 0)
            return {};
        {
            const std::lock_guard lock(m_mutex);
            m_filled = number + 1;
        }
        m_changed.notify_all();
    }
}

void LayerStream::run() {
    auto result = produce();
    {
        const std::lock_guard lock(m_mutex);
        if (!result)
            m_error = std::move(result).error();
        m_done = true;
    }
    m_changed.notify_all();
}

Result<std::span<const std::uint8_t>> LayerStream::next() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_done || m_filled > m_taken; });
    if (m_filled > m_taken) {
        const Buffer& buffer = m_buffers.at(m_taken % kBuffers);
        ++m_taken;
        m_changed.notify_all();
        return std::span<const std::uint8_t>(buffer.bytes.get(), buffer.size);
    }
    if (m_error)
        return fail(*m_error);
    return std::span<const std::uint8_t>();
}

Result<LayerStream::Summary> LayerStream::summary() {
    const std::lock_guard lock(m_mutex);
    if (m_error)
        return fail(*m_error);
    if (!m_done)
        return fail(ErrorCode::Internal, "the layer was not read to its end");
    return Summary{m_blobHasher.finish(), m_tarHasher.finish(), m_blobSize, m_tarSize};
}

} // namespace escale
