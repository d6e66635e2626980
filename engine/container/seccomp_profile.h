// The default seccomp filter, resources/seccomp/default.json, compiled in.
#pragma once

#include "engine/base/json.h"

namespace escale {

/// `linux.seccomp` of runtime-spec config-linux.md#seccomp, with this machine's architectures.
const Json& defaultSeccompProfile();

} // namespace escale
