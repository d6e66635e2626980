// Compiled seccomp filters kept between containers: libseccomp takes about 17 ms for a usual profile, twice
// what all the rest of starting a container takes.
#pragma once

#include "engine/base/result.h"
#include "engine/runtime/plan/seccomp.h"

#include <string>

namespace escale {

/// compileSeccomp(), or what it made before. `folder` is made (0700) when missing; only root may write there.
/// A cached filter counts only when the whole profile that it was made of is the same, byte for byte: two
/// users' profiles are never mixed up. Anything wrong with the cache means compiling anew, never an error.
Result<SeccompFilter> cachedSeccomp(const spec::Seccomp& seccomp, const std::string& folder);

} // namespace escale
