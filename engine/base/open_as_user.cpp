#include "engine/base/open_as_user.h"

#include "engine/base/syscalls.h"
#include "engine/base/within_time.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>

namespace escale {
namespace {

constexpr gid_t kNoGroup = 65534;

// Each call is of this thread alone: glibc's functions would change all threads.
Result<void> becomeUser(const UserCredentials& user) {
    if (user.uid == 0)
        return {};
    const std::string what = "cannot take the rights of user " + std::to_string(user.uid);
    if (const long done = sys::call(SYS_setgroups, user.groups.size(), user.groups.data()); done < 0)
        return fail(systemError(static_cast<int>(-done), what));
    // They answer with the id before, whether or not it worked: the second call tells.
    sys::call(SYS_setfsgid, user.gid);
    sys::call(SYS_setfsuid, user.uid);
    if (sys::call(SYS_setfsgid, -1) != static_cast<long>(user.gid) ||
        sys::call(SYS_setfsuid, -1) != static_cast<long>(user.uid))
        return fail(ErrorCode::SystemFailure, what);
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> none{};
    if (const long done = sys::call(SYS_capset, &header, none.data()); done < 0)
        return fail(systemError(static_cast<int>(-done), what));
    return {};
}

// More than a slow disk takes, less than a person waits.
constexpr std::chrono::seconds kPatience(10);

template <class T>
Result<T> asUser(const UserCredentials& user, const std::string& what, std::function<Result<T>()> work) {
    return withinTime<T>(kPatience, user.uid, what, [user, work = std::move(work)]() -> Result<T> {
        TRY(becomeUser(user));
        return work();
    });
}

Result<void> checkAbsolute(const std::string& path) {
    if (!path.starts_with('/') || path.find('\0') != std::string::npos)
        return fail(ErrorCode::InvalidArgument, "\"" + path.substr(0, 200) + "\" is no absolute path");
    return {};
}

Result<UniqueFd> openHere(const std::string& path, int flags) {
    const int fd = sys::openAt2(AT_FDCWD, path.c_str(), static_cast<unsigned>(flags), RESOLVE_NO_MAGICLINKS);
    if (fd < 0)
        return fail(systemError(-fd, "cannot open " + path));
    return UniqueFd(fd);
}

} // namespace

Result<UserCredentials> credentialsOf(uid_t uid) {
    UserCredentials user{uid, kNoGroup, {kNoGroup}};
    passwd record{};
    passwd* found = nullptr;
    std::vector<char> text(1024);
    int error = 0;
    while ((error = ::getpwuid_r(uid, &record, text.data(), text.size(), &found)) == ERANGE &&
           text.size() < (1U << 20))
        text.resize(text.size() * 2);
    if (error != 0 && error != ENOENT && error != ESRCH)
        return fail(systemError(error, "cannot look up user " + std::to_string(uid)));
    if (found == nullptr)
        return user;
    user.gid = found->pw_gid;
    int count = 64;
    do {
        user.groups.resize(static_cast<std::size_t>(count));
    } while (::getgrouplist(found->pw_name, user.gid, user.groups.data(), &count) < 0 &&
             static_cast<std::size_t>(count) > user.groups.size());
    user.groups.resize(static_cast<std::size_t>(count));
    return user;
}

Result<UniqueFd> openAsUser(const UserCredentials& user, const std::string& path, int flags) {
    TRY(checkAbsolute(path));
    return asUser<UniqueFd>(user, path, [path, flags] { return openHere(path, flags); });
}

Result<UniqueFd> openAsUser(const UserCredentials& user, const std::string& what,
                            std::function<Result<UniqueFd>()> open) {
    return asUser<UniqueFd>(user, what, std::move(open));
}

Result<void> makeFolderAsUser(const UserCredentials& user, const std::string& path) {
    TRY(checkAbsolute(path));
    return asUser<void>(user, path, [path]() -> Result<void> {
        TRY_ASSIGN(UniqueFd folder, openHere("/", O_PATH | O_DIRECTORY));
        for (std::size_t start = 1; start < path.size();) {
            const auto slash = std::min(path.find('/', start), path.size());
            const std::string name = path.substr(start, slash - start);
            const std::string whole = path.substr(0, slash);
            start = slash + 1;
            if (name.empty())
                continue;
            if (::mkdirat(folder.get(), name.c_str(), 0755) != 0 && errno != EEXIST) {
                const int why = errno;
                if (::faccessat(folder.get(), name.c_str(), F_OK, 0) != 0) // a read-only one may be there
                    return fail(systemError(why, "cannot make folder " + whole));
            }
            TRY_ASSIGN(folder, openHere(whole, O_PATH | O_DIRECTORY));
        }
        return {};
    });
}

Result<void> checkAccessAsUser(const UserCredentials& user, int fd, int mode, const std::string& what) {
    const auto own = std::make_shared<const UniqueFd>(::fcntl(fd, F_DUPFD_CLOEXEC, 3));
    if (!*own)
        return failErrno(what);
    return asUser<void>(user, what, [own, mode, what]() -> Result<void> {
        const long done = sys::call(SYS_faccessat2, own->get(), "", mode, AT_EMPTY_PATH | AT_EACCESS);
        if (done < 0)
            return fail(systemError(static_cast<int>(-done), what));
        return {};
    });
}

} // namespace escale
