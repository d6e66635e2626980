// Detached mounts (open_tree(2), mount_setattr(2), move_mount(2)): they go with their descriptor unless they
// are attached.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <string>

namespace escale {

/// A detached mount of what is at `path` (relative to `directory`, or that itself when the path is empty).
/// `recursive`: with what is mounted below.
Result<UniqueFd> cloneMount(int directory, const std::string& path, bool recursive = false);
Result<UniqueFd> cloneMount(const std::string& path);

/// Attaches a detached mount at an existing folder or file.
Result<void> attachMount(int mount, const std::string& target);

/// Shows the ids of a detached mount through a user namespace (-1: as they are): what is on the disk with an
/// id that counts inside is seen with the one outside. `attributes`: MOUNT_ATTR_* that are set, too. `what`
/// for the message. Unsupported when the file system cannot do it.
Result<void> mapMount(int mount, int userNamespace, std::uint64_t attributes, const std::string& what);
/// The same with ids shifted by `base`; 0: as they are.
Result<void> shiftMount(int mount, std::uint32_t base, std::uint64_t attributes, const std::string& what);

/// Whether something is mounted on exactly this path.
Result<bool> isMountPoint(const std::string& path);

} // namespace escale
