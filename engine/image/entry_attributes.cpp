#include "engine/image/entry_attributes.h"

#include "engine/image/entry_path.h"

#include <cerrno>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace escale {
namespace {

std::string what(const std::string& action, const std::string& path) {
    return "cannot " + action + " " + quotedName(path);
}

/// ENOTSUP for user.* and ACLs is no reason to refuse an image: such a file system knows none. A lost
/// capability is.
bool mayBeLost(const std::string& xattr, int number) {
    return number == ENOTSUP && !xattr.starts_with("security.");
}

Result<void> applyXattrs(int fd, const std::string& path, const EntryAttributes& attributes) {
    for (const auto& [name, value] : attributes.xattrs) {
        if (::fsetxattr(fd, name.c_str(), value.data(), value.size(), 0) == 0 || mayBeLost(name, errno))
            continue;
        if (errno == EINVAL || errno == ERANGE || errno == E2BIG)
            return fail(ErrorCode::Untrusted, "the entry " + quotedName(path) +
                                                  " has an invalid extended attribute " + quotedName(name));
        return failErrno(what("set " + name + " of", path));
    }
    return {};
}

} // namespace

bool isAllowedXattr(std::string_view name) {
    if (name == "security.capability" || name == "system.posix_acl_access" ||
        name == "system.posix_acl_default")
        return true;
    return name.starts_with("user.") && !name.starts_with("user.overlay.");
}

/// In this order: chown clears set-id bits and capabilities, writing them changes no times.
Result<void> applyAttributes(int fd, const std::string& path, const EntryAttributes& attributes,
                             bool ownerDiffers) {
    if (ownerDiffers && ::fchown(fd, attributes.owner, attributes.group) != 0)
        return failErrno(what("change the owner of", path));
    if (::fchmod(fd, attributes.mode) != 0)
        return failErrno(what("change the mode of", path));
    TRY(applyXattrs(fd, path, attributes));
    if (::futimens(fd, attributes.times().data()) != 0)
        return failErrno(what("set the times of", path));
    return {};
}

} // namespace escale
