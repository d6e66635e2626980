#include "helper/worker/landlock.h"

#include "engine/base/log.h"
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
constexpr std::uint64_t kChange = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                  LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                                  LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                  LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                  LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
// Later versions' rights are about TRUNCATE and IOCTL, which need an open file first where no path can be
// named, and this one.
constexpr std::uint64_t kLinkBetweenFolders = 1U << 13; // LANDLOCK_ACCESS_FS_REFER, since version 2
constexpr std::uint64_t kTruncate = 1U << 14;           // LANDLOCK_ACCESS_FS_TRUNCATE, since version 3

/// The kernel's version of the interface; 0 without Landlock, which is told once.
int version() {
    const auto number = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (number <= 0)
        logWarning("this kernel has no Landlock: a worker's other limits must do");
    return number <= 0 ? 0 : static_cast<int>(number);
}

Result<UniqueFd> makeRules(std::uint64_t handled) {
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = handled;
    UniqueFd rules(static_cast<int>(
        ::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0)));
    if (!rules)
        return failErrno("cannot make a Landlock rule set");
    return rules;
}

Result<void> allow(const UniqueFd& rules, int target, std::uint64_t access, const char* what) {
    landlock_path_beneath_attr rule{};
    rule.allowed_access = access;
    rule.parent_fd = target;
    if (::syscall(SYS_landlock_add_rule, rules.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
        return failErrno(std::string("cannot add a Landlock rule for ") + what);
    return {};
}

Result<void> allowReading(const UniqueFd& rules, const char* path) {
    const UniqueFd target(::open(path, O_PATH | O_CLOEXEC));
    if (!target)
        return {};
    struct stat info {};
    if (::fstat(target.get(), &info) != 0)
        return failErrno(std::string("cannot read the type of ") + path);
    return allow(rules, target.get(), S_ISDIR(info.st_mode) ? kRead : LANDLOCK_ACCESS_FS_READ_FILE, path);
}

Result<void> apply(const UniqueFd& rules) {
    if (::syscall(SYS_landlock_restrict_self, rules.get(), 0) != 0)
        return failErrno("cannot apply the Landlock rules");
    return {};
}

} // namespace

Result<void> allowOnlyReading(const std::vector<const char*>& paths) {
    if (version() == 0)
        return {};
    TRY_ASSIGN(const UniqueFd rules, makeRules(kRead | kChange));
    for (const char* path : paths)
        TRY(allowReading(rules, path));
    return apply(rules);
}

Result<void> allowPrograms(const std::vector<const char*>& readable, const std::vector<const char*>& writable,
                           int directory) {
    const int known = version();
    if (known < 2) {
        if (known == 1)
            logWarning("this kernel's Landlock is its first: a worker's other limits must do");
        return {};
    }
    const std::uint64_t change = kChange | kLinkBetweenFolders | (known >= 3 ? kTruncate : 0);
    TRY_ASSIGN(const UniqueFd rules, makeRules(kRead | change));
    for (const char* path : readable)
        TRY(allowReading(rules, path));
    for (const char* path : writable) {
        const UniqueFd target(::open(path, O_PATH | O_CLOEXEC));
        if (target)
            TRY(allow(rules, target.get(), LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE,
                      path));
    }
    if (directory >= 0)
        TRY(allow(rules, directory, (kRead & ~std::uint64_t(LANDLOCK_ACCESS_FS_EXECUTE)) | change,
                  "the folder to write in"));
    return apply(rules);
}

Result<void> allowOnlyReadingBelow(const std::vector<int>& directories) {
    if (version() == 0)
        return {};
    TRY_ASSIGN(const UniqueFd rules, makeRules(kRead | kChange));
    for (const int directory : directories)
        TRY(allow(rules, directory, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
                  "the container's files"));
    return apply(rules);
}

Result<void> allowOnlyBelow(const std::vector<int>& directories, const std::vector<int>& readable) {
    const int known = version();
    if (known == 0)
        return {};
    // The first version knows no right to link between folders, and refuses every such link.
    if (known == 1) {
        logWarning("this kernel's Landlock allows no links between folders: a worker's other limits must do");
        return {};
    }
    TRY_ASSIGN(const UniqueFd rules, makeRules(kRead | kChange | kLinkBetweenFolders));
    for (const int directory : directories) {
        if (directory >= 0)
            TRY(allow(rules, directory,
                      (kRead & ~std::uint64_t(LANDLOCK_ACCESS_FS_EXECUTE)) | kChange | kLinkBetweenFolders,
                      "the layer's folder"));
    }
    for (const int directory : readable) {
        if (directory >= 0)
            TRY(allow(rules, directory, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
                      "the folder that is copied"));
    }
    return apply(rules);
}

} // namespace escale::worker
