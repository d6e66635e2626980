// process.scheduler, process.ioPriority and process.execCPUAffinity (config.md#linux-process). For
// parse_process.cpp only.
#pragma once

#include "engine/base/json.h"
#include "engine/runtime/spec/spec.h"

namespace escale::spec {

/// Reads and validates: InvalidArgument names the member.
Result<void> parseScheduling(const Json& process, Process& parsed);

/// A list of processors, "0-3,7" (cpuset(7)), as a bit each; InvalidArgument when it is none.
Result<std::vector<bool>> parseProcessorList(std::string_view text);

} // namespace escale::spec
