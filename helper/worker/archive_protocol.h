// The words between the helper and `escale-worker archive` that others do not need; see protocol.h.
#pragma once

#include "helper/worker/protocol.h"

#include <sys/types.h>

namespace escale::worker {

/// The number of Received messages that tell of the whole archive, not of a layer.
constexpr std::uint64_t kWholeArchive = UINT64_MAX;

struct ArchiveRequest {
    std::string platform;
    uid_t owner = 0; // whose folder it is, when it is one
    UniqueFd input;
    UniqueFd spool; // an empty file
};

/// One image of an archive, as image/image_archive.h lists it.
struct ArchivedImage {
    std::vector<std::string> names;
    std::string tag;
};

Result<void> sendArchive(const MessageChannel& channel, const std::string& platform, uid_t owner, int input,
                         int spool);
Result<ArchiveRequest> readArchive(Message& message);

Result<void> sendArchivedImage(const MessageChannel& channel, const ArchivedImage& image);
/// Untrusted above the limits.
Result<ArchivedImage> readArchivedImage(Message& message);

} // namespace escale::worker
