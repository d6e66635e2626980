#include "engine/base/cached_stat.h"

#include <fcntl.h>

namespace escale {

struct statx cachedStat(int fd) {
    struct statx info {};
    if (::statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE | STATX_SIZE, &info) != 0)
        info = {};
    return info;
}

} // namespace escale
