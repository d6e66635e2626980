#include "engine/image/decompress.h"

#include <algorithm>
#include <archive.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <isa-l/igzip_lib.h>
#include <lzma.h>
#include <optional>
#include <string>
#include <utility>
#include <zstd.h>

namespace escale {
namespace {

constexpr std::size_t kInputSize = 256 * 1024;
// Docker and containerd make windows of at most 8 MiB; this is zstd's own default bound, and one of our
// memory's.
constexpr int kLargestZstdWindowLog = 27;
constexpr std::uint64_t kMostXzMemory = 128u << 20; // `xz -9` needs 65 MiB

bool beginsWith(std::span<const std::uint8_t> head, std::string_view magic) {
    return head.size() >= magic.size() && std::memcmp(head.data(), magic.data(), magic.size()) == 0;
}

bool isZstd(std::span<const std::uint8_t> head) {
    if (head.size() < 4)
        return false;
    const std::uint32_t magic =
        static_cast<std::uint32_t>(head[0]) | static_cast<std::uint32_t>(head[1]) << 8 |
        static_cast<std::uint32_t>(head[2]) << 16 | static_cast<std::uint32_t>(head[3]) << 24;
    return magic == ZSTD_MAGICNUMBER || (magic & ZSTD_MAGIC_SKIPPABLE_MASK) == ZSTD_MAGIC_SKIPPABLE_START;
}

class PlainReader final : public Decompressor {
public:
    explicit PlainReader(Source source)
        : Decompressor(std::move(source)) {}

private:
    Result<std::size_t> step(std::span<std::uint8_t> out) override {
        TRY_ASSIGN(const bool more, refill());
        if (!more)
            return 0;
        const std::size_t size = std::min(out.size(), m_pending.size());
        std::memcpy(out.data(), m_pending.data(), size);
        m_pending = m_pending.subspan(size);
        return size;
    }
};

class GzipReader final : public Decompressor {
public:
    explicit GzipReader(Source source)
        : Decompressor(std::move(source))
        , m_state(std::make_unique<inflate_state>()) {
        startMember();
    }

private:
    void startMember() {
        isal_inflate_init(m_state.get());
        m_state->crc_flag = ISAL_GZIP; // parse the header, verify CRC-32 and length of the trailer
    }

    /// False after the last member.
    Result<bool> nextMember() {
        TRY_ASSIGN(const bool more, refill());
        if (!more)
            return false;
        if (m_pending[0] != 0x1f) {
            TRY(expectPadding());
            return false;
        }
        startMember();
        return true;
    }

    Result<std::size_t> step(std::span<std::uint8_t> out) override {
        for (;;) {
            if (m_state->block_state == ISAL_BLOCK_FINISH) {
                TRY_ASSIGN(const bool another, nextMember());
                if (!another)
                    return 0;
            }
            TRY(refill());
            m_state->next_in = const_cast<std::uint8_t*>(m_pending.data());
            m_state->avail_in = static_cast<std::uint32_t>(m_pending.size());
            m_state->next_out = out.data();
            m_state->avail_out = static_cast<std::uint32_t>(out.size());
            const int status = isal_inflate(m_state.get());
            if (status == ISAL_INCORRECT_CHECKSUM)
                return corrupt("its gzip checksum is wrong");
            if (status < 0 || status == ISAL_NEED_DICT)
                return corrupt("it is no valid gzip stream");
            const bool stuck = m_state->avail_in == m_pending.size();
            m_pending = m_pending.last(m_state->avail_in);
            const std::size_t size = out.size() - m_state->avail_out;
            if (size > 0)
                return size;
            if (stuck && m_state->block_state != ISAL_BLOCK_FINISH)
                return corrupt("its gzip stream ends in the middle");
        }
    }

    std::unique_ptr<inflate_state> m_state;
};

class ZstdReader final : public Decompressor {
public:
    explicit ZstdReader(Source source)
        : Decompressor(std::move(source))
        , m_context(ZSTD_createDCtx()) {
        ZSTD_DCtx_setParameter(m_context.get(), ZSTD_d_windowLogMax, kLargestZstdWindowLog);
    }

private:
    struct Free {
        void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
    };

