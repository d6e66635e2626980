#include "engine/base/procfs.h"

#include "engine/base/syscalls.h"

#include <linux/magic.h>
#include <sys/statfs.h>

namespace escale {

namespace {

bool isProcfs(int directory) {
    constexpr ino_t kRootOfProc = 1; // PROC_ROOT_INO
    struct statfs system {};
    struct stat info {};
    return ::fstatfs(directory, &system) == 0 && system.f_type == PROC_SUPER_MAGIC &&
           ::fstat(directory, &info) == 0 && info.st_ino == kRootOfProc;
}

} // namespace

Result<UniqueFd> openProcfs() {
    UniqueFd proc(sys::openTree(AT_FDCWD, "/proc", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
    if (!proc)
        proc.reset(::open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!proc)
        return failErrno("cannot open /proc");
    if (!isProcfs(proc.get()))
        return fail(ErrorCode::Untrusted, "what is mounted on /proc is no procfs",
                    "Another mount may cover it: umount /proc shows what is below");
    return proc;
}

Result<void> writeProcfs(const std::string& path, std::string_view data) {
    TRY_ASSIGN(const auto proc, openProcfs());
    const int file = sys::openAt2(proc.get(), path.c_str(), O_WRONLY, sys::kInProcfs);
    if (file < 0)
        return fail(systemError(-file, "cannot open /proc/" + path));
    const UniqueFd opened(file);
    if (::write(opened.get(), data.data(), data.size()) != static_cast<ssize_t>(data.size()))
        return failErrno("cannot write /proc/" + path);
    return {};
}

} // namespace escale
