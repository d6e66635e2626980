// User namespaces that nobody lives in: the kernel takes the ids of an idmapped mount from one
// (mount_setattr(2)).
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/runtime/spec/spec.h"

#include <string>
#include <vector>

namespace escale {

/// The lines of /proc/<pid>/uid_map (user_namespaces(7)).
std::string idMapText(const std::vector<spec::IdMapping>& mappings);
/// The same on one line, for the record of a start: "0:1879048192:65536", commas between.
std::string idMapWords(const std::vector<spec::IdMapping>& mappings);
/// One thread only: a child makes the namespace, we write its maps and keep its descriptor.
Result<UniqueFd> makeUserNamespace(const std::vector<spec::IdMapping>& uids,
                                   const std::vector<spec::IdMapping>& gids);
/// Maps the ids of a detached mount. Unsupported when its file system cannot.
Result<void> idmapMount(int mount, int userNamespace, bool recursive);

} // namespace escale
