#include "helper/worker/landlock.h"

#include "engine/base/unique_fd.h"

#include <cerrno>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale::worker {
namespace {

constexpr std::uint64_t kRead =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;
// All rights of the first version; later ones are about TRUNCATE, REFER and IOCTL, which need an open file
// first.
constexpr std::uint64_t kHandled = kRead | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                                   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                   LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                   LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

Result<void> allow(int rules, const char* path) {
    const UniqueFd target(::open(path, O_PATH | O_CLOEXEC));
    if (!target)
        return {};
    struct stat info {};
    if (::fstat(target.get(), &info) != 0)
        return failErrno(std::string("cannot read the type of ") + path);
    landlock_path_beneath_attr rule{};
    rule.allowed_access = S_ISDIR(info.st_mode) ? kRead : LANDLOCK_ACCESS_FS_READ_FILE;
    rule.parent_fd = target.get();
    if (::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
        return failErrno(std::string("cannot allow reading ") + path);
    return {};
}

} // namespace

Result<void> allowOnlyReading(const std::vector<const char*>& paths) {
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = kHandled;
    const UniqueFd rules(static_cast<int>(
        ::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0)));
    if (!rules && (errno == ENOSYS || errno == EOPNOTSUPP))
        return {};
    if (!rules)
        return failErrno("cannot make a Landlock rule set");
    for (const char* path : paths) {
        TRY(allow(rules.get(), path));
    }
    if (::syscall(SYS_landlock_restrict_self, rules.get(), 0) != 0)
        return failErrno("cannot apply the Landlock rules");
    return {};
}

} // namespace escale::worker
