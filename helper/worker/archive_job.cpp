// Reads images from an archive that somebody has passed: a file in place, what comes through a pipe or is
// compressed from a spool, an OCI layout from its folder.
#include "engine/base/file.h"
#include "engine/image/decompress.h"
#include "engine/image/image_archive.h"
#include "engine/image/tar_index.h"
#include "engine/image/unpack.h"
#include "helper/worker/archive_protocol.h"
#include "helper/worker/jobs.h"
#include "helper/worker/serve_layers.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale::worker {
namespace {

constexpr std::size_t kPiece = 256 * 1024;
constexpr std::uint64_t kReportEvery = 4u << 20; // bytes

Result<std::size_t> readAt(int file, std::uint64_t offset, std::span<std::uint8_t> out) {
    ssize_t size = 0;
    do {
        size = ::pread(file, out.data(), out.size(), static_cast<off_t>(offset));
    } while (size < 0 && errno == EINTR);
    if (size < 0)
        return failErrno("cannot read the archive");
    return static_cast<std::size_t>(size);
}

struct stat statOf(int file) {
    struct stat info {};
    if (::fstat(file, &info) != 0)
        info = {};
    return info;
}

Result<std::unique_ptr<ArchiveMembers>> indexOf(int file) {
    TRY_ASSIGN(auto index,
               TarIndex::read([file](std::uint64_t offset,
                                     std::span<std::uint8_t> out) { return readAt(file, offset, out); },
                              static_cast<std::uint64_t>(statOf(file).st_size)));
    return std::unique_ptr<ArchiveMembers>(std::move(index));
}

/// An OCI layout as a folder; what is opened stays beneath it, and no link is followed.
class LayoutFolder final : public ArchiveMembers {
public:
    explicit LayoutFolder(int folder)
        : m_folder(folder) {}

    [[nodiscard]] Result<std::optional<ArchiveMember>> find(const std::string& path) const override {
        // Not to wait for the other end of a named pipe.
        auto opened = openBeneath(m_folder, path, O_RDONLY | O_NONBLOCK);
        if (!opened && opened.error().code == ErrorCode::NotFound)
            return std::optional<ArchiveMember>();
        if (!opened)
            return fail(std::move(opened).error());
        const auto file = std::make_shared<const UniqueFd>(*std::move(opened));
        const struct stat info = statOf(file->get());
        if (!S_ISREG(info.st_mode))
            return fail(ErrorCode::Untrusted, path + " in the layout is no file");
        return std::optional(ArchiveMember{static_cast<std::uint64_t>(info.st_size),
                                           [file](std::uint64_t offset, std::span<std::uint8_t> out) {
                                               return readAt(file->get(), offset, out);
                                           }});
    }

private:
    int m_folder;
};

/// The input, decompressed, into the spool.
class Spooling {
public:
    Spooling(const MessageChannel& channel, int input, int spool)
        : m_channel(channel)
        , m_input(input)
        , m_spool(spool) {}
    Result<void> run();

private:
    Result<std::size_t> readInput(std::span<std::uint8_t> out);
    void report(bool now);

