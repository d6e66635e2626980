// The words of a mount's `options` (config.md#mounts) sorted by what the kernel's mount calls need.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace escale::spec {

struct MountOptions {
    std::uint64_t attributesSet = 0;     // MOUNT_ATTR_… of the mount itself
    std::uint64_t attributesCleared = 0; // and those to clear, for bind mounts
    std::uint64_t recursiveSet = 0;      // rro, rnosuid, …: the same for the mounts below a recursive bind
    bool bind = false;
    bool recursive = false;
    bool readonlyFilesystem = false; // "ro": the super block too, for new file systems
    std::uint64_t propagation = 0;   // MS_PRIVATE, MS_SLAVE, … (0: private)
    bool copyUp = false;             // "tmpcopyup": a tmpfs that begins with what the root has there
    bool idmap = false;              // "idmap", "ridmap": by the mount's own mappings, or the container's
    bool recursiveIdmap = false;
    std::vector<std::string> filesystem; // "mode=755", "newinstance": the file system's own, in order
};

MountOptions sortMountOptions(const std::vector<std::string>& options, const std::string& type);

/// As words again, as they stand in the table above: {"ro", "nosuid"}. `attributes`: MOUNT_ATTR_….
std::vector<std::string> attributeWords(std::uint64_t attributes);
/// "private", "rslave"; `flag`: MS_PRIVATE, ….
std::string propagationWord(std::uint64_t flag, bool recursive);
/// What becomes of a bind mount, or of a new file system, as mount(8) takes it: "rbind,ro,nosuid,rprivate".
std::string mountOptionText(const MountOptions& options);

/// Every word that is not left to a file system.
std::vector<std::string> mountOptionWords();

} // namespace escale::spec
