// What the layers below an overlay's upper folder show, one step at a time.
#pragma once

#include "engine/base/unique_fd.h"

#include <optional>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace escale {

/// What they show of `name`, whose folder they have open, top first; nothing: they hide it, or have none.
std::optional<struct stat> lowerEntry(const std::vector<UniqueFd>& folders, const std::string& name);
/// The folder `name` in those that show it.
std::vector<UniqueFd> lowerFolders(const std::vector<UniqueFd>& folders, const std::string& name);

} // namespace escale
