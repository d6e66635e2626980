#include "engine/runtime/lifecycle/terminal.h"

#include "engine/runtime/lifecycle/unix_socket.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace escale {

Result<ConsoleChannel> connectConsole(const std::string& path) {
    TRY_ASSIGN(auto socket, connectUnix(path, "console socket"));
    return ConsoleChannel{std::move(socket), {}};
}

Result<ConsoleChannel> makeConsoleChannel() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return failErrno("cannot make a socket pair");
    return ConsoleChannel{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Result<ConsoleChannel> openConsole(const std::string& socket, bool foreground, spec::Process& process) {
    if (!process.terminal)
        return ConsoleChannel();
    if (!socket.empty())
        return connectConsole(socket);
    if (!foreground)
        return fail(ErrorCode::InvalidArgument,
                    "process.terminal is set, but nobody would hold the terminal's other end",
                    "Name a --console-socket, or run it in the foreground");
    if (process.consoleSize.height == 0)
        process.consoleSize = terminalSize(0);
    return makeConsoleChannel();
}

Result<UniqueFd> receiveMaster(const ConsoleChannel& channel) {
    std::array<char, 64> name{};
    iovec part{name.data(), name.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    if (::recvmsg(channel.ours.get(), &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) <= 0)
        return failErrno("cannot receive the container's terminal");
    const cmsghdr* passed = CMSG_FIRSTHDR(&message);
    if (passed == nullptr || passed->cmsg_type != SCM_RIGHTS)
        return fail(ErrorCode::Internal, "the container's terminal came without its descriptor");
    int fd = -1;
    std::memcpy(&fd, CMSG_DATA(passed), sizeof fd);
    UniqueFd master(fd);
    if (::fcntl(fd, F_SETFL, O_RDWR | O_NONBLOCK) != 0)
        return failErrno("cannot use the container's terminal");
    return master;
}

spec::ConsoleSize terminalSize(int fd) {
    winsize size{};
    if (::ioctl(fd, TIOCGWINSZ, &size) != 0)
        return {};
    return {size.ws_row, size.ws_col};
}

RawMode::RawMode(int fd)
    : m_fd(fd) {
    if (::tcgetattr(fd, &m_before) != 0)
        return;
    termios raw = m_before;
    ::cfmakeraw(&raw);
    m_changed = ::tcsetattr(fd, TCSADRAIN, &raw) == 0;
}

RawMode::~RawMode() {
    if (m_changed)
        ::tcsetattr(m_fd, TCSADRAIN, &m_before);
}

} // namespace escale
