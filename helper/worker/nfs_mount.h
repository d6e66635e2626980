// What mount.nfs(8) does before it asks the kernel, as values: which server, and which versions of the
// protocol are tried. Pure.
#pragma once

#include "engine/volume/mount_options.h"

#include <string>
#include <vector>

namespace escale::worker {

struct NfsMount {
    std::string host;   // whose address is asked for
    std::string source; // "host:/path"
    /// What the kernel gets, without "addr": one try after the other, as long as the server does not know the
    /// version.
    std::vector<std::vector<MountOption>> tries;
};

/// InvalidArgument: no server or no path. `hasStatd`: locks of version 3 can reach the server.
Result<NfsMount> planNfs(const std::string& type, const std::string& device, const MountOptions& options,
                         bool hasStatd);

} // namespace escale::worker
