// The words between the helper and `escale-worker push` (protocol.h has what they share):
//
//   helper                       escale-worker push (no privileges)             registry
//     |-- Fetch ------------------->|  the target, credentials, how it is reached  |
//     |-- WantBlob* --------------->|-- HEAD; POST …?mount= ---------------------->|
//     |   (with a file, to be sent) |-- HEAD; POST, PATCH*, PUT ------------------>|
//     |<-- Received* ---------------|  bytes of it that were sent                  |
//     |<-- BlobState ---------------|                                              |
//     |-- Document*, NewLayer*, PutManifest -->|-- PUT manifest ------------------->|
//     |<-- ManifestPut -------------|                                              |
//
// Several blobs at once, told apart by their numbers. In place of any answer: Failed.
#pragma once

#include "helper/worker/protocol.h"

#include <map>

namespace escale::worker {

struct BlobRequest {
    std::uint64_t number = 0; // chosen by the helper; the answers carry it
    Digest digest;
    std::uint64_t size = 0;
    std::vector<std::string> mountFrom; // repositories of the same registry that may have it
};

/// What the registry has of a blob now. Absent is the answer only when no file was given.
enum class BlobState : std::uint8_t { Absent, Present, Mounted, Sent };

struct ReceivedBlobRequest {
    BlobRequest request;
    UniqueFd file; // none: it is looked for only
};

struct ManifestRequest {
    std::string tag;
    std::string mediaType;
    std::map<std::size_t, Descriptor> newLayers; // in place of those at these positions
};

/// `file` is borrowed; -1: none.
Result<void> sendBlobRequest(const MessageChannel& channel, const BlobRequest& request, int file);
Result<ReceivedBlobRequest> readBlobRequest(Message& message);
Result<void> sendBlobState(const MessageChannel& channel, std::uint64_t number, BlobState state);
Result<std::pair<std::uint64_t, BlobState>> readBlobState(Message& message);

Result<void> sendManifestRequest(const MessageChannel& channel, const std::string& manifest,
                                 const ManifestRequest& request);
/// One NewLayer message into `request`.
Result<void> takeNewLayer(Message& message, ManifestRequest& request);
Result<void> takeManifestEnd(Message& message, ManifestRequest& request);
/// What is in the registry now.
struct ManifestPut {
    Digest digest;
    std::uint64_t size = 0; // bytes
};
Result<void> sendManifestPut(const MessageChannel& channel, const ManifestPut& put);
Result<ManifestPut> readManifestPut(Message& message);

} // namespace escale::worker