    const MessageChannel& m_channel;
    int m_input;
    int m_spool;
    std::uint64_t m_received = 0;
    std::uint64_t m_reported = 0;
};

Result<std::size_t> Spooling::readInput(std::span<std::uint8_t> out) {
    ssize_t size = 0;
    do {
        pollfd ready{m_input, POLLIN, 0}; // it may be one that does not wait
        (void)::poll(&ready, 1, -1);
        size = ::read(m_input, out.data(), out.size());
    } while (size < 0 && (errno == EINTR || errno == EAGAIN));
    if (size < 0)
        return failErrno("cannot read the archive");
    m_received += static_cast<std::uint64_t>(size);
    report(false);
    return static_cast<std::size_t>(size);
}

void Spooling::report(bool now) {
    if (!now && m_received - m_reported < kReportEvery)
        return;
    m_reported = m_received;
    MessageWriter message(static_cast<std::uint32_t>(Kind::Received));
    (void)m_channel.send(message.number(kWholeArchive).number(m_received));
}

Result<void> Spooling::run() {
    TRY_ASSIGN(const auto reader,
               Decompressor::open([this](std::span<std::uint8_t> out) { return readInput(out); },
                                  LayerCompression::None,
                                  {.produced = kLargestLayer, .subject = "the archive"}));
    std::vector<std::uint8_t> piece(kPiece);
    for (;;) {
        TRY_ASSIGN(const std::size_t size, reader->read(piece));
        if (size == 0)
            break;
        if (reader->produced() > mostFrom(m_received))
            return fail(ErrorCode::Untrusted,
                        "the archive unpacks to far more than its compressed size allows",
                        "It looks like a decompression bomb. Do not use it.");
        auto written = writeAll(m_spool, {reinterpret_cast<const char*>(piece.data()), size},
                                "the archive's copy on the disk");
        if (!written && written.error().code == ErrorCode::NoSpace)
            written.error().hint = "An archive that is compressed, or comes through a pipe, is put on the "
                                   "disk before its images "
                                   "are. Free some space, or unpack it to another disk and load that file.";
        if (!written)
            return fail(std::move(written).error());
    }
    report(true);
    return {};
}

Result<bool> isReadInPlace(int input) {
    if (!S_ISREG(statOf(input).st_mode))
        return false;
    std::array<std::uint8_t, kStreamHead> head{};
    TRY_ASSIGN(const std::size_t size, readAt(input, 0, head));
    return streamForm(std::span(head).first(size)) == StreamForm::Plain;
}

Result<std::unique_ptr<ArchiveMembers>> membersOf(const MessageChannel& channel,
                                                  const ArchiveRequest& request) {
    const int input = request.input.get();
    if (isFolder(input))
        return std::unique_ptr<ArchiveMembers>(std::make_unique<LayoutFolder>(input));
    TRY_ASSIGN(const bool inPlace, isReadInPlace(input));
    if (inPlace)
        return indexOf(input);
    if (S_ISREG(statOf(input).st_mode) && ::lseek(input, 0, SEEK_SET) != 0)
        return failErrno("cannot read the archive from its beginning");
    TRY(Spooling(channel, input, request.spool.get()).run());
    return indexOf(request.spool.get());
}

Result<void> sendDocumentsOf(const MessageChannel& channel, ImageArchive& archive, Message& message,
                             const Platform& platform) {
    if (message.kind() != static_cast<std::uint32_t>(Kind::WantImage))
        return takeNoOther(message);
    TRY_ASSIGN(const std::uint64_t number, message.number());
    TRY(message.end());
    if (number >= archive.count())
        return fail(ErrorCode::Internal, "the archive has no image " + std::to_string(number));
    TRY_ASSIGN(ImageDocuments found, archive.documents(number, platform));
    const Documents documents{
        {}, std::move(found.manifest), std::move(found.config), {}, std::move(found.manifestType)};
    TRY(sendDocuments(channel, documents));
    MessageWriter resolved(static_cast<std::uint32_t>(Kind::Resolved));
    return channel.send(resolved.text(documents.indexType).text(documents.manifestType));
}

Result<void> bring(const ImageArchive& archive, const LayerRequest& layer, LayerPipe& pipe) {
    TRY_ASSIGN(const Digest digest, Digest::parse(layer.digest));
    TRY_ASSIGN(const ArchiveMember member, archive.layer(digest));
    if (member.size != layer.size)
        return fail(ErrorCode::Untrusted, "layer " + digest.toString() + " has " +
                                              std::to_string(member.size) + " bytes in the archive, not " +
                                              std::to_string(layer.size) + " as its manifest says");
    std::vector<std::uint8_t> piece(kPiece);
    std::uint64_t reported = 0;
    for (std::uint64_t done = 0; done < member.size;) {
        TRY_ASSIGN(const std::size_t size, member.read(done, piece));
        if (size == 0)
            return fail(ErrorCode::Untrusted,
                        "layer " + digest.toString() + " ends in the middle of the archive");
        TRY(pipe.write({reinterpret_cast<const char*>(piece.data()), size}));
        done += size;
        if (done - reported >= kReportEvery) {
            reported = done;
            pipe.received(done);
        }
    }
    return {};
}

} // namespace

Result<void> archive(const MessageChannel& channel, const ArchiveRequest& request) {
    TRY_ASSIGN(const Platform platform, Platform::parse(request.platform));
    TRY_ASSIGN(auto members, membersOf(channel, request));
    TRY_ASSIGN(ImageArchive archive, ImageArchive::open(std::move(members)));
    for (std::size_t i = 0; i < archive.count(); ++i) {
        TRY(sendArchivedImage(channel, {archive.names(i), archive.tag(i)}));
    }
    TRY(channel.send(MessageWriter(static_cast<std::uint32_t>(Kind::ArchiveOpened))));
    return serveLayers(
        channel,
        [&archive](const LayerRequest& layer, LayerPipe& pipe) { return bring(archive, layer, pipe); },
        [&](Message& message) { return sendDocumentsOf(channel, archive, message, platform); });
}

} // namespace escale::worker
