// How overlayfs mounted with `userxattr` writes down in an upper folder or layer what is hidden below.
#pragma once

#include <string_view>
#include <sys/stat.h>

namespace escale {

/// A deleted file's place: a device 0/0.
bool isWhiteoutFile(const struct stat& info);
/// The folder hides what layers below have in it.
bool isOpaqueFolder(int folder);
/// A regular file or folder that the kernel has copied up from a layer below. A file of several names below
/// has no such mark.
bool isCopiedUp(int file);
/// Where the runtime mounts and binds, and Docker's own mark: what is there of it, and empty, is no change of
/// the container's. Absolute paths.
bool isMadeForMounts(std::string_view path);

} // namespace escale
