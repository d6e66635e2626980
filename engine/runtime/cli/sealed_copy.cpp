#include "engine/runtime/cli/sealed_copy.h"

#include "engine/base/syscalls.h"
#include "engine/base/unique_fd.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr const char* kProgram = "/proc/self/exe";
constexpr const char* kOrigin =
    "ESCALE_RUNTIME_ORIGIN"; // the program's path, for the monitors (monitor/launch.cpp)
constexpr int kSeals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
#ifndef MFD_EXEC
constexpr unsigned MFD_EXEC = 0x10U; // Linux 6.3: says that it is meant to be executed
#endif

Result<UniqueFd> makeCopy(int program) {
    UniqueFd copy(::memfd_create("escale-runtime", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC));
    if (!copy) // an older kernel
        copy.reset(::memfd_create("escale-runtime", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!copy)
        return failErrno("cannot make a memory file");
    struct stat info {};
    if (::fstat(program, &info) != 0)
        return failErrno("cannot look at the runtime's own file");
    for (off_t left = info.st_size; left > 0;) {
        const auto sent = ::sendfile(copy.get(), program, nullptr, static_cast<std::size_t>(left));
        if (sent <= 0)
            return failErrno("cannot copy the runtime's own file");
        left -= sent;
    }
    if (::fcntl(copy.get(), F_ADD_SEALS, kSeals) != 0)
        return failErrno("cannot seal the runtime's copy");
    return copy;
}

// The mount goes with its last user: the descriptor is closed by exec, the running program keeps it.
Result<UniqueFd> makeReadonlyMount() {
    UniqueFd mount(sys::openTree(AT_FDCWD, kProgram, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
    if (!mount)
        return failErrno("cannot make a mount of the runtime's own file");
    mount_attr attributes{};
    attributes.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
    if (const int result = sys::setMountAttributes(mount.get(), 0, attributes); result < 0)
        return fail(systemError(-result, "cannot make the mount of the runtime's own file read-only"));
    return mount;
}

// A program on such a mount has no path but "/": its file is the mount's root, and the mount is nowhere.
bool isOnReadonlyMount(int program, std::string_view path) {
    struct statvfs info {};
    return path == "/" && ::fstatvfs(program, &info) == 0 && (info.f_flag & ST_RDONLY) != 0;
}

} // namespace

Result<void> runFromSealedCopy(char** arguments) {
    const UniqueFd program(::open(kProgram, O_RDONLY | O_CLOEXEC));
    if (!program)
        return failErrno("cannot open the runtime's own file");
    std::array<char, PATH_MAX> origin{};
    const auto size = ::readlink(kProgram, origin.data(), origin.size() - 1);
    if (isOnReadonlyMount(program.get(), {origin.data(), size > 0 ? static_cast<std::size_t>(size) : 0}) ||
        ::fcntl(program.get(), F_GET_SEALS) == kSeals)
        return {};
    const bool again = ::getenv(kOrigin) != nullptr; // the mount did not serve: no endless circle
    if (size > 0 && !again)
        ::setenv(kOrigin, origin.data(), 1);
    if (!again) {
        if (const auto mount = makeReadonlyMount())
            ::fexecve(mount->get(), arguments, environ);
    }
    TRY_ASSIGN(const auto copy, makeCopy(program.get()));
    ::fexecve(copy.get(), arguments, environ);
    return failErrno("cannot run the runtime's sealed copy");
}

} // namespace escale
