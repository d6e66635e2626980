#include "engine/image/unpack.h"

#include "engine/image/layer_stream.h"
#include "engine/image/tar_entry.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::uint64_t kGiB = 1u << 30;

class Unpacker {
public:
    Unpacker(LayerStream& stream, LayerSink& sink, const UnpackLimits& limits, TarRecorder* record)
        : m_stream(stream)
        , m_sink(sink)
        , m_limits(limits)
        , m_record(record)
        , m_archive(archive_read_new()) {}

    Result<void> run();
    [[nodiscard]] std::uint64_t entries() const { return m_entries; }
    [[nodiscard]] std::uint64_t size() const { return m_size; }

private:
    struct Free {
        void operator()(archive* reader) const { archive_read_free(reader); }
    };

    static la_ssize_t readCallback(archive* reader, void* self, const void** bytes);
    Result<void> nextPiece();
    tl::unexpected<Error> readError();
    Result<void> unpackEntry(archive_entry* entry);
    Result<void> unpackWhiteout(const EntryPath& path, const WhiteoutName& whiteout, archive_entry* entry);
    Result<void> unpackFile(const EntryPath& path, archive_entry* entry, const EntryAttributes& attributes);
    Result<void> takeContent(std::uint64_t offset, std::span<const char> bytes);
    Result<void> expectPadding();

    LayerStream& m_stream;
    LayerSink& m_sink;
    const UnpackLimits& m_limits;
    TarRecorder* m_record;
    std::unique_ptr<archive, Free> m_archive;
    std::optional<Error> m_streamError;
    std::span<const std::uint8_t> m_piece; // the last one given to libarchive
    std::uint64_t m_pieceEnd = 0;          // its end, from the start of the tar
    std::uint64_t m_entries = 0;
    std::uint64_t m_size = 0;     // written
    std::uint64_t m_declared = 0; // holes included
};

la_ssize_t Unpacker::readCallback(archive* reader, void* self, const void** bytes) {
    auto& unpacker = *static_cast<Unpacker*>(self);
    if (auto next = unpacker.nextPiece(); !next) {
        unpacker.m_streamError = std::move(next).error();
        archive_set_error(reader, EIO, "the stream failed");
        return -1;
    }
    *bytes = unpacker.m_piece.data();
    return static_cast<la_ssize_t>(unpacker.m_piece.size());
}

Result<void> Unpacker::nextPiece() {
    if (m_record != nullptr)
        TRY(m_record->endPiece());
    TRY_ASSIGN(m_piece, m_stream.next());
    m_pieceEnd += m_piece.size();
    if (m_record != nullptr)
        m_record->beginPiece(m_piece);
    return {};
}

tl::unexpected<Error> Unpacker::readError() {
    if (m_streamError)
        return fail(*m_streamError);
    const char* text = archive_error_string(m_archive.get());
    return fail(ErrorCode::Untrusted,
                std::string("the layer is no valid tar archive: ") +
                    (text != nullptr ? text : "unknown error"),
                "The image was made by a broken tool. Ask who pushed it.");
}

Result<void> Unpacker::run() {
    if (!m_archive)
        return fail(ErrorCode::Internal, "no memory for a tar reader");
    const CLocale locale;
    archive* reader = m_archive.get();
    archive_read_support_format_tar(reader);
    archive_read_support_format_empty(reader);
    if (archive_read_open(reader, this, nullptr, readCallback, nullptr) < ARCHIVE_WARN)
        return readError();
    for (;;) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(reader, &entry);
        if (status == ARCHIVE_EOF)
            break;
        // A warning is about a character set (see CLocale) or a pax attribute that libarchive does not know.
        if (status < ARCHIVE_WARN)
            return readError();
        if (++m_entries > m_limits.entries)
            return fail(
                ErrorCode::Untrusted,
                "the layer has more than " + std::to_string(m_limits.entries) + " entries" +
                    (m_limits.blobSize == UnpackLimits::kUnknownSize
                         ? std::string()
                         : ", too many for its size of " + std::to_string(m_limits.blobSize) + " bytes"),
                "It looks like an attack on the disk. Do not use this image.");
        TRY(unpackEntry(entry));
    }
    TRY(expectPadding());
    if (m_record != nullptr)
        TRY(m_record->finish());
    return m_sink.finish();
}

/// tar pads its end with zeros (to 10 KiB by default). Anything else there would be a second, hidden content.
Result<void> Unpacker::expectPadding() {
    const auto consumed =
        static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_filter_bytes(m_archive.get(), 0)));
    const std::uint64_t left =
        std::min<std::uint64_t>(m_pieceEnd - std::min(consumed, m_pieceEnd), m_piece.size());
    auto rest = m_piece.last(left);
    for (;;) {
        if (std::any_of(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte != 0; }))
            return fail(ErrorCode::Untrusted, "the layer's tar archive is followed by something else");
        TRY(nextPiece());
        rest = m_piece;
        if (rest.empty())
            return {};
    }
}

