// What a tar entry says of a file beside its name and content, and how it is given to the file.
#pragma once

#include "engine/base/result.h"

#include <array>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace escale {

/// Extended attributes, filtered by isAllowedXattr().
using Xattrs = std::vector<std::pair<std::string, std::string>>;

struct EntryAttributes {
    uid_t owner = 0;
    gid_t group = 0;
    mode_t mode = 0755; // with the set-id and sticky bits
    timespec modified{};
    std::optional<timespec> accessed; // nullopt: as modified
    Xattrs xattrs;

    /// As utimensat(2) takes them.
    [[nodiscard]] std::array<timespec, 2> times() const { return {accessed.value_or(modified), modified}; }
};

/// Which extended attributes travel in archives. trusted.* and security.* decide about the host;
/// *.overlay.* would speak to overlayfs.
bool isAllowedXattr(std::string_view name);
/// Those of the file or folder that `fd` is open on; what vanishes meanwhile is left out.
Xattrs readXattrs(int fd);
/// `path` for messages. Untrusted: one that the kernel calls malformed. What the file system knows nothing of
/// is left out, but a capability.
Result<void> applyXattrs(int fd, const std::string& path, const Xattrs& xattrs);

/// To the file or folder that `fd` is open on. `path` for messages. Untrusted: an attribute that the kernel
/// calls malformed.
Result<void> applyAttributes(int fd, const std::string& path, const EntryAttributes& attributes,
                             bool ownerDiffers);

} // namespace escale
