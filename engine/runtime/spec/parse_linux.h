// The "linux" part of config.json (config-linux.md). For parse.cpp only.
#pragma once

#include "engine/base/json.h"
#include "engine/runtime/spec/spec.h"

namespace escale::spec {

Result<void> parseLinux(const Json& json, Spec& spec);
Result<std::vector<IdMapping>> parseMappings(const Json& list, const char* what);
Result<Hooks> parseHooks(const Json& json);
Result<Seccomp> parseSeccomp(const Json& json);
Result<CgroupLimits> parseResources(const Json& json);
/// The member as an unsigned 32-bit number; `fallback` when absent. `where` names the object in the error.
Result<std::uint32_t> unsignedMember(const Json& object, const char* key, const char* where,
                                     std::uint32_t fallback);

} // namespace escale::spec
