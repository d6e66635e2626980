// The system calls a worker may use, by libseccomp. What is not allowed fails with EPERM. For the calling
// thread and those it starts later; needs no_new_privs.
#pragma once

#include "engine/base/result.h"

namespace escale::worker {

/// All but what gets privileges, starts programs, looks into others or widens the kernel's surface. curl,
/// OpenSSL and the name service use too many calls for a list of allowed ones that holds on the next
/// distribution.
Result<void> filterFetchCalls();
/// As filterFetchCalls(), but programs may be started, and may signal each other: for a process in a pid
/// namespace of its own.
Result<void> filterGitCalls();
/// As filterDescribeCalls(), and local stream sockets to connect to and to be connected to.
Result<void> filterAgentCalls();
/// Memory, threads and the messages of an open socket.
Result<void> filterDescribeCalls();
/// As above, and pipes.
Result<void> filterBuildCalls();
/// As filterDescribeCalls(), and an open file to read in, a spool to write; opening others only if it
/// `opensFiles`.
Result<void> filterArchiveCalls(bool opensFiles);
/// As filterDescribeCalls(), and files: no sockets, no executable memory, no devices but whiteouts (0/0).
Result<void> filterUnpackCalls();

/// Memory, threads, messages, and an open file to write to.
Result<void> filterImageCalls();
/// As filterUnpackCalls(), without devices; reading alone unless it `writes`.
Result<void> filterFilesCalls(bool writes);
/// As that, reading alone, and inotify(7).
Result<void> filterWatchCalls();

} // namespace escale::worker
