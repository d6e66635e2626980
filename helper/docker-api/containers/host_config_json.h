// "HostConfig" of a container: what it was given, the inverse of what a request to create one is read to.
// Pure.
#pragma once

#include "engine/base/json.h"
#include "engine/container/container.h"
#include "engine/volume/mount_spec.h"

#include <vector>

namespace escale::docker_api {

/// `networkMode` as it was created with; `mounts`: those of the options. Texts of the options that cannot be
/// read are left out: the engine has checked them.
Json hostConfigJson(const ContainerOptions& options, const std::string& networkMode,
                    const std::vector<MountSpec>& mounts);

/// HostConfig.RestartPolicy.
Json restartPolicyJson(const ContainerOptions& options);
/// {"80/tcp": [{"HostIp", "HostPort"}]} of the option publish: what was asked for, "" where any port will do.
Json portBindingsJson(const Texts& publish);
/// null when there are none.
Json textsOrNull(const Texts& texts);
Json textMapJson(const TextMap& texts);

} // namespace escale::docker_api