Result<void> Unpacker::unpackEntry(archive_entry* entry) {
    const char* raw = archive_entry_pathname(entry);
    if (raw == nullptr)
        return hostileEntry("", "has no name");
    TRY_ASSIGN(const EntryPath path, parseEntryPath(raw));
    TRY_ASSIGN(const WhiteoutName whiteout, parseWhiteout(path));
    if (whiteout.kind != Whiteout::None)
        return unpackWhiteout(path, whiteout, entry);
    const auto type = archive_entry_filetype(entry);
    if (m_record != nullptr)
        TRY(m_record->beforeEntry(path, type == AE_IFDIR, m_sink));
    if (path.name.empty() && type != AE_IFDIR)
        return hostileEntry(raw, "would replace the layer's root");
    if (const char* target = archive_entry_hardlink(entry); target != nullptr) {
        TRY_ASSIGN(const EntryPath targetPath, parseEntryPath(target));
        return m_sink.makeHardLink(path, targetPath);
    }
    TRY_ASSIGN(EntryAttributes attributes, attributesOfEntry(entry, path.text()));
    switch (type) {
    case AE_IFREG:
        return unpackFile(path, entry, attributes);
    case AE_IFDIR:
        return m_sink.makeDirectory(path, std::move(attributes));
    case AE_IFLNK: {
        const char* target = archive_entry_symlink(entry);
        if (target == nullptr || *target == '\0')
            return hostileEntry(raw, "is a symbolic link to nowhere");
        return m_sink.makeSymlink(path, target, attributes);
    }
    case AE_IFIFO:
        return m_sink.makeFifo(path, attributes);
    case AE_IFCHR:
    case AE_IFBLK:
        // Left out, as rootless engines do: a container gets a /dev of its own, and in its user namespace
        // could open no other device. The record keeps it for whoever the image goes to.
        return {};
    default:
        return hostileEntry(raw, "is of an unknown type");
    }
}

Result<void> Unpacker::unpackWhiteout(const EntryPath& path, const WhiteoutName& whiteout,
                                      archive_entry* entry) {
    if (whiteout.kind == Whiteout::Ignored)
        return {};
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr)
        return hostileEntry(path.text(), "has the name of a whiteout and is no file");
    return whiteout.kind == Whiteout::Opaque ? m_sink.makeOpaque(path.parent)
                                             : m_sink.makeWhiteout(path.parent, whiteout.name);
}

Result<void> Unpacker::unpackFile(const EntryPath& path, archive_entry* entry,
                                  const EntryAttributes& attributes) {
    const auto size = static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_entry_size(entry)));
    if (size > m_limits.fileSize - std::min(m_declared, m_limits.fileSize))
        return hostileEntry(path.text(), "makes the layer larger than " +
                                             std::to_string(m_limits.fileSize / kGiB) + " GiB");
    m_declared += size;
    TRY(m_sink.beginFile(path, size));
    if (m_record != nullptr)
        m_record->beginFile(path);
    const ContentErrors errors{[this] { return readError(); },
                               [&path](const std::string& why) { return hostileEntry(path.text(), why); }};
    TRY_ASSIGN(const std::uint64_t written,
               readEntryContent(m_archive.get(), size, errors,
                                [this](std::uint64_t offset, std::span<const char> bytes) {
                                    return takeContent(offset, bytes);
                                }));
    m_size += written;
    return m_sink.finishFile(attributes);
}

Result<void> Unpacker::takeContent(std::uint64_t offset, std::span<const char> bytes) {
    TRY(m_sink.write(offset, bytes));
    if (m_record == nullptr)
        return {};
    // The reader counts a block as consumed when it is asked for the next one: this is where it begins.
    return m_record->addContent(static_cast<std::uint64_t>(archive_filter_bytes(m_archive.get(), 0)), offset,
                                bytes);
}

} // namespace

std::uint64_t mostFrom(std::uint64_t compressed) {
    return std::clamp(200 * std::min(compressed, kLargestLayer), kGiB, kLargestLayer);
}

UnpackLimits UnpackLimits::forBlob(std::uint64_t blobSize) {
    const std::uint64_t bounded = std::min(blobSize, kLargestLayer);
    return {.blobSize = blobSize,
            .tarSize = mostFrom(blobSize),
            .fileSize = kLargestLayer,
            .entries = std::clamp<std::uint64_t>(bounded / 64, 50'000, 1'000'000)};
}

Result<UnpackedLayer> unpackLayer(int input, LayerSink& sink, LayerCompression promised,
                                  const UnpackLimits& limits, TarRecorder* record) {
    LayerStream stream(input, promised, {.blobSize = limits.blobSize, .tarSize = limits.tarSize});
    Unpacker unpacker(stream, sink, limits, record);
    if (auto done = unpacker.run(); !done) {
        if (done.error().code == ErrorCode::NoSpace && done.error().hint.empty())
            done.error().hint = "Free some space on the disk, or remove images that are not needed.";
        return fail(std::move(done).error());
    }
    TRY_ASSIGN(LayerStream::Summary summary, stream.summary());
    return UnpackedLayer{std::move(summary.diffId), std::move(summary.blobDigest),
                         summary.blobSize,          summary.tarSize,
                         unpacker.size(),           unpacker.entries()};
}

} // namespace escale
