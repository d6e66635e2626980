// The build's files as the engine keeps them: a folder with "files/", what was sent, and "index"
// (context_index.h). The worker's side of context_stream.h; what it reads is a stranger's. The folder is
// nobody else's at that time.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/build/context_index.h"

#include <cstdint>
#include <functional>
#include <string>

namespace escale {

struct ContextTotals {
    std::uint64_t entries = 0;          // of the context
    std::uint64_t files = 0, bytes = 0; // received now
    std::uint64_t size = 0;             // bytes of all its files
};

/// What is there. Nothing, and "files/" empty, when the index is missing or damaged. What a sync that was cut
/// has left in doubt is removed; after another start of the machine than `boot` (proc(5), boot_id) each file
/// is read and believed only if it has its digest. `folder`: open, of our user.
Result<ContextIndex> loadContext(int folder, const std::string& boot);

/// Makes the folder, and `index`, what the other end of `socket` has. A file that changes is made anew, never
/// rewritten, as layers may share it. When it fails, what was received whole is kept, and `index` says so.
/// Untrusted: a malformed stream; Unreachable: the sender has gone; or what the sender says.
Result<ContextTotals> receiveContext(int folder, int socket, ContextIndex& index,
                                     const std::function<void(const ContextTotals&)>& progress,
                                     const Cancellation& cancellation);

} // namespace escale
