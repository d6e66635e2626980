// An empty folder gets the content of another one: whole or not at all, while others may use the folder. What
// is copied becomes "filled" by one rename when it is whole and on the disk; its entries are moved from
// there, which whoever finds it can finish.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <functional>
#include <string>
#include <sys/types.h>

namespace escale {

struct FillPlace {
    UniqueFd parent;       // where filling and filled are, on the file system of `folder`
    UniqueFd folder;       // what is filled
    bool isInside = false; // `parent` is `folder`, the root of a file system
    std::string filling;
    std::string filled;
    uid_t user = 0; // who a container's root is on that file system
    gid_t group = 0;
};

/// Removes what was not whole, and moves on what was: in the folder or not, never half.
Result<void> finishFill(const FillPlace& place);
/// Whether anything is in the folder but what this puts there itself.
Result<bool> isEmpty(const FillPlace& place);
/// `copy` gets the empty folder "filling" (O_PATH). What others have made in the folder meanwhile stays.
Result<void> fillFolder(const FillPlace& place, const std::function<Result<void>(int folder)>& copy);

} // namespace escale
