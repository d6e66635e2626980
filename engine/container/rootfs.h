// A container's root file system: overlayfs over its image's layers (shifted, see layer_mounts.h), with an
// upper folder of its own whose files belong to shifted ids. Kernel: Documentation/filesystems/overlayfs.rst.
//
// Mounted by the host's root with `userxattr` (the layers' whiteouts are user.overlay.* attributes) and
// `nodev`; set-id programs must keep working inside, so the run folder above the mount point has mode 0700:
// no user of the host gets there.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/store/store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace escale {

struct RootfsPlan {
    std::string layersFolder;        // where the layers appear with shifted ids (layer_mounts.h)
    std::vector<std::string> layers; // their names in it, or absolute paths, base first; at least one
    std::string containerFolder;     // holds upper/ and work/
    std::string target;              // existing folder to mount on
    std::uint32_t idBase = 0;        // host id of the container's root
    /// Nothing is synced, not even when the program asks for it: for what is made anew after a crash.
    bool isVolatile = false;
};

/// Makes upper/, work/ and log/ of a new container below `containerFolder`.
Result<void> makeContainerFolders(const std::string& containerFolder);

/// Unsupported when there are more layers than a mount call can name (about 500). On failure nothing is
/// mounted.
Result<void> mountRootfs(const RootfsPlan& plan);
/// The layers alone, read-only, without devices and set-id programs; at least two.
Result<void> mountLayers(const RootfsPlan& plan);
/// Makes upper/ and work/ in `folder`, upper/ with the attributes of the folder that it will lie over.
Result<void> makeUpper(int lower, const std::string& folder);
/// A detached mount of the folder `lower`, in which what is changed goes into `folder`, as makeUpper() makes
/// it.
Result<UniqueFd> openScratch(int lower, const std::string& folder);
/// Owner, mode, extended attributes and times of a folder, given to another one. Attributes that the file
/// system there does not know are left out.
Result<void> copyFolderAttributes(int from, const std::string& to);
/// Shows what is mounted at `source` at `target`, too: the same file system, so that no second overlay writes
/// into the same upper folder. What is mounted below `source` stays out.
Result<void> mountRootfsAgain(const std::string& source, const std::string& target);
/// Tells the overlay that stands already as one that is used (base/making.h).
void reuseOverlay(const RootfsPlan& plan);
/// No error when it is not mounted.
Result<void> unmountRootfs(const std::string& target);

/// The container's folder `path` (absolute inside), made when missing and owned by the container's root:
/// Docker does so for WORKDIR. Links are followed inside the root only. Returns the path in its normal form.
Result<std::string> ensureFolderInRootfs(const std::string& rootfs, const std::string& path,
                                         std::uint32_t idBase);

/// The mount options for overlay, lower folders as names relative to the layers' folder, top first. Pure.
std::string overlayOptions(const RootfsPlan& plan);

} // namespace escale
