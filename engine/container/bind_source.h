// What a bind mount shows: a folder or a file of this machine that the container's owner may use, whoever
// asks for it. Opened with the owner's rights (base/open_as_user.h), never as root.
#pragma once

#include "engine/base/open_as_user.h"
#include "engine/volume/mount_spec.h"

#include <cstdint>

namespace escale {

/// What the owner's process has opened (O_PATH) as the source of `mount`: it must be what the owner finds at
/// its path, and be of use to them. Returns the path, without links. PermissionDenied, InvalidArgument.
Result<std::string> checkBindSource(const UserCredentials& owner, int fd, const MountSpec& mount);

/// Opens the source. The path must lead to it without links: a link that was put there later shows nothing
/// else. A missing one is made when the mount asks for it. NotFound, PermissionDenied.
Result<UniqueFd> openBindSource(const UserCredentials& owner, const MountSpec& mount);

/// The source where it is now, without links; a missing one is made when the mount asks for it. For mounts
/// whose caller has opened nothing.
Result<std::string> findBindSource(const UserCredentials& owner, const MountSpec& mount);

/// A detached mount of it with the mount's flags. Ids: the owner is the container's root, the container's
/// other users are those of the owner's range (`idBase`; 0: ids as they are); everybody else is nobody there.
/// `asItIs` becomes true when the file system (NFS, FUSE …) cannot do that: there the container's root is
/// nobody.
Result<UniqueFd> showBindSource(const UserCredentials& owner, int source, const MountSpec& mount,
                                std::uint32_t idBase, bool& asItIs);

} // namespace escale
