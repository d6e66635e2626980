// What a layer is unpacked into, entry after entry as its tar has them: a folder (layer_tree.h) or an EROFS
// image (erofs_image.h). The rules are the same for both:
//
// - What comes later wins: an entry takes the place of an earlier one of the same name; a folder stays and
//   gets the later entry's attributes. Folders that no entry names are made where they are needed.
// - Whiteouts become what overlayfs mounted with `userxattr` reads: a character device 0/0, and
//   user.overlay.opaque="y" for a folder that hides those of the layers below.
// - Untrusted: a file or link that is used as a folder, a hard link to what is not in the layer.
//
// Paths are safe already (parseEntryPath()). Not thread-safe. After an error the sink is of no use.
#pragma once

#include "engine/base/result.h"
#include "engine/image/entry_attributes.h"
#include "engine/image/entry_path.h"

#include <cstdint>
#include <span>
#include <string>

namespace escale {

class LayerSink {
public:
    LayerSink() = default;
    LayerSink(const LayerSink&) = delete;
    LayerSink& operator=(const LayerSink&) = delete;
    virtual ~LayerSink();

    virtual Result<void> makeDirectory(const EntryPath& path, EntryAttributes attributes) = 0;
    /// A regular file of `size` bytes: its content by write(), then finishFile(); nothing else in between.
    virtual Result<void> beginFile(const EntryPath& path, std::uint64_t size) = 0;
    /// At rising offsets, within the size; what is left out is a hole.
    virtual Result<void> write(std::uint64_t offset, std::span<const char> bytes) = 0;
    virtual Result<void> finishFile(const EntryAttributes& attributes) = 0;
    /// `target` is kept as it is.
    virtual Result<void> makeSymlink(const EntryPath& path, const std::string& target,
                                     const EntryAttributes& attributes) = 0;
    virtual Result<void> makeFifo(const EntryPath& path, const EntryAttributes& attributes) = 0;
    /// Untrusted unless the target is a file or link of this layer.
    virtual Result<void> makeHardLink(const EntryPath& path, const EntryPath& target) = 0;
    virtual Result<void> makeWhiteout(const std::string& parent, const std::string& name) = 0;
    virtual Result<void> makeOpaque(const std::string& parent) = 0;
    /// The content of a regular file that is finished, its holes as zeros; fails when it is not one, or has
    /// more than `most` bytes.
    virtual Result<std::string> readBack(const EntryPath& path, std::uint64_t most) = 0;
    /// After the last entry.
    virtual Result<void> finish() = 0;
};

/// The error for an entry that no honest image has.
tl::unexpected<Error> hostileEntry(const std::string& path, const std::string& why);
/// What readBack() says of anything but a regular file of that size.
tl::unexpected<Error> cannotReadBack(const std::string& path);

} // namespace escale
