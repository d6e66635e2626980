#include "engine/container/session_socket.h"

#include "engine/base/file.h"
#include "engine/base/session_frame.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace escale {
namespace {

constexpr int kAnswerMilliseconds = 5000;

Result<void> sayHello(int socket, std::uint8_t flags, const std::string& keys) {
    const auto header = makeFrameHeader(FrameType::Hello, keys.size() + 1);
    std::string frame(header.data(), header.size());
    frame += static_cast<char>(flags);
    frame += keys;
    if (::send(socket, frame.data(), frame.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(frame.size()))
        return failErrno("cannot begin a session");
    return {};
}

} // namespace

Result<UniqueFd> connectSession(const std::string& path, std::uint8_t flags, const std::string& keys) {
    // By a descriptor of the folder: a socket's path has room for 107 bytes only.
    const auto slash = path.rfind('/');
    TRY_ASSIGN(const UniqueFd folder, openFile(path.substr(0, slash + 1), O_PATH | O_DIRECTORY));
    const std::string shortPath = "/proc/self/fd/" + std::to_string(folder.get()) + path.substr(slash);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    shortPath.copy(address.sun_path, sizeof address.sun_path - 1);
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket)
        return failErrno("cannot make a socket");
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        Error error = systemError("cannot reach the container's monitor");
        if (errno == ENOENT || errno == ECONNREFUSED)
            error.code = ErrorCode::WrongState;
        return fail(std::move(error));
    }
    TRY(sayHello(socket.get(), flags, keys));
    TRY(awaitSession(socket.get()));
    return socket;
}

Result<std::pair<UniqueFd, UniqueFd>> makeSession(std::uint8_t flags, const std::string& keys) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return failErrno("cannot make a socket pair");
    std::pair<UniqueFd, UniqueFd> pair{UniqueFd(ends[0]), UniqueFd(ends[1])};
    TRY(sayHello(pair.first.get(), flags, keys));
    return pair;
}

// A socket that is closed with bytes unread resets its other end; and nothing more may come in between.
void endSession(UniqueFd socket) {
    ::shutdown(socket.get(), SHUT_RDWR);
    std::array<char, 4096> unread{};
    while (::recv(socket.get(), unread.data(), unread.size(), MSG_DONTWAIT) > 0) {
    }
}

Result<void> awaitSession(int socket) {
    pollfd ready{socket, POLLIN, 0};
    if (::poll(&ready, 1, kAnswerMilliseconds) <= 0)
        return fail(ErrorCode::Timeout, "the container's monitor does not answer");
    FrameHeaderBytes bytes{};
    const auto got = ::recv(socket, bytes.data(), bytes.size(), MSG_WAITALL);
    if (got == 0)
        return fail(ErrorCode::InUse, "as many clients as can be are attached to the container already",
                    "Close one of them.");
    const auto header = parseFrameHeader(bytes);
    if (got != static_cast<ssize_t>(bytes.size()) || !header || header->type != FrameType::Hello)
        return fail(ErrorCode::Internal, "the container's monitor answers something else than was asked");
    return {};
}

} // namespace escale
