// Paths as names: relative to some root, "" for the root itself. Nothing is looked at on a disk but by what a
// caller passes.
#pragma once

#include "engine/base/result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace escale {

/// Without the empty ones between slashes.
std::vector<std::string> splitPath(std::string_view path);
/// Either may be empty.
std::string joinPath(const std::string& folder, const std::string& name);
/// What is before the last slash, and what is behind it.
std::pair<std::string, std::string> splitName(const std::string& path);
std::string parentPath(const std::string& path);

/// What the link at a place says; nothing: no link is there. `links`: how many were followed before; it is
/// the caller's to refuse the one that is too many, and those that lead elsewhere.
using LinkLookup = std::function<Result<std::optional<std::string>>(const std::string& place, int links)>;

/// Where a path ends when all its links are followed and "/" and ".." lead nowhere but to the root
/// (openat2(2), RESOLVE_IN_ROOT). What is not there stays in it.
Result<std::string> followLinks(std::string_view path, const LinkLookup& linkAt);

} // namespace escale
