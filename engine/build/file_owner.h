// --chown of COPY and ADD: who that is in the image on which the files are put. Pure.
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>

namespace escale {

/// "user", "user:group", each a name or a number. `passwd` and `group`: the contents of the image's files,
/// untrusted; read for names alone. A user without a group has the group of passwd, a number itself.
/// NotFound; InvalidArgument: an id that containers do not have.
Result<std::pair<uid_t, gid_t>> resolveFileOwner(const std::string& owner, std::string_view passwd,
                                                 std::string_view group);
/// Whether those files have to be read for it.
bool namesOwner(const std::string& owner);

} // namespace escale
