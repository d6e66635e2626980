// The words between the helper and a worker that looks at, copies or compares a container's files.
//
//   helper                        escale-worker files (its root is the container's)
//     |-- Files (root, …) ---------->|
//     |<-- FoundFile* ---------------|  Stat, List: what there is; CopyOut: the file that is copied, found
//     |<-- FoundChanges* ------------|  Changes
//     |<-- FilesMoved* --------------|  CopyOut, CopyIn, Layer: bytes of the archive so far
//     |<-- FilesDone ----------------|  ends
//
// In place of any answer: Failed, as in protocol.h. The archive goes through a descriptor of its own.
#pragma once

#include "engine/base/message_channel.h"
#include "engine/image/overlay_changes.h"
#include "engine/image/tree_archive.h"

#include <string>
#include <vector>

namespace escale::worker {

enum class FilesTask : std::uint8_t { Stat, List, CopyOut, CopyIn, Changes, Layer };

/// The entries of a list that is not cut.
constexpr std::size_t kMostListed = 65'536;

struct FilesRequest {
    FilesTask task = FilesTask::Stat;
    std::string path;
    bool follow = false; // a link as the last component: what it names
    /// CopyOut: only what is in the folder, without an entry for itself.
    bool contentOnly = false;
    /// CopyOut: the first entry's name in the archive; empty: the file's own.
    std::string name;
    ExtractOptions extract;          // CopyIn
    std::vector<std::string> layers; // Changes: their names in `layersFolder`, top first
};

/// What goes along, borrowed; -1: nothing.
struct FilesDescriptors {
    int root = -1;
    int userNamespace = -1;
    int stream = -1;
    int layersFolder = -1;
};

struct ReceivedFiles {
    FilesRequest request;
    UniqueFd root, userNamespace, stream, layersFolder;
};

struct FilesTotals {
    std::uint64_t bytes = 0; // of the archive
    std::uint64_t entries = 0;
    bool isCut = false; // List: there are more
};

Result<void> sendFiles(const MessageChannel& channel, const FilesRequest& request,
                       const FilesDescriptors& descriptors);
Result<ReceivedFiles> readFiles(Message& message);

Result<void> sendFound(const MessageChannel& channel, const FileEntry& entry);
/// Untrusted: a name or link that no file system knows.
Result<FileEntry> readFound(Message& message);
/// In as many messages as it takes.
Result<void> sendChanges(const MessageChannel& channel, const std::vector<FileChange>& changes);
Result<void> takeChanges(Message& message, std::vector<FileChange>& changes);
Result<void> sendMoved(const MessageChannel& channel, std::uint64_t bytes);
Result<void> sendFilesDone(const MessageChannel& channel, const FilesTotals& totals);
Result<FilesTotals> readFilesDone(Message& message);

} // namespace escale::worker
