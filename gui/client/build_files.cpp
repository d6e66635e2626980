#include "gui/client/build_files.h"

#include "engine/base/file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale::gui {

static constexpr std::size_t kMostIgnored = 1U << 20; // bytes of .dockerignore

Result<UniqueFd> sealedFile(std::string_view content, const std::string& what) {
    UniqueFd file(::memfd_create("escale", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file)
        return failErrno("cannot keep " + what + " in memory");
    TRY(writeAll(file.get(), content, what));
    if (::lseek(file.get(), 0, SEEK_SET) != 0 ||
        ::fcntl(file.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
        return failErrno("cannot seal " + what + " in memory");
    return file;
}

Result<IgnoreFile> ignoredFiles(const std::string& dockerfile, const std::string& folder) {
    for (const std::string& path : {dockerfile + ".dockerignore", folder + "/.dockerignore"}) {
        struct stat status {};
        if (path == ".dockerignore") // there is no Dockerfile on the disk
            continue;
        if (::stat(path.c_str(), &status) != 0 && (errno == ENOENT || errno == ENOTDIR))
            continue;
        // A pipe would hold up the build.
        TRY_ASSIGN(const UniqueFd file, openFile(path, O_RDONLY | O_NONBLOCK));
        if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
            return fail(ErrorCode::InvalidArgument, path + " is no file");
        auto text = readFd(file.get(), kMostIgnored);
        if (!text)
            return fail(std::move(text).error().prefixed(path));
        auto ignored = IgnoreFile::parse(*text);
        if (!ignored)
            return fail(std::move(ignored).error().prefixed(path));
        return ignored;
    }
    return IgnoreFile();
}

} // namespace escale::gui
