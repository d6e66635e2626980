// Members of a request's body that engine/base/json.h has no reader for. Absent and null are the same;
// InvalidArgument (400) for a value of another type, naming the member.
#pragma once

#include "engine/base/json.h"
#include "helper/dbus/types.h"

#include <string_view>

namespace escale::docker_api {

Result<bool> readFlag(const Json& object, std::string_view key, bool fallback = false);
/// {"a": "b"}
Result<dbus::TextMap> readTexts(const Json& object, std::string_view key);
/// The value as an object; empty when it is absent.
Result<Json> readObject(const Json& object, std::string_view key);
/// A whole request: an object, or nothing.
Result<void> checkIsObject(const Json& body);

} // namespace escale::docker_api
