// The devices of this machine that a container's options name, looked up before config.json is written.
#pragma once

#include "engine/base/result.h"
#include "engine/container/container.h"

#include <cstdint>
#include <map>
#include <string>
#include <sys/types.h>

namespace escale {

struct HostDevice {
    char type = 'c'; // 'b' or 'c'
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    mode_t mode = 0666;
    uid_t uid = 0;
    gid_t gid = 0;
};
using HostDevices = std::map<std::string, HostDevice>; // by path

/// NotFound or InvalidArgument names a path that is no device.
Result<HostDevices> lookUpDevices(const ContainerOptions& options);

/// Makes a node for each of the option devices as `folder`/0, 1 …, owned by `idBase`. Returns their paths
/// inside.
Result<Texts> makeDeviceNodes(const ContainerOptions& options, const HostDevices& devices,
                              const std::string& folder, std::uint32_t idBase);

} // namespace escale
