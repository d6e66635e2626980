// Detached mounts made by the parent with the host's privileges, for the child to attach inside.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/runtime/spec/mount_options.h"

#include <string>

namespace escale {

struct PreparedMount {
    UniqueFd mount;
    bool isFolder = false;
};

/// A copy of the mount tree at `path`, apart from the host's (private, or as the options say), with the
/// options' flags.
Result<PreparedMount> prepareBind(const std::string& path, const spec::MountOptions& options);
/// For those of the kernel's own that the container may read only; without the mounts below.
spec::MountOptions readonlyBind();
spec::MountOptions deviceBind();
/// A character device of the host; InvalidArgument when the node is another device.
Result<PreparedMount> prepareDevice(const std::string& path, unsigned major, unsigned minor);

} // namespace escale
