#include "helper/docker-api/http/listening_socket.h"

#include "engine/base/file.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace escale::docker_api {
namespace {

constexpr int kFirstPassed = 3; // SD_LISTEN_FDS_START

// Where nobody else reaches the folder, the socket itself lets everybody in: root of a container that it was
// given to is another user here.
mode_t modeIn(const std::string& folder) {
    struct stat status {};
    const bool isOurs =
        ::stat(folder.c_str(), &status) == 0 && status.st_uid == ::getuid() && (status.st_mode & 0077U) == 0;
    return isOurs ? 0666 : 0600;
}

// What a former one has left there goes.
Result<void> makeRoom(const std::string& path, const sockaddr* address, socklen_t size) {
    struct stat there {};
    if (::lstat(path.c_str(), &there) != 0)
        return errno == ENOENT ? Result<void>() : failErrno("cannot look at " + path);
    if (!S_ISSOCK(there.st_mode))
        return fail(
            Error{ErrorCode::AlreadyExists, path + " is there and is no socket", "Choose another path.", {}});
    const UniqueFd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (::connect(probe.get(), address, size) == 0 || errno == EAGAIN)
        return fail(ErrorCode::InUse, "somebody answers at " + path + " already");
    if (::unlink(path.c_str()) != 0)
        return failErrno("cannot remove " + path + ", which nobody answers at");
    return {};
}

bool isListening(int file) {
    int listens = 0, family = 0;
    socklen_t size = sizeof listens;
    return ::getsockopt(file, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens == 1 &&
           ::getsockopt(file, SOL_SOCKET, SO_DOMAIN, &family, &size) == 0 && family == AF_UNIX;
}

std::string variable(const char* name) {
    const char* const value = ::getenv(name);
    return value == nullptr ? "" : value;
}

} // namespace

Result<UniqueFd> listenAt(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (!path.starts_with('/'))
        return fail(ErrorCode::InvalidArgument, "the socket's path must begin with \"/\": " + path);
    if (path.size() >= sizeof address.sun_path)
        return fail(ErrorCode::InvalidArgument,
                    "the socket's path is longer than a socket's may be: " + path);
    path.copy(&address.sun_path[0], path.size());
    const auto* const name = reinterpret_cast<const sockaddr*>(
        &address); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast): bind(2)
    const std::string folder = path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
    TRY(makeDirectories(folder, 0700));
    // Two that begin at once must not take each other's socket for one that is left over.
    const UniqueFd turn(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!turn || ::flock(turn.get(), LOCK_EX) != 0)
        return failErrno("cannot use the folder " + folder);
    TRY(makeRoom(path, name, sizeof address));
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket || ::bind(socket.get(), name, sizeof address) != 0 ||
        ::chmod(path.c_str(), modeIn(folder)) != 0 || ::listen(socket.get(), 1024) != 0)
        return failErrno("cannot listen at " + path);
    return socket;
}

Result<std::optional<UniqueFd>> passedSocket() {
    const std::string process = variable("LISTEN_PID"), count = variable("LISTEN_FDS");
    for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
        ::unsetenv(name); // they are no child's
    if (process != std::to_string(::getpid()))
        return std::optional<UniqueFd>();
    if (count != "1" || !isListening(kFirstPassed))
        return fail(ErrorCode::InvalidArgument,
                    "systemd has passed something else than one listening Unix socket");
    if (::fcntl(kFirstPassed, F_SETFD, FD_CLOEXEC) != 0 || ::fcntl(kFirstPassed, F_SETFL, O_NONBLOCK) != 0)
        return failErrno("cannot use the socket that systemd has passed");
    return std::optional(UniqueFd(kFirstPassed));
}

} // namespace escale::docker_api
