#include "helper/worker/archive_protocol.h"

#include "engine/image/image_archive.h"

namespace escale::worker {

Result<void> sendArchive(const MessageChannel& channel, const std::string& platform, uid_t owner, int input,
                         int spool) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::Archive));
    return channel.send(message.text(platform).number(owner).fd(input).fd(spool));
}

Result<ArchiveRequest> readArchive(Message& message) {
    ArchiveRequest request;
    TRY_ASSIGN(request.platform, message.text());
    TRY_ASSIGN(const std::uint64_t owner, message.number());
    request.owner = static_cast<uid_t>(owner);
    TRY_ASSIGN(request.input, message.fd());
    TRY_ASSIGN(request.spool, message.fd());
    TRY(message.end());
    return request;
}

Result<void> sendArchivedImage(const MessageChannel& channel, const ArchivedImage& image) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::ArchivedImage));
    return channel.send(message.texts(image.names).text(image.tag));
}

Result<ArchivedImage> readArchivedImage(Message& message) {
    ArchivedImage image;
    TRY_ASSIGN(image.names, message.texts(ImageArchive::kMostNames));
    TRY_ASSIGN(image.tag, message.text(ImageArchive::kLongestName));
    TRY(message.end());
    for (const std::string& name : image.names) {
        if (name.size() > ImageArchive::kLongestName)
            return fail(ErrorCode::Untrusted, "malformed message: an image's name is too long");
    }
    return image;
}

} // namespace escale::worker
