#include "engine/image/compress.h"

#include <array>
#include <isa-l/igzip_lib.h>
#include <string>
#include <vector>
#include <zstd.h>

namespace escale {
namespace {

constexpr std::size_t kOutputSize = 256 * 1024;
constexpr int kZstdLevel = 3; // its own default, and what registries' clients use

class Plain final : public Compressor {
public:
    explicit Plain(Sink sink)
        : Compressor(std::move(sink)) {}
    Result<void> add(std::span<const std::uint8_t> bytes) override { return m_sink(bytes); }
    Result<void> finish() override { return {}; }
};

class Gzip final : public Compressor {
public:
    explicit Gzip(Sink sink)
        : Compressor(std::move(sink))
        , m_level(std::make_unique<std::uint8_t[]>(ISAL_DEF_LVL1_LARGE))
        , m_output(std::make_unique<std::uint8_t[]>(kOutputSize)) {
        isal_deflate_init(m_stream.get());
        m_stream->level = 1;
        m_stream->level_buf = m_level.get();
        m_stream->level_buf_size = ISAL_DEF_LVL1_LARGE;
        m_stream->gzip_flag = IGZIP_GZIP;
    }
    Result<void> add(std::span<const std::uint8_t> bytes) override {
        return bytes.empty() ? Result<void>() : run(bytes, false);
    }
    Result<void> finish() override { return run({}, true); }

private:
    Result<void> run(std::span<const std::uint8_t> bytes, bool isLast) {
        m_stream->end_of_stream = isLast ? 1 : 0;
        m_stream->next_in = const_cast<std::uint8_t*>(bytes.data());
        m_stream->avail_in = static_cast<std::uint32_t>(bytes.size());
        do {
            m_stream->next_out = m_output.get();
            m_stream->avail_out = kOutputSize;
            if (isal_deflate(m_stream.get()) != COMP_OK)
                return fail(ErrorCode::Internal, "cannot compress with gzip");
            const std::size_t size = kOutputSize - m_stream->avail_out;
            if (size > 0)
                TRY(m_sink({m_output.get(), size}));
        } while (m_stream->avail_out == 0 || (isLast && m_stream->internal_state.state != ZSTATE_END));
        return {};
    }

    std::unique_ptr<isal_zstream> m_stream = std::make_unique<isal_zstream>();
    std::unique_ptr<std::uint8_t[]> m_level;
    std::unique_ptr<std::uint8_t[]> m_output;
};

class Zstd final : public Compressor {
public:
    Zstd(Sink sink, unsigned threads)
        : Compressor(std::move(sink))
        , m_context(ZSTD_createCCtx())
        , m_output(ZSTD_CStreamOutSize()) {
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_compressionLevel, kZstdLevel);
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_checksumFlag, 1);
        // A library that was built without threads refuses, and does it in this one.
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_nbWorkers, static_cast<int>(threads));
    }
    Result<void> add(std::span<const std::uint8_t> bytes) override { return run(bytes, ZSTD_e_continue); }
    Result<void> finish() override { return run({}, ZSTD_e_end); }

private:
    struct Free {
        void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    };
    Result<void> run(std::span<const std::uint8_t> bytes, ZSTD_EndDirective directive) {
        ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
        for (;;) {
            ZSTD_outBuffer output{m_output.data(), m_output.size(), 0};
            const std::size_t left = ZSTD_compressStream2(m_context.get(), &output, &input, directive);
            if (ZSTD_isError(left) != 0)
                return fail(ErrorCode::Internal,
                            std::string("cannot compress with zstd: ") + ZSTD_getErrorName(left));
            if (output.pos > 0)
                TRY(m_sink(std::span<const std::uint8_t>(m_output).first(output.pos)));
            if (directive == ZSTD_e_end ? left == 0 : input.pos == input.size)
                return {};
        }
    }

    std::unique_ptr<ZSTD_CCtx, Free> m_context;
    std::vector<std::uint8_t> m_output;
};

} // namespace

Compressor::Compressor(Sink sink)
    : m_sink(std::move(sink)) {}

Compressor::~Compressor() = default;

Result<std::unique_ptr<Compressor>> Compressor::create(LayerCompression compression, Sink sink,
                                                       unsigned threads) {
    switch (compression) {
    case LayerCompression::None:
        return std::make_unique<Plain>(std::move(sink));
    case LayerCompression::Gzip:
        return std::make_unique<Gzip>(std::move(sink));
    case LayerCompression::Zstd:
        return std::make_unique<Zstd>(std::move(sink), threads);
    }
    return fail(ErrorCode::InvalidArgument, "an unknown compression");
}

} // namespace escale
