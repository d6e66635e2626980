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

constexpr std::size_t kLongestXattr = 64 * 1024; // the kernel's limit, of the list of names too

/// What `read` gives, which is short most of the time.
template <class Read>
std::optional<std::string> grown(Read read) {
    std::array<char, 512> some{};
    ssize_t length = read(some.data(), some.size());
    if (length >= 0)
        return std::string(some.data(), static_cast<std::size_t>(length));
    if (errno != ERANGE)
        return std::nullopt;
    std::string all(kLongestXattr, '\0');
    length = read(all.data(), all.size());
    if (length < 0)
        return std::nullopt;
    all.resize(static_cast<std::size_t>(length));
    return all;
}

/// ENOTSUP for user.* and ACLs is no reason to refuse an image: such a file system knows none. A lost
/// capability is.
bool mayBeLost(const std::string& xattr, int number) {
    return number == ENOTSUP && !xattr.starts_with("security.");
}

} // namespace

Result<void> applyXattrs(int fd, const std::string& path, const Xattrs& xattrs) {
    for (const auto& [name, value] : xattrs) {
        if (::fsetxattr(fd, name.c_str(), value.data(), value.size(), 0) == 0 || mayBeLost(name, errno))
            continue;
        if (errno == EINVAL || errno == ERANGE || errno == E2BIG)
            return fail(ErrorCode::Untrusted, "the entry " + quotedName(path) +
                                                  " has an invalid extended attribute " + quotedName(name));
        return failErrno(what("set " + name + " of", path));
    }
    return {};
}

bool isAllowedXattr(std::string_view name) {
    if (name == "security.capability" || name == "system.posix_acl_access" ||
        name == "system.posix_acl_default")
        return true;
    return name.starts_with("user.") && !name.starts_with("user.overlay.");
}

Xattrs readXattrs(int fd) {
    Xattrs found;
    const std::string names = grown([fd](char* to, std::size_t size) {
                                  return ::flistxattr(fd, to, size);
                              }).value_or(std::string());
    for (std::size_t start = 0; start < names.size();) {
        std::string name = names.c_str() + start;
        start += name.size() + 1;
        if (!isAllowedXattr(name))
            continue;
        auto value =
            grown([&](char* to, std::size_t size) { return ::fgetxattr(fd, name.c_str(), to, size); });
        if (value)
            found.emplace_back(std::move(name), *std::move(value));
    }
    return found;
}

/// In this order: chown clears set-id bits and capabilities, writing them changes no times.
Result<void> applyAttributes(int fd, const std::string& path, const EntryAttributes& attributes,
                             bool ownerDiffers) {
    if (ownerDiffers && ::fchown(fd, attributes.owner, attributes.group) != 0)
        return failErrno(what("change the owner of", path));
    if (::fchmod(fd, attributes.mode) != 0)
        return failErrno(what("change the mode of", path));
    TRY(applyXattrs(fd, path, attributes.xattrs));
    if (::futimens(fd, attributes.times().data()) != 0)
        return failErrno(what("set the times of", path));
    return {};
}

} // namespace escale
