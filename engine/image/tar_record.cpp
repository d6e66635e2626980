#include "engine/image/tar_record.h"

#include "engine/image/tar_entry.h"
#include "engine/store/tar_record_head.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <vector>
#include <zstd.h>

namespace escale {
namespace {

// Headers are much alike: the quickest level leaves a tenth of them or less.
constexpr int kLevel = 1;
constexpr int kWindowLog = 18;
constexpr std::size_t kBufferSize = 128 * 1024;

tl::unexpected<Error> damaged(const std::string& why) {
    return fail(ErrorCode::Untrusted, "the record of the layer's archive is damaged: " + why,
                "Remove the image and pull it again.");
}

} // namespace

/// The zstd stream, behind the place of the head.
class TarRecorder::Output {
public:
    explicit Output(int file)
        : m_file(file)
        , m_context(ZSTD_createCCtx())
        , m_compressed(ZSTD_CStreamOutSize()) {
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_compressionLevel, kLevel);
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_windowLog, kWindowLog);
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_checksumFlag, 1);
        m_plain.reserve(kBufferSize);
    }

    Result<void> step(TarRecordReader::Kind kind) {
        const char byte = static_cast<char>(kind);
        return bytes({&byte, 1});
    }
    Result<void> number(std::uint64_t value) {
        std::array<char, 10> encoded{};
        std::size_t size = 0;
        do {
            encoded.at(size++) = static_cast<char>((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
            value >>= 7;
        } while (value != 0);
        return bytes(std::span(encoded).first(size));
    }
    Result<void> bytes(std::span<const char> some) {
        if (m_plain.size() + some.size() > kBufferSize)
            TRY(flush());
        if (some.size() > kBufferSize)
            return compress(some, ZSTD_e_continue);
        m_plain.append(some.data(), some.size());
        return {};
    }
    /// The head, too.
    Result<void> finish(TarRecordHead head) {
        TRY(compress(m_plain, ZSTD_e_end));
        head.recordSize = m_end;
        return writeAt(m_file, 0, {reinterpret_cast<const char*>(&head), sizeof head}, kWhat);
    }

private:
    static constexpr const char* kWhat = "the record of the layer's archive";
    struct Free {
        void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    };

    Result<void> flush() {
        TRY(compress(m_plain, ZSTD_e_continue));
        m_plain.clear();
        return {};
    }
    Result<void> compress(std::span<const char> some, ZSTD_EndDirective directive) {
        ZSTD_inBuffer input{some.data(), some.size(), 0};
        for (;;) {
            ZSTD_outBuffer output{m_compressed.data(), m_compressed.size(), 0};
            const std::size_t left = ZSTD_compressStream2(m_context.get(), &output, &input, directive);
            if (ZSTD_isError(left) != 0)
                return fail(ErrorCode::Internal,
                            std::string("cannot compress ") + kWhat + ": " + ZSTD_getErrorName(left));
            TRY(writeAt(m_file, m_end, std::span(m_compressed).first(output.pos), kWhat));
            m_end += output.pos;
            if (directive == ZSTD_e_end ? left == 0 : input.pos == input.size)
                return {};
        }
    }

    int m_file;
    std::unique_ptr<ZSTD_CCtx, Free> m_context;
    std::string m_plain;
    std::vector<char> m_compressed;
    std::uint64_t m_end = sizeof(TarRecordHead);
};

using Kind = TarRecordReader::Kind;

TarRecorder::TarRecorder(int file)
    : m_output(std::make_unique<Output>(file)) {}

TarRecorder::~TarRecorder() = default;

void TarRecorder::beginPiece(std::span<const std::uint8_t> piece) {
    m_piece = piece;
    m_seen += piece.size();
}

Result<void> TarRecorder::endPiece() {
    TRY(addRaw(m_piece.last(m_seen - m_recorded)));
    m_recorded = m_seen;
    m_piece = {};
    return {};
}

Result<void> TarRecorder::addRaw(std::span<const std::uint8_t> bytes) {
    if (bytes.empty())
        return {};
    TRY(endStretch());
    TRY(m_output->step(Kind::Raw));
    TRY(m_output->number(bytes.size()));
    return m_output->bytes({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Result<void> TarRecorder::endStretch() {
    if (m_stretchSize == 0)
        return {};
    TRY(m_output->step(Kind::Content));
    TRY(m_output->number(m_stretchStart));
    TRY(m_output->number(m_stretchSize));
    m_stretchSize = 0;
    return {};
}

void TarRecorder::beginFile(const EntryPath& path) {
    m_path = path.text();
    m_isNamed = false;
}

Result<void> TarRecorder::addContent(std::uint64_t tarOffset, std::uint64_t fileOffset,
                                     std::span<const char> bytes) {
    // The reader has a copy of its own where two pieces share what it looked at.
    const std::uint64_t begin = std::max(tarOffset, m_recorded);
    const std::uint64_t end = tarOffset + bytes.size();
    if (begin >= end || end > m_seen)
        return {};
    const auto here = m_piece.subspan(begin - (m_seen - m_piece.size()), end - begin);
    const auto content = bytes.last(end - begin);
    if (static_cast<const void*>(here.data()) != content.data() &&
        std::memcmp(here.data(), content.data(), here.size()) != 0)
        return {};
    TRY(addRaw(m_piece.subspan(m_recorded - (m_seen - m_piece.size()), begin - m_recorded)));
    fileOffset += begin - tarOffset;
    if (m_stretchSize > 0 && m_stretchStart + m_stretchSize != fileOffset)
        TRY(endStretch());
    if (!m_isNamed)
        TRY(nameFile());
    if (m_stretchSize == 0)
        m_stretchStart = fileOffset;
    m_stretchSize += content.size();
    m_recorded = end;
    return {};
}

Result<void> TarRecorder::nameFile() {
    const std::hash<std::string_view> hash;
    TRY(endStretch());
    TRY(m_output->step(Kind::File));
    TRY(m_output->number(m_path.size()));
    TRY(m_output->bytes(m_path));
    m_files.insert_or_assign(hash(m_path), m_count++);
    std::string_view folder = m_path;
    for (auto end = folder.rfind('/'); end != std::string_view::npos; end = folder.rfind('/')) {
        folder = folder.substr(0, end);
        if (!m_folders.insert(hash(folder)).second)
            break; // so are those above it
    }
    m_isNamed = true;
    return {};
}

Result<void> TarRecorder::beforeEntry(const EntryPath& path, bool isFolder, LayerSink& sink) {
    const std::size_t hash = std::hash<std::string_view>()(path.text());
    if (!isFolder && m_folders.contains(hash))
        m_flags |= TarRecordHead::kIncomplete;
    const auto known = m_files.find(hash);
    if (known == m_files.end())
        return {};
    const std::uint32_t number = known->second;
    m_files.erase(known);
    const auto content = sink.readBack(path, kMostReplacedBytes - m_replacedBytes);
    if (!content || content->empty()) {
        m_flags |= TarRecordHead::kIncomplete;
        return {};
    }
    m_replacedBytes += content->size();
    m_flags |= TarRecordHead::kHasReplaced;
    TRY(endStretch());
    TRY(m_output->step(Kind::Replaced));
    TRY(m_output->number(number));
    TRY(m_output->number(content->size()));
    return m_output->bytes(*content);
}

Result<void> TarRecorder::finish() {
    TRY(endStretch());
    TRY(m_output->step(Kind::End));
    return m_output->finish({.flags = m_flags, .tarSize = m_seen});
}

/// The stream, decompressed into a buffer.
class TarRecordReader::Input {
public:
    explicit Input(int file)
        : m_file(file)
        , m_context(ZSTD_createDCtx())
        , m_compressed(kBufferSize)
        , m_plain(kBufferSize) {
        ZSTD_DCtx_setParameter(m_context.get(), ZSTD_d_windowLogMax, kWindowLog);
    }

    /// At most `most` bytes, at least one.
    Result<std::span<const std::uint8_t>> some(std::uint64_t most) {
        while (m_left.empty())
            TRY(fill());
        const auto part = m_left.first(std::min<std::uint64_t>(most, m_left.size()));
        m_left = m_left.subspan(part.size());
        return part;
    }
    Result<std::uint64_t> number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 63; shift += 7) {
            TRY_ASSIGN(const auto byte, some(1));
            value |= std::uint64_t{byte[0] & 0x7fU} << shift;
            if ((byte[0] & 0x80U) == 0)
                return value;
        }
        return damaged("a number is too long");
    }

private:
    struct Free {
        void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
    };

    Result<void> fill() {
        if (m_input.pos == m_input.size && !m_isFlushing) {
            const ssize_t size =
                ::pread(m_file, m_compressed.data(), m_compressed.size(), static_cast<off_t>(m_offset));
            if (size < 0)
                return failErrno("cannot read the record of the layer's archive");
            if (size == 0)
                return damaged("it ends in the middle");
            m_offset += static_cast<std::uint64_t>(size);
            m_input = {m_compressed.data(), static_cast<std::size_t>(size), 0};
        }
        ZSTD_outBuffer output{m_plain.data(), m_plain.size(), 0};
        const std::size_t status = ZSTD_decompressStream(m_context.get(), &output, &m_input);
        if (ZSTD_isError(status) != 0)
            return damaged(ZSTD_getErrorName(status));
        m_isFlushing = output.pos == output.size; // there may be more without further input
        m_left = std::span<const std::uint8_t>(m_plain).first(output.pos);
        return {};
    }

    int m_file;
    std::unique_ptr<ZSTD_DCtx, Free> m_context;
    std::vector<std::uint8_t> m_compressed;
    std::vector<std::uint8_t> m_plain;
    std::uint64_t m_offset = sizeof(TarRecordHead);
    ZSTD_inBuffer m_input{};
    bool m_isFlushing = false;
    std::span<const std::uint8_t> m_left;
};

TarRecordReader::TarRecordReader(int record)
    : m_input(std::make_unique<Input>(record)) {}

TarRecordReader::~TarRecordReader() = default;

Result<TarRecordReader::Step> TarRecordReader::nextPart() {
    TRY_ASSIGN(m_step.bytes, m_input->some(m_left));
    m_left -= m_step.bytes.size();
    return m_step;
}

Result<TarRecordReader::Step> TarRecordReader::next() {
    if (m_left > 0)
        return nextPart();
    TRY_ASSIGN(const auto kind, m_input->some(1));
    m_step = {.kind = static_cast<Kind>(kind[0])};
    switch (m_step.kind) {
    case Kind::Raw: {
        TRY_ASSIGN(m_left, m_input->number());
        break;
    }
    case Kind::Replaced: {
        TRY_ASSIGN(m_step.number, m_input->number());
        TRY_ASSIGN(m_step.length, m_input->number());
        m_left = m_step.length;
        break;
    }
    case Kind::File: {
        TRY_ASSIGN(std::uint64_t size, m_input->number());
        if (size > kLongestEntryPath)
            return damaged("a path is too long");
        while (size > 0) {
            TRY_ASSIGN(const auto part, m_input->some(size));
            m_step.path.append(reinterpret_cast<const char*>(part.data()), part.size());
            size -= part.size();
        }
        return m_step;
    }
    case Kind::Content: {
        TRY_ASSIGN(m_step.offset, m_input->number());
        TRY_ASSIGN(m_step.length, m_input->number());
        return m_step;
    }
    case Kind::End:
        return m_step;
    default:
        return damaged("an unknown step");
    }
    if (m_left == 0)
        return damaged("a step without bytes");
    return nextPart();
}

} // namespace escale
