#include "engine/base/file.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <memory>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale {
namespace {

Result<UniqueFd> openAt2(int directory, const std::string& path, int flags, mode_t mode, std::uint64_t resolve) {
    open_how how{};
    how.flags = static_cast<std::uint64_t>(static_cast<unsigned>(flags)) | O_CLOEXEC;
    how.mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? mode : 0;
    how.resolve = resolve;
    for (;;) {
        const long fd = ::syscall(SYS_openat2, directory, path.c_str(), &how, sizeof how);
        if (fd >= 0)
            return UniqueFd(static_cast<int>(fd));
        // openat2(2): EAGAIN when a rename raced with the look-up of "..".
        if (errno != EINTR && errno != EAGAIN)
            return failErrno("cannot open " + path);
    }
}

std::string parentOf(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> removeChildren(int directory) {
    UniqueFd copy(::fcntl(directory, F_DUPFD_CLOEXEC, 0));
    if (!copy)
        return failErrno("cannot duplicate a folder's descriptor");
    std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(copy.get()), ::closedir);
    if (!stream)
        return failErrno("cannot list a folder");
    (void)copy.release(); // closedir owns it now
    ::rewinddir(stream.get());
    while (const dirent* entry = ::readdir(stream.get())) {
        const std::string name = entry->d_name;
        if (name == "." || name == "..")
            continue;
        if (entry->d_type != DT_DIR && ::unlinkat(directory, name.c_str(), 0) == 0)
            continue;
        TRY(removeTreeAt(directory, name));
    }
    return {};
}

} // namespace

Result<UniqueFd> openFileAt(int directory, const std::string& path, int flags, mode_t mode) {
    int fd = -1;
    do {
        fd = ::openat(directory, path.c_str(), flags | O_CLOEXEC, mode);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return failErrno("cannot open " + path);
    return UniqueFd(fd);
}

Result<UniqueFd> openFile(const std::string& path, int flags, mode_t mode) {
    return openFileAt(AT_FDCWD, path, flags, mode);
}

Result<UniqueFd> openBeneath(int directory, const std::string& path, int flags, mode_t mode) {
    return openAt2(directory, path, flags, mode, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS);
}

Result<UniqueFd> openInRoot(int root, const std::string& path, int flags, mode_t mode) {
    return openAt2(root, path, flags, mode, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
}

Result<std::string> readFd(int fd, std::size_t limit) {
    std::string content;
    for (;;) {
        const std::size_t used = content.size();
        content.resize(used + 16384);
        const ssize_t got = ::read(fd, content.data() + used, 16384);
        if (got < 0 && errno == EINTR) {
            content.resize(used);
            continue;
        }
        if (got < 0)
            return failErrno("cannot read");
        content.resize(used + static_cast<std::size_t>(got));
        if (got == 0)
            return content;
        if (content.size() > limit)
            return fail(ErrorCode::InvalidArgument, "longer than " + std::to_string(limit) + " bytes");
    }
}

Result<std::string> readFile(const std::string& path, std::size_t limit) {
    TRY_ASSIGN(const UniqueFd fd, openFile(path, O_RDONLY));
    auto content = readFd(fd.get(), limit);
    if (!content)
        return fail(std::move(content).error().prefixed(path));
    return content;
}

Result<void> writeAll(int fd, std::string_view data, const std::string& what) {
    while (!data.empty()) {
        const ssize_t done = ::write(fd, data.data(), data.size());
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return failErrno("cannot write " + what);
        data.remove_prefix(static_cast<std::size_t>(done));
    }
    return {};
}

Result<void> writeExisting(const std::string& path, std::string_view data) {
    TRY_ASSIGN(const UniqueFd fd, openFile(path, O_WRONLY));
    // One write: the kernel's control files take a value whole or not at all.
    if (::write(fd.get(), data.data(), data.size()) != static_cast<ssize_t>(data.size()))
        return failErrno("cannot write \"" + std::string(data) + "\" to " + path);
    return {};
}

Result<void> writeFileAtomically(const std::string& path, std::string_view data, mode_t mode) {
    std::string temporary = path + ".XXXXXX";
    UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd)
        return failErrno("cannot create " + temporary);
    auto written = writeAll(fd.get(), data, temporary);
    if (written && (::fchmod(fd.get(), mode) != 0 || ::fsync(fd.get()) != 0))
        written = failErrno("cannot finish " + temporary);
    if (written && ::rename(temporary.c_str(), path.c_str()) != 0)
        written = failErrno("cannot rename " + temporary + " to " + path);
    if (!written) {
        ::unlink(temporary.c_str());
        return written;
    }
    TRY_ASSIGN(const UniqueFd folder, openFile(parentOf(path), O_RDONLY | O_DIRECTORY));
    if (::fsync(folder.get()) != 0)
        return failErrno("cannot sync the folder of " + path);
    return {};
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

Result<void> makeDirectories(const std::string& path, mode_t mode) {
    for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
        const std::string part = path.substr(0, slash);
        if (::mkdir(part.c_str(), mode) != 0 && errno != EEXIST)
            return failErrno("cannot make folder " + part);
        if (slash == std::string::npos)
            return {};
    }
}

Result<void> removeTreeAt(int directory, const std::string& name) {
    if (::unlinkat(directory, name.c_str(), 0) == 0 || errno == ENOENT)
        return {};
    if (errno != EISDIR && errno != EPERM)
        return failErrno("cannot remove " + name);
    {
        TRY_ASSIGN(const UniqueFd child, openFileAt(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
        TRY(removeChildren(child.get()));
    }
    if (::unlinkat(directory, name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT)
        return failErrno("cannot remove folder " + name);
    return {};
}

Result<void> removeTree(const std::string& path) { return removeTreeAt(AT_FDCWD, path); }

Result<std::vector<std::string>> listDirectory(const std::string& path) {
    std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(path.c_str()), ::closedir);
    if (!stream)
        return failErrno("cannot list " + path);
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(stream.get())) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..")
            names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace escale
