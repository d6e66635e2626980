// User namespaces that exist for their ids alone: to shift a mount's, or to see files as a container does.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <string>
#include <sys/types.h>

namespace escale {

/// How many ids an owner's range holds.
constexpr std::uint32_t kIdRangeSize = 65536;

/// A descriptor of a user namespace whose ids 0… are `base`… outside. It lives as long as the descriptor and
/// what uses it. Safe in a threaded process.
Result<UniqueFd> makeUserNamespace(std::uint32_t base);
/// The same with the lines of uid_map and gid_map (user_namespaces(7)).
Result<UniqueFd> makeUserNamespace(const std::string& uidMap, const std::string& gidMap);
/// For files of a person: what is theirs on the disk is `base`'s, a container's root; what is of the range's
/// other ids stays so. Of root, all ids below kIdRangeSize are shifted. Everybody else is somebody whom no
/// container has, so that what others may do is left.
Result<UniqueFd> makeOwnersNamespace(uid_t uid, gid_t gid, std::uint32_t base);

} // namespace escale
