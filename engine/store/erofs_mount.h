// Mounting an EROFS image that lies in a file: by itself where the kernel can (Linux 6.12), else over a loop
// device, which goes with the mount.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <string>

namespace escale {

/// The file `image` as a mount that is not attached yet (move_mount(2) does it; openat(2) looks into it):
/// read-only, no devices, no set-id programs. Unsupported when this kernel knows no EROFS.
Result<UniqueFd> openErofsMount(const std::string& image);

} // namespace escale
