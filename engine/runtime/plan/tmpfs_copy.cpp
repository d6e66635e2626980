#include "engine/runtime/plan/tmpfs_copy.h"

#include "engine/base/file.h"
#include "engine/base/syscalls.h"

#include <array>
#include <cerrno>
#include <climits>
#include <dirent.h>
#include <memory>
#include <sys/sendfile.h>

namespace escale {
namespace {

Result<UniqueFd> makeTmpfs(const spec::MountOptions& options) {
    const UniqueFd fs(static_cast<int>(::syscall(SYS_fsopen, "tmpfs", FSOPEN_CLOEXEC)));
    if (!fs)
        return failErrno("cannot make a tmpfs");
    for (const auto& option : options.filesystem) {
        const auto equals = option.find('=');
        const std::string name = option.substr(0, equals);
        const bool flag = equals == std::string::npos;
        if (::syscall(SYS_fsconfig, fs.get(), flag ? FSCONFIG_SET_FLAG : FSCONFIG_SET_STRING, name.c_str(),
                      flag ? nullptr : option.c_str() + equals + 1, 0) != 0)
            return failErrno("tmpfs does not take the option \"" + option + "\"");
    }
    if (::syscall(SYS_fsconfig, fs.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0)
        return failErrno("cannot make a tmpfs");
    const auto attributes =
        options.attributesSet & ~std::uint64_t(MOUNT_ATTR_RDONLY); // it is still to be filled
    UniqueFd mount(static_cast<int>(::syscall(SYS_fsmount, fs.get(), FSMOUNT_CLOEXEC, attributes)));
    if (!mount)
        return failErrno("cannot make a tmpfs");
    return mount;
}

class Copy {
public:
    explicit Copy(std::string place)
        : m_place(std::move(place)) {}
    Result<void> folder(int from, int to, int depth);

private:
    Result<void> entry(int from, int to, const char* name, int depth);
    Result<void> regular(int from, int to, const char* name, const struct stat& info);
    Result<void> link(int from, int to, const char* name);
    tl::unexpected<Error> failed(const char* name) {
        return failErrno("cannot copy " + m_place + "/…/" + name);
    }

    std::string m_place;
};

Result<void> Copy::regular(int from, int to, const char* name, const struct stat& info) {
    const UniqueFd source(::openat(from, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    const UniqueFd target(::openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!source || !target)
        return failed(name);
    for (off_t left = info.st_size; left > 0;) {
        const auto sent = ::sendfile(target.get(), source.get(), nullptr, static_cast<std::size_t>(left));
        if (sent < 0)
            return failed(name);
        if (sent == 0)
            break; // it became shorter meanwhile
        left -= sent;
    }
    return {};
}

Result<void> Copy::link(int from, int to, const char* name) {
    std::array<char, PATH_MAX> text{};
    const auto size = ::readlinkat(from, name, text.data(), text.size() - 1);
    if (size < 0 || ::symlinkat(text.data(), to, name) != 0)
        return failed(name);
    return {};
}

Result<void> Copy::entry(int from, int to, const char* name, int depth) {
    struct stat info {};
    if (::fstatat(from, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return failed(name);
    if (S_ISREG(info.st_mode)) {
        TRY(regular(from, to, name, info));
    } else if (S_ISLNK(info.st_mode)) {
        TRY(link(from, to, name));
    } else if (S_ISDIR(info.st_mode)) {
        if (::mkdirat(to, name, 0700) != 0)
            return failed(name);
        const UniqueFd below(::openat(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        const UniqueFd made(::openat(to, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!below || !made)
            return failed(name);
        TRY(folder(below.get(), made.get(), depth + 1));
    } else if (S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode)) {
        if (::mknodat(to, name, info.st_mode, 0) != 0)
            return failed(name);
    } else {
        return {}; // a device of the image stays behind: devices are the configuration's business
    }
    if (::fchownat(to, name, info.st_uid, info.st_gid, AT_SYMLINK_NOFOLLOW) != 0 ||
        (!S_ISLNK(info.st_mode) && ::fchmodat(to, name, info.st_mode & 07777, 0) != 0))
        return failed(name);
    return {};
}

Result<void> Copy::folder(int from, int to, int depth) {
    if (depth > 200)
        return fail(ErrorCode::Unsupported, m_place + " is nested more than 200 folders deep");
    const UniqueFd again(::openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const std::unique_ptr<DIR, int (*)(DIR*)> listing(::fdopendir(again ? ::dup(again.get()) : -1),
                                                      &::closedir);
    if (!listing)
        return failed(".");
    while (const dirent* next = ::readdir(listing.get())) {
        const std::string_view name = next->d_name;
        if (name != "." && name != "..")
            TRY(entry(from, to, next->d_name, depth));
    }
    return {};
}

} // namespace

Result<UniqueFd> makeTmpfsCopy(const std::string& root, const std::string& destination,
                               const spec::MountOptions& options) {
    TRY_ASSIGN(auto mount, makeTmpfs(options));
    TRY_ASSIGN(const UniqueFd rootFolder, openFile(root, O_PATH | O_DIRECTORY));
    const auto source = openInRoot(rootFolder.get(), destination, O_RDONLY | O_DIRECTORY);
    if (!source)
        return source.error().code == ErrorCode::NotFound ? Result<UniqueFd>(std::move(mount))
                                                          : Result<UniqueFd>(fail(source.error()));
    TRY_ASSIGN(const UniqueFd target, openFileAt(mount.get(), ".", O_RDONLY | O_DIRECTORY));
    TRY(Copy(destination).folder(source->get(), target.get(), 0));
    // The folder itself, but for what the options say.
    struct stat info {};
    if (::fstat(source->get(), &info) != 0)
        return failErrno("cannot look at " + destination);
    const auto says = [&](const char* word) {
        for (const auto& option : options.filesystem) {
            if (option.starts_with(word))
                return true;
        }
        return false;
    };
    if ((!says("uid=") && !says("gid=") && ::fchown(target.get(), info.st_uid, info.st_gid) != 0) ||
        (!says("mode=") && ::fchmod(target.get(), info.st_mode & 07777) != 0))
        return failErrno("cannot set the owner of the tmpfs on " + destination);
    return mount;
}

} // namespace escale
