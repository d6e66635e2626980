#pragma once

#include "engine/base/result.h"

#include <vector>

namespace escale::worker {

// landlock(7): what this process and its threads may open from now on, whatever user they are, and through
// whatever descriptor of a folder. A kernel without Landlock (before Linux 5.13, or switched off) is no
// error: a warning tells that only the other limits hold. Needs no_new_privs; call it before threads are
// started.

/// Files below `paths`, for reading and nothing else. Paths that do not exist are skipped; none means no file
/// at all.
Result<void> allowOnlyReading(const std::vector<const char*>& paths);

/// Files below the folders that these descriptors are open on, for reading and nothing else.
Result<void> allowOnlyReadingBelow(const std::vector<int>& directories);

/// Everything but executing below the folders that `directories` are open on, and links between them; and
/// reading below `readable`. Descriptors of -1 are left out. Needs Linux 5.19, told in the same way.
Result<void> allowOnlyBelow(const std::vector<int>& directories, const std::vector<int>& readable = {});

/// Files below `readable` for reading and executing, `writable` (files) for writing, too, and everything but
/// executing below the folder that `directory` is open on (-1: none). Needs Linux 5.19, told in the same way.
Result<void> allowPrograms(const std::vector<const char*>& readable, const std::vector<const char*>& writable,
                           int directory);

} // namespace escale::worker
