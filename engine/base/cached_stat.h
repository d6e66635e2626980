// What the kernel knows of an open file that a stranger has passed.
#pragma once

#include <sys/stat.h>

namespace escale {

/// Its type (stx_mode) and size. Who serves its file system (FUSE) is not asked, since they may never answer.
/// All zeros when nothing is known.
struct statx cachedStat(int fd);

} // namespace escale
