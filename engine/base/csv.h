// One line of comma-separated values (RFC 4180), the form of docker's --mount.
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// A field in double quotes may hold commas, and a quote as two. InvalidArgument: a quote without its end, or
/// with something behind it, or inside of a field that has none around it.
Result<std::vector<std::string>> csvFields(std::string_view text);
/// With quotes where it needs them.
std::string csvField(std::string_view field);

} // namespace escale
