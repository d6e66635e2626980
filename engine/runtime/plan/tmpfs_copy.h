// "tmpcopyup": a tmpfs that begins as a copy of what the container's root holds at its place.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/runtime/spec/mount_options.h"

#include <string>

namespace escale {

/// A detached tmpfs with the folder's files, links and special files; owners and modes as they are there. A
/// folder that is missing leaves it empty. The image's links are followed within `root` only, and none inside
/// the folder.
Result<UniqueFd> makeTmpfsCopy(const std::string& root, const std::string& destination,
                               const spec::MountOptions& options);

} // namespace escale
