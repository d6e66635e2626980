// User namespaces that exist for their ids alone: to shift a mount's, or to see files as a container does.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>

namespace escale {

/// How many ids an owner's range holds.
constexpr std::uint32_t kIdRangeSize = 65536;

/// A descriptor of a user namespace whose ids 0… are `base`… outside. It lives as long as the descriptor and
/// what uses it. Safe in a threaded process.
Result<UniqueFd> makeUserNamespace(std::uint32_t base);

} // namespace escale
