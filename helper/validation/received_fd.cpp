#include "helper/validation/received_fd.h"

#include "engine/base/cached_stat.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace escale {
namespace {

bool isStream(int fd, mode_t mode) {
    if (S_ISFIFO(mode) || S_ISREG(mode))
        return true;
    int type = 0;
    socklen_t size = sizeof type;
    return S_ISSOCK(mode) && ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

Result<UniqueFd> copyOf(const QDBusUnixFileDescriptor& passed) {
    UniqueFd own(::fcntl(passed.fileDescriptor(), F_DUPFD_CLOEXEC, 3));
    if (!own)
        return failErrno("cannot take the descriptor that was passed");
    return own;
}

Result<UniqueFd> take(const QDBusUnixFileDescriptor& passed, bool orFolder) {
    if (!passed.isValid())
        return fail(ErrorCode::InvalidArgument, "no descriptor was passed");
    const int flags = ::fcntl(passed.fileDescriptor(), F_GETFL);
    if (flags < 0 || (flags & O_PATH) != 0 || (flags & O_ACCMODE) == O_WRONLY)
        return fail(ErrorCode::InvalidArgument, "the descriptor that was passed is not open for reading");
    const mode_t mode = cachedStat(passed.fileDescriptor()).stx_mode;
    if (!isStream(passed.fileDescriptor(), mode) && !(orFolder && S_ISDIR(mode)))
        return fail(ErrorCode::InvalidArgument,
                    "the descriptor that was passed is neither a pipe, a socket nor a file");
    return copyOf(passed);
}

} // namespace

Result<UniqueFd> takeReadable(const QDBusUnixFileDescriptor& passed) {
    return take(passed, false);
}

Result<UniqueFd> takeReadableOrFolder(const QDBusUnixFileDescriptor& passed) {
    return take(passed, true);
}

Result<UniqueFd> takePath(const QDBusUnixFileDescriptor& passed) {
    if (!passed.isValid())
        return fail(ErrorCode::InvalidArgument, "no descriptor was passed");
    const int flags = ::fcntl(passed.fileDescriptor(), F_GETFL);
    if (flags < 0 || (flags & O_PATH) == 0)
        return fail(ErrorCode::InvalidArgument, "the descriptor that was passed was not opened with O_PATH");
    const mode_t mode = cachedStat(passed.fileDescriptor()).stx_mode;
    if (!S_ISDIR(mode) && !S_ISREG(mode) && !S_ISSOCK(mode) && !S_ISFIFO(mode))
        return fail(ErrorCode::InvalidArgument,
                    "the descriptor that was passed is neither a folder, a file, a socket nor a named pipe");
    return copyOf(passed);
}

Result<UniqueFd> takeSocketPath(const QDBusUnixFileDescriptor& passed) {
    TRY_ASSIGN(UniqueFd path, takePath(passed));
    if (!S_ISSOCK(cachedStat(path.get()).stx_mode))
        return fail(ErrorCode::InvalidArgument, "the descriptor that was passed is not of a socket");
    return path;
}

Result<UniqueFd> takeSocket(const QDBusUnixFileDescriptor& passed) {
    if (!passed.isValid())
        return fail(ErrorCode::InvalidArgument, "no descriptor was passed");
    int type = 0;
    socklen_t size = sizeof type;
    sockaddr_storage peer{};
    socklen_t length = sizeof peer;
    const int fd = passed.fileDescriptor();
    if (::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM ||
        ::getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &length) != 0 || peer.ss_family != AF_UNIX)
        return fail(ErrorCode::InvalidArgument,
                    "the descriptor that was passed is no connected stream socket");
    return copyOf(passed);
}

Result<UniqueFd> takeWritable(const QDBusUnixFileDescriptor& passed) {
    if (!passed.isValid())
        return fail(ErrorCode::InvalidArgument, "no descriptor was passed");
    const int flags = ::fcntl(passed.fileDescriptor(), F_GETFL);
    if (flags < 0 || (flags & O_PATH) != 0 || (flags & O_ACCMODE) == O_RDONLY)
        return fail(ErrorCode::InvalidArgument, "the descriptor that was passed is not open for writing");
    const mode_t mode = cachedStat(passed.fileDescriptor()).stx_mode;
    if (!S_ISFIFO(mode) && !S_ISREG(mode))
        return fail(ErrorCode::InvalidArgument,
                    "the descriptor that was passed is neither a pipe nor a file");
    if ((flags & O_DIRECT) != 0)
        return fail(ErrorCode::InvalidArgument, "the descriptor that was passed was opened with O_DIRECT");
    return copyOf(passed);
}

} // namespace escale
