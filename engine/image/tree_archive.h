// Files as a tar archive, and a tar archive as files: `cp` out of and into a container, and its export. The
// tree belongs to somebody else and may change all the while (tree_files.h); archives may be hostile. Both
// are pax (POSIX.1-2001), with hard links, sparse files, ACLs and the extended attributes of
// isAllowedXattr(), as GNU tar and libarchive have them; times are whole seconds, as in Docker's archives,
// unless an entry needs a pax header anyway, or it is a backup.
#pragma once

#include "engine/base/result.h"
#include "engine/image/manifest.h"
#include "engine/image/tree_files.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace escale {

struct TreeTotals {
    std::uint64_t bytes = 0; // of the archive; of one that is written, before it is compressed
    std::uint64_t entries = 0;
};

struct ArchiveOptions {
    LayerCompression compression = LayerCompression::None;
    /// One that extractTree() makes the same again: exact times, and nothing that it would refuse. Devices
    /// are left out, but overlayfs' whiteouts; Unsupported: folders nested deeper than it takes them.
    bool isBackup = false;
    /// No file is newer than this (seconds since 1970), and files with holes are written out:
    /// SOURCE_DATE_EPOCH. The same files give the same bytes then, whenever and wherever they were made.
    std::optional<std::int64_t> latestTime = {};
    /// Of a layer: what is there for mounts only (overlay_marks.h) is in it; no container has run on it.
    bool keepsMountPlaces = false;
};

/// Called with the bytes of the archive so far, after each block.
using TreeProgress = std::function<void(std::uint64_t bytes)>;

/// Writes `entry`, a folder with all that is in it, as `name`; an empty name: the content of a folder without
/// an entry for itself. Sockets, mounts below and what vanishes meanwhile are left out; a file that shrinks
/// is filled up with zeros. Unreachable: nobody reads `output` any longer. After an error the archive lacks
/// its end mark, so that no reader takes it for whole. Blocks.
Result<TreeTotals> archiveTree(const TreeEntry& entry, const std::string& name, int output,
                               const TreeProgress& progress = {}, const ArchiveOptions& options = {});

/// Writes what overlayfs has in an upper folder as a layer of an image (image-spec layer.md): deleted files
/// as ".wh." entries, folders that hide what is below with ".wh..wh..opq" in them. Devices, and without
/// keepsMountPlaces what is there for mounts only, are left out. Unsupported: a file whose own name begins
/// with ".wh.". Of the options these two count: latestTime, keepsMountPlaces.
Result<TreeTotals> archiveLayer(int upper, int output, const TreeProgress& progress = {},
                                const ArchiveOptions& options = {});

struct ExtractOptions {
    /// A folder is not replaced by something else, nor something else by a folder: InvalidArgument.
    bool keepKinds = false;
    /// User and group of everything; nullopt: as the archive says.
    std::optional<std::pair<uid_t, gid_t>> owner;
    /// The archive's entry for the folder itself ("."), if any, gives it its owner, mode and attributes; an
    /// archive without its end mark is none (Untrusted), as it was cut off.
    bool isBackup = false;
};

/// Reads the archive (plain, or by gzip, bzip2, xz or zstd) from `input` to its end into `folder`, which is
/// there already. A file takes the place of one of the same name; folders are joined, and get the archive's
/// attributes. Untrusted: an entry whose name holds ".." or whose folder leads out of `folder` by a link,
/// a hard link to elsewhere, a device, a damaged archive. What was extracted before an error stays. Blocks.
Result<TreeTotals> extractTree(int folder, const ExtractOptions& options, int input,
                               const TreeProgress& progress = {});

} // namespace escale
