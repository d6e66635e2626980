// Ids and names of containers, networks and jobs.
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace escale {

/// 64 random lower-case hex digits (getrandom(2)), Docker's form of a container id.
std::string randomId();
/// The first 12 digits, as people see it.
std::string shortId(std::string_view id);
/// "adjective_noun", for containers whose user gave no name.
std::string randomName();
/// Docker's rule for container, network and volume names: [a-zA-Z0-9][a-zA-Z0-9_.-]+, at most 128 characters.
Result<void> validateName(std::string_view name);
bool isId(std::string_view text);

} // namespace escale
