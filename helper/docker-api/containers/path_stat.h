// What /containers/{id}/archive tells of a file, and paths as clients write them. Pure.
#pragma once

#include "helper/dbus/types.h"

#include <string>
#include <string_view>

namespace escale::docker_api {

/// st_mode as Go's os.FileMode: what the Engine API speaks.
std::uint32_t goFileMode(std::uint32_t mode);

/// Absolute, with "." and ".." and doubled slashes resolved as words. A "/" or "/." at its end stays, for it
/// means what a link names, and what is in a folder: "data//x/../." is "/data/.".
std::string cleanPath(std::string_view path);
/// The last component: "data" of "/data/", "/" of "/".
std::string baseName(std::string_view path);
/// Whether `path` (clean) is `folder`, or below it.
bool isAtOrBelow(std::string_view path, std::string_view folder);

/// The header X-Docker-Container-Path-Stat: JSON in Base64. `path`: clean.
std::string pathStat(const std::string& path, const dbus::FileEntry& file);

} // namespace escale::docker_api
