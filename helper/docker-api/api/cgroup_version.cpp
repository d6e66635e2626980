#include "helper/docker-api/api/cgroup_version.h"

#include <linux/magic.h>
#include <sys/vfs.h>

namespace escale::docker_api {

unsigned cgroupVersion() {
    struct statfs info {};
    return ::statfs("/sys/fs/cgroup", &info) == 0 && info.f_type == CGROUP2_SUPER_MAGIC ? 2 : 1;
}

} // namespace escale::docker_api
