// Paths that a person names, opened with that person's rights and no others: by a thread of its own whose
// file system user, group and groups are theirs and which has no capability. Its other user ids stay root's,
// so that the person can neither signal nor trace it. Whatever takes longer than ten seconds, because a
// server is gone, is a Timeout.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <functional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

struct UserCredentials {
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups; // with gid
};

/// Of the machine's user database. Whom it does not know is in no group but "nogroup" (65534).
Result<UserCredentials> credentialsOf(uid_t uid);

/// `path` must be absolute; links are followed, but not those of /proc that lead anywhere (magic links).
/// PermissionDenied, NotFound. A user who is root opens as root.
Result<UniqueFd> openAsUser(const UserCredentials& user, const std::string& path, int flags);

/// What `open` gives, which runs with the user's rights; it must own all that it uses. `what`: for errors.
Result<UniqueFd> openAsUser(const UserCredentials& user, const std::string& what,
                            std::function<Result<UniqueFd>()> open);

/// Makes the folder and those above it that are missing, as the user (mode 0755).
Result<void> makeFolderAsUser(const UserCredentials& user, const std::string& path);

/// Whether the user may do `mode` (access(2): R_OK, W_OK, X_OK together) with what is open at `fd`.
/// PermissionDenied.
Result<void> checkAccessAsUser(const UserCredentials& user, int fd, int mode, const std::string& what);

} // namespace escale
