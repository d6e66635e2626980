#include "engine/runtime/lifecycle/unix_socket.h"

#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace escale {

Result<UniqueFd> connectUnix(const std::string& path, const std::string& what) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    // The kernel's limit for a socket's path is short: a longer one is reached through its descriptor.
    const UniqueFd place(::open(path.c_str(), O_PATH | O_CLOEXEC));
    if (!place)
        return failErrno("cannot find the " + what + " " + path);
    const std::string name = "/proc/self/fd/" + std::to_string(place.get());
    std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket || ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return failErrno("cannot connect to the " + what + " " + path);
    return socket;
}

} // namespace escale
