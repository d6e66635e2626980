// Takes from the calling process what a name server does not need, for good.
#pragma once

#include "engine/base/result.h"

namespace escale::dns {

/// As root, in an empty folder: that becomes the root of the file system, the user nobody without a
/// capability, memory and descriptors are limited.
Result<void> becomeNobodyHere();
/// The system calls that are left: those of a loop over sockets. Anything else ends the process.
Result<void> allowOnlySockets();

} // namespace escale::dns
