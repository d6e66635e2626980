// The seccomp filter of a container: resources/seccomp/default.json, compiled in, or one that the caller
// gave.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <string>
#include <vector>

namespace escale {

/// `linux.seccomp` of runtime-spec config-linux.md#seccomp, with this machine's architectures.
const Json& defaultSeccompProfile();

/// `wanted`: empty for the default, with the calls that the added capabilities are for, as Docker's has it;
/// "unconfined" gives null; else a profile's JSON in runtime-spec's or in Docker's form (archMap, includes,
/// excludes), of which the rules that hold for `capabilities` are taken. InvalidArgument.
Result<Json> seccompProfile(const std::string& wanted, const std::vector<std::string>& capabilities);

} // namespace escale