    Result<std::size_t> step(std::span<std::uint8_t> out) override {
        for (;;) {
            TRY_ASSIGN(const bool more, refill());
            if (m_betweenFrames) {
                if (!more)
                    return 0;
                if (m_pending[0] == 0) {
                    TRY(expectPadding());
                    return 0;
                }
            }
            ZSTD_inBuffer input{m_pending.data(), m_pending.size(), 0};
            ZSTD_outBuffer output{out.data(), out.size(), 0};
            const std::size_t status = ZSTD_decompressStream(m_context.get(), &output, &input);
            if (ZSTD_isError(status) != 0)
                return corrupt(std::string("it is no valid zstd stream: ") + ZSTD_getErrorName(status));
            const bool stuck = input.pos == 0 && output.pos == 0;
            m_pending = m_pending.subspan(input.pos);
            m_betweenFrames = status == 0;
            if (output.pos > 0)
                return output.pos;
            if (stuck && !m_betweenFrames)
                return corrupt("its zstd stream ends in the middle");
        }
    }

    std::unique_ptr<ZSTD_DCtx, Free> m_context;
    bool m_betweenFrames = false;
};

class XzReader final : public Decompressor {
public:
    explicit XzReader(Source source)
        : Decompressor(std::move(source)) {
        m_begun = lzma_stream_decoder(&m_stream, kMostXzMemory, LZMA_CONCATENATED) == LZMA_OK;
    }
    ~XzReader() override { lzma_end(&m_stream); }

private:
    Result<std::size_t> step(std::span<std::uint8_t> out) override {
        if (!m_begun)
            return fail(ErrorCode::Internal, "no memory for a decompressor");
        m_stream.next_out = out.data();
        m_stream.avail_out = out.size();
        while (!m_ended && m_stream.avail_out == out.size()) {
            TRY_ASSIGN(const bool more, refill());
            m_stream.next_in = m_pending.data();
            m_stream.avail_in = m_pending.size();
            const lzma_ret status = lzma_code(&m_stream, more ? LZMA_RUN : LZMA_FINISH);
            m_pending = m_pending.last(m_stream.avail_in);
            m_ended = status == LZMA_STREAM_END;
            if (status == LZMA_MEMLIMIT_ERROR)
                return corrupt("it wants more than " + std::to_string(kMostXzMemory >> 20) +
                               " MiB of memory to be decompressed");
            if (status == LZMA_BUF_ERROR)
                return corrupt("its xz stream ends in the middle");
            if (status != LZMA_OK && status != LZMA_STREAM_END)
                return corrupt("it is no valid xz stream");
        }
        return out.size() - m_stream.avail_out;
    }

    lzma_stream m_stream = LZMA_STREAM_INIT;
    bool m_begun = false;
    bool m_ended = false;
};

/// By libarchive.
class Bzip2Reader final : public Decompressor {
public:
    explicit Bzip2Reader(Source source)
        : Decompressor(std::move(source))
        , m_archive(archive_read_new()) {}

private:
    struct Free {
        void operator()(archive* reader) const { archive_read_free(reader); }
    };

    static la_ssize_t readCallback(archive* reader, void* self, const void** bytes) {
        auto& stream = *static_cast<Bzip2Reader*>(self);
        const auto more = stream.refill();
        if (!more) {
            stream.m_sourceError = more.error();
            archive_set_error(reader, EIO, "the stream failed");
            return -1;
        }
        // Read by libarchive before it asks for the next one, which refill() then brings.
        const auto piece = std::exchange(stream.m_pending, {});
        *bytes = piece.data();
        return static_cast<la_ssize_t>(piece.size());
    }

    tl::unexpected<Error> readError() {
        if (m_sourceError)
            return fail(*m_sourceError);
        const char* text = archive_error_string(m_archive.get());
        return corrupt(text != nullptr ? text : "it cannot be decompressed");
    }

    Result<void> begin() {
        archive* reader = m_archive.get();
        if (reader == nullptr)
            return fail(ErrorCode::Internal, "no memory for a decompressor");
        archive_read_support_filter_bzip2(reader);
        archive_read_support_format_raw(reader);
        archive_read_support_format_empty(reader);
        archive_entry* entry = nullptr;
        if (archive_read_open(reader, this, nullptr, readCallback, nullptr) < ARCHIVE_WARN ||
            (archive_read_next_header(reader, &entry) < ARCHIVE_WARN))
            return readError();
        m_begun = true;
        return {};
    }

