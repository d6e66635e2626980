// The build's files on their way to the engine: by the process of whoever builds, with that person's rights.
// The other end (helper/worker/source_worker.h) has what was sent before, and asks for what is new alone. The
// bytes on the stream are described in context_stream.h.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/build/ignore_file.h"

#include <cstdint>
#include <functional>

namespace escale {

struct ContextProgress {
    std::uint64_t files = 0, bytes = 0;       // sent
    std::uint64_t allFiles = 0, allBytes = 0; // to be sent; 0: not known yet
    std::uint64_t listed = 0;                 // entries found so far
};

/// Blocks until the engine has all it needs; call it on a thread of its own. `socket`: one end of a stream
/// socket pair, the other of which goes along with Builds.Build; `folder`: O_DIRECTORY, -1: no files. A file
/// that changes while it is sent is InvalidArgument, one that cannot be read PermissionDenied, links that
/// lead out of the folder are sent as they are and refused by whoever follows them. Unreachable: the build
/// has ended.
Result<ContextProgress> sendContext(int socket, int folder, const IgnoreFile& ignored,
                                    const std::function<void(const ContextProgress&)>& progress,
                                    const Cancellation& cancellation);

} // namespace escale
