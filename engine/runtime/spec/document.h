// The JSON documents the runtime is given: config.json, a process for `exec`, resources for `update`.
#pragma once

#include "engine/base/json.h"

#include <string>

namespace escale::spec {

/// A JSON object without a zero byte in any text: all of them may reach the kernel as C strings, which would
/// end there, after everything was checked. `name` ("config.json") begins the error, which is
/// InvalidArgument.
Result<Json> parseDocument(std::string_view text, const std::string& name);

} // namespace escale::spec