    Result<std::size_t> step(std::span<std::uint8_t> out) override {
        if (!m_begun)
            TRY(begin());
        const la_ssize_t size = archive_read_data(m_archive.get(), out.data(), out.size());
        if (size < 0)
            return readError();
        return static_cast<std::size_t>(size);
    }

    std::unique_ptr<archive, Free> m_archive;
    std::optional<Error> m_sourceError;
    bool m_begun = false;
};

} // namespace

StreamForm streamForm(std::span<const std::uint8_t> head) {
    if (beginsWith(head, "\x1f\x8b"))
        return StreamForm::Gzip;
    if (isZstd(head))
        return StreamForm::Zstd;
    if (beginsWith(head, std::string_view("\xfd\x37zXZ\0", 6)))
        return StreamForm::Xz;
    return beginsWith(head, "BZh") ? StreamForm::Bzip2 : StreamForm::Plain;
}

Decompressor::Decompressor(Source source)
    : m_source(std::move(source))
    , m_input(std::make_unique<std::uint8_t[]>(kInputSize)) {}

tl::unexpected<Error> Decompressor::corrupt(const std::string& what) const {
    return fail(ErrorCode::Untrusted, std::string(m_limits.subject) + " is corrupt: " + what,
                "The copy may be damaged: get it again, or ask who made it.");
}

Decompressor::~Decompressor() = default;

Result<std::unique_ptr<Decompressor>> Decompressor::open(Source source, LayerCompression promised,
                                                         Limits limits) {
    // A short read must not hide the magic number.
    auto head = std::make_unique<std::uint8_t[]>(kInputSize);
    std::size_t size = 0;
    bool ended = false;
    while (size < kStreamHead && !ended) {
        TRY_ASSIGN(const std::size_t got, source({head.get() + size, kInputSize - size}));
        ended = got == 0;
        size += got;
    }
    const std::span<const std::uint8_t> start(head.get(), size);
    std::unique_ptr<Decompressor> reader;
    const StreamForm form = streamForm(start);
    switch (form) {
    case StreamForm::Gzip:
        reader = std::make_unique<GzipReader>(std::move(source));
        break;
    case StreamForm::Zstd:
        reader = std::make_unique<ZstdReader>(std::move(source));
        break;
    case StreamForm::Xz:
        reader = std::make_unique<XzReader>(std::move(source));
        break;
    case StreamForm::Bzip2:
        reader = std::make_unique<Bzip2Reader>(std::move(source));
        break;
    case StreamForm::Plain:
        reader = std::make_unique<PlainReader>(std::move(source));
        break;
    }
    reader->m_limits = limits;
    if (form == StreamForm::Plain && promised != LayerCompression::None)
        return reader->corrupt(promised == LayerCompression::Gzip ? "it should be gzip and is not"
                                                                  : "it should be zstd and is not");
    reader->m_input = std::move(head);
    reader->m_pending = start;
    reader->m_sourceEnded = ended;
    return reader;
}

Result<bool> Decompressor::refill() {
    if (!m_pending.empty())
        return true;
    if (m_sourceEnded)
        return false;
    TRY_ASSIGN(const std::size_t size, m_source({m_input.get(), kInputSize}));
    m_pending = {m_input.get(), size};
    m_sourceEnded = size == 0;
    return size > 0;
}

Result<void> Decompressor::expectPadding() {
    for (;;) {
        TRY_ASSIGN(const bool more, refill());
        if (!more)
            return {};
        if (std::any_of(m_pending.begin(), m_pending.end(), [](std::uint8_t byte) { return byte != 0; }))
            return corrupt("something else follows its end");
        m_pending = {};
    }
}

Result<std::size_t> Decompressor::read(std::span<std::uint8_t> out) {
    std::size_t filled = 0;
    while (filled < out.size() && !m_ended) {
        TRY_ASSIGN(const std::size_t size, step(out.subspan(filled)));
        m_ended = size == 0;
        filled += size;
        m_produced += size;
        if (m_produced > m_limits.produced)
            return fail(ErrorCode::Untrusted,
                        std::string(m_limits.subject) + " unpacks to more than " +
                            std::to_string(m_limits.produced >> 20) +
                            " MiB, far too much for its compressed size",
                        "It looks like a decompression bomb. Do not use this image.");
    }
    return filled;
}

} // namespace escale
