// Who a container's process is: image-spec config.md#User ("user", "uid", "user:group", "uid:gid", …) looked
// up in the image's own /etc/passwd and /etc/group.
//
// Why here, in a root process: config.json carries numbers only (runtime-spec config.md#user), and the files
// are lines of text cut at colons, at most 1 MiB of them, by string_view: nothing is allocated by what they
// say and no number is trusted before its range is checked.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct ContainerUser {
    std::uint32_t uid = 0; // inside the container
    std::uint32_t gid = 0;
    std::vector<std::uint32_t> additionalGids; // groups that list the user; none when a group was named
    std::string home = "/";
};

/// Pure. `passwd` and `group` are the files' content; empty when the image has none. NotFound for a name they
/// lack.
Result<ContainerUser> resolveUser(std::string_view user, std::string_view passwd, std::string_view group);

/// The ids of `groups` (names or numbers) by the file's content. NotFound for a name it lacks.
Result<std::vector<std::uint32_t>> resolveGroups(const std::vector<std::string>& groups,
                                                 std::string_view group);

/// Both with the files of a mounted root file system, opened below `rootfs` only; `groups` join the user's.
Result<ContainerUser> resolveUserIn(const std::string& rootfs, std::string_view user,
                                    const std::vector<std::string>& groups = {});

} // namespace escale
