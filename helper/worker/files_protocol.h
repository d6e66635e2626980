// The words between the helper and a worker that looks at, changes, copies or compares files of a container
// or a volume.
//
//   helper                        escale-worker files (its root is theirs)
//     |-- Files (root, …) ---------->|
//     |<-- FoundFile* ---------------|  Stat, List: what there is; CopyOut: the file that is copied, found
//     |<-- FoundChanges* ------------|  Changes
//     |<-- FilesMoved* --------------|  CopyOut, CopyIn, Layer: bytes of the archive so far; Remove: files
//     |<-- FilesDone ----------------|  ends
//
// In place of any answer: Failed, as in protocol.h. The archive goes through a descriptor of its own.
#pragma once

#include "engine/base/message_channel.h"
#include "engine/image/overlay_changes.h"
#include "engine/image/tree_archive.h"
#include "engine/image/tree_change.h"

#include <string>
#include <vector>

namespace escale::worker {

enum class FilesTask : std::uint8_t {
    Stat,
    List,
    CopyOut,
    CopyIn,
    Changes,
    Layer,
    CopyTree,
    MakeFolder,
    Move,
    Remove,
    SetAttributes,
    Search,
    Measure,
    Watch
};

/// Whether its worker writes below the root.
bool changesFiles(FilesTask task);

/// The entries of a list that is not cut.
constexpr std::size_t kMostListed = 131'072; // with kMostListedBytes they fit into one message of the bus

struct FilesRequest {
    FilesTask task = FilesTask::Stat;
    std::string path;
    bool follow = false; // a link as the last component: what it names
    /// CopyOut: only what is in the folder, without an entry for itself.
    bool contentOnly = false;
    /// CopyOut: the first entry's name in the archive; empty: the file's own. Move: the new path. Search:
    /// what the names hold.
    std::string name;
    ArchiveOptions archive;          // CopyOut, Layer
    AttributeChange change;          // SetAttributes
    ExtractOptions extract;          // CopyIn
    std::vector<std::string> layers; // Changes, Watch: their names in `otherFolder`, top first
};

/// What goes along, borrowed; -1: nothing.
struct FilesDescriptors {
    int root = -1;
    int userNamespace = -1;
    int stream = -1;
    int otherFolder = -1; // Changes, Watch: the layers'; CopyTree: what is copied into the root
};

struct ReceivedFiles {
    FilesRequest request;
    UniqueFd root, userNamespace, stream, otherFolder;
};

struct FilesTotals {
    std::uint64_t bytes = 0; // of the archive; Measure: on the disk
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
