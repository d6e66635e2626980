#include "engine/runtime/cli/sealed_copy.h"

#include "engine/base/file.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

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

} // namespace

Result<void> runFromSealedCopy(char** arguments) {
    TRY_ASSIGN(const auto program, openFile("/proc/self/exe", O_RDONLY));
    if (::fcntl(program.get(), F_GET_SEALS) == kSeals)
        return {};
    std::array<char, PATH_MAX> origin{};
    if (::readlink("/proc/self/exe", origin.data(), origin.size() - 1) > 0)
        ::setenv("ESCALE_RUNTIME_ORIGIN", origin.data(), 1);
    TRY_ASSIGN(const auto copy, makeCopy(program.get()));
    ::fexecve(copy.get(), arguments, environ);
    return failErrno("cannot run the runtime's sealed copy");
}

} // namespace escale
