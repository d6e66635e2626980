// What a container mounts, in the forms that the Docker Engine API has for it. Pure.
#pragma once

#include "engine/base/json.h"
#include "engine/volume/mount_spec.h"
#include "helper/dbus/types.h"

#include <vector>

namespace escale::docker_api {

/// Of List or the option mounts; texts that are none are left out.
std::vector<MountSpec> mountSpecs(const QStringList& mounts);

/// [{"Type", "Name", "Source", "Destination", …}]: what is mounted. A volume's source is empty: its files are
/// in no place that the caller could look into.
Json mountPointsJson(const std::vector<MountSpec>& mounts);

/// HostConfig.Binds: named volumes and folders as `-v` has them, where that can say all of it.
Json bindsJson(const std::vector<MountSpec>& mounts);
/// HostConfig.Mounts: the others, as `--mount` has them; null when there are none.
Json mountsJson(const std::vector<MountSpec>& mounts);
/// Config.Volumes: {"/data": {}} of anonymous volumes; null when there are none.
Json anonymousVolumesJson(const std::vector<MountSpec>& mounts);

} // namespace escale::docker_api
