// The words between the helper and its workers (escale-worker), over base/message_channel.h. The worker's end
// of the socket is its descriptor 3. What the helper reads is checked here field by field: it comes from
// processes that have read a stranger's bytes.
//
//   helper                       escale-worker fetch (no privileges)            registry
//     |-- Fetch ------------------->|  reference, platform, credentials            |
//     |                             |<-- index, manifest, configuration -----------|
//     |<-- Document* ---------------|  their bytes, in pieces                      |
//     |<-- Resolved ----------------|  and their Content-Types                     |
//     |-- WantLayer (pipe) -------->|<-- blob -------------------------------------|
//     |<-- Received* ---------------|  bytes so far                                |
//     |<-- LayerSent ---------------|  all bytes are in the pipe                   |
//     |   (more WantLayer)          |  ends when the helper closes the socket      |
//
//   helper                       escale-worker archive (no privileges, no network; the archive's descriptor
//   alone)
//     |-- Archive (input, spool) -->|  a file, a pipe or a folder; a file to write what cannot be read in
//     place
//     |<-- Received* ---------------|  bytes of the input that went to the spool
//     |<-- ArchivedImage* ----------|  names
//     |<-- ArchiveOpened -----------|
//     |-- WantImage --------------->|
//     |<-- Document*, Resolved -----|  then WantLayer and so on, as from fetch; then the next WantImage
//
//   helper                       escale-worker describe (no privileges, no network)
//     |-- Document*, Describe ----->|  only these bytes, whose digests the helper knows
//     |<-- DescribedLayer* ---------|
//     |<-- SettingTexts* -----------|
//     |<-- Described ---------------|  ends
//
//   helper                       escale-worker unpack (one a layer; in its folder, or with its file alone; no
//   network)
//     |-- Unpack (pipe, layer) ---->|
//     |<-- Unpacked ----------------|  ends
//
// In place of any answer: Failed (code, message, hint).
// The documents are described by a process of its own, which has seen nothing else: what a digest means then
// depends on the bytes of that digest alone, not on a registry that might have taken over the process that
// talked to it.
#pragma once

#include "engine/base/message_channel.h"
#include "engine/image/manifest.h"
#include "engine/registry/credentials.h"
#include "engine/registry/registry_settings.h"
#include "engine/store/store.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace escale::worker {

/// The worker's descriptor of its end of the socket.
constexpr int kChannelFd = 3;

enum class Kind : std::uint32_t {
    Failed = 1,
    Document,
    Fetch,
    Resolved,
    WantLayer,
    Received,
    LayerSent,
    Describe,
    DescribedLayer,
    SettingTexts,
    Described,
    Unpack,
    Unpacked,
    // files_protocol.h
    Files,
    FoundFile,
    FoundChanges,
    FilesMoved,
    FilesDone,
    // layers_protocol.h
    Layers,
    LayerFolder,
    LayersDone,
    // pack_protocol.h
    Pack,
    Packing,
    Packed,
    // archive_protocol.h
    Archive,
    ArchivedImage,
    ArchiveOpened,
    WantImage,
    // push_protocol.h
    WantBlob,
    BlobState,
    NewLayer,
    PutManifest,
    ManifestPut,
    // relay.h
    Relay,
    Relayed,
    // mount_protocol.h
    Mount,
    Mounted,
    // build_protocol.h
    BuildPiece,
    // source_protocol.h
    Source,
    SourceText,
    SourceFetched,
    SourceReceive,
    SourceMoved,
    SourceDigest,
    SourceCopy,
    SourceDone,
    // download_worker.h
    Download,
    DownloadBegun,
    Downloaded,
    // git_worker.h
    Git,
    GitProgress,
    GitDone,
    // agent_worker.h
    Agent,
    AgentReady
};
/// For messages: "Received".
std::string kindName(std::uint32_t kind);

/// The answers of a registry for one image, as bytes.
struct Documents {
    std::string index; // empty: the reference led to a manifest at once
    std::string manifest;
    std::string config;
    std::string indexType; // the Content-Types, which decide where a document does not say its own
    std::string manifestType;
};

struct FetchRequest {
    std::string reference;
    std::string platform;
    std::optional<Credentials> credentials;
    RegistryAccess access;
};

struct LayerRequest {
    std::uint64_t number = 0; // chosen by the helper; the answers carry it
    std::string digest;
    std::uint64_t size = 0;
};

/// What a manifest and its configuration say.
struct Description {
    struct DescribedLayer {
        Digest diffId;
        Digest blobDigest;
        std::uint64_t blobSize = 0;
        std::string mediaType;
        LayerCompression compression = LayerCompression::None;
    };
    std::string mediaType;
    Digest configDigest;
    ImageConfig settings;
    std::vector<DescribedLayer> layers; // base first
};

struct UnpackRequest {
    std::uint64_t blobSize = 0; // or UnpackLimits::kUnknownSize
    LayerCompression compression = LayerCompression::None;
    UniqueFd input;  // the pipe's read end
    UniqueFd layer;  // an empty folder, or an empty file for an image
    UniqueFd record; // an empty file
};

struct UnpackAnswer {
    Digest diffId;
    Digest blobDigest;
    std::uint64_t blobSize = 0;
    std::uint64_t tarSize = 0;
    std::uint64_t size = 0;
};

Result<void> sendError(const MessageChannel& channel, const Error& error);
/// Fields that several messages have; what is wrong with them is the worker's fault, not a caller's.
Result<Digest> readDigest(Message& message);
Result<LayerCompression> readCompression(Message& message);
/// Without control characters, and not longer than an error is.
Error printable(Error error);
/// The error that a Failed message holds, made printable; Untrusted when it is malformed.
Error readError(Message& message);

/// In pieces below the longest message.
Result<void> sendDocuments(const MessageChannel& channel, const Documents& documents);
/// Takes one Document message; Untrusted above the documents' limits.
Result<void> takeDocument(Message& message, Documents& documents);

Result<void> sendFetch(const MessageChannel& channel, const FetchRequest& request);
Result<FetchRequest> readFetch(Message& message);
Result<void> sendLayerRequest(const MessageChannel& channel, const LayerRequest& request, int pipe);
Result<std::pair<LayerRequest, UniqueFd>> readLayerRequest(Message& message);

Result<void> sendDescription(const MessageChannel& channel, const Description& description);
/// Takes the messages of a description one by one; true when it is complete.
class DescriptionReader {
public:
    Result<bool> take(Message& message);
    /// After take() said true.
    Description finish();

private:
    Result<void> takeLayer(Message& message);
    Result<void> takeTexts(Message& message);
    Result<void> takeEnd(Message& message);
    std::vector<Description::DescribedLayer> m_layers;
    std::array<std::vector<std::string>, 7> m_texts;
    std::size_t m_textBytes = 0;
    std::optional<Description> m_description;
};

Result<void> sendUnpack(const MessageChannel& channel, std::uint64_t blobSize, LayerCompression compression,
                        int input, int layer, int record);
Result<UnpackRequest> readUnpack(Message& message);
Result<void> sendUnpacked(const MessageChannel& channel, const UnpackAnswer& answer);
Result<UnpackAnswer> readUnpacked(Message& message);

} // namespace escale::worker
