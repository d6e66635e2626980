// Which cgroups this machine has, in Docker's words.
#pragma once

namespace escale::docker_api {

/// 2 where all of it is cgroup v2, else 1.
unsigned cgroupVersion();

} // namespace escale::docker_api
