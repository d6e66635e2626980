// The folders and files of this machine that a container mounts, opened with its owner's rights: the engine
// opens no path for anybody.
#pragma once

#include "engine/base/result.h"
#include "engine/volume/mount_spec.h"
#include "helper/dbus/types.h"

#include <string>
#include <vector>

namespace escale::docker_api {

/// The option "bind-sources" for `mounts`. A source that is missing is made, as a folder, where the mount
/// says so; else it is an error in dockerd's words. Docker's own socket, where this machine has none, means
/// ours: `socket`, which takes its place in the mount. A "~" or a relative source does not get here.
Result<dbus::FileList> openBindSources(std::vector<MountSpec>& mounts, const std::string& socket);

/// Where the socket is bound that a client came over; empty when it has no path.
std::string boundPath(int client);

} // namespace escale::docker_api
