#include "engine/network/dns_process.h"

#include "engine/base/file.h"
#include "engine/base/message_channel.h"
#include "engine/base/process.h"
#include "engine/base/subprocess.h"
#include "engine/base/syscalls.h"
#include "engine/network/dns/control.h"
#include "engine/network/dns/socket_address.h"

#include <algorithm>
#include <array>
#include <climits>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/un.h>

namespace escale {
namespace {

using dns::Control;

constexpr std::chrono::seconds kPatience(5);
constexpr uid_t kNobody = 65534;
constexpr std::uint16_t kPort = 53;
constexpr auto kSocket = "control";

Result<std::string> executableOf(const std::string& process) {
    std::array<char, PATH_MAX> target{};
    const auto size = ::readlink((process + "/exe").c_str(), target.data(), target.size());
    if (size < 0)
        return failErrno("cannot read " + process + "/exe");
    return std::string(target.data(), static_cast<std::size_t>(size));
}

Result<std::string> pathOf(const DnsProgram& program) {
    if (!program.program.empty())
        return program.program;
    TRY_ASSIGN(std::string own, executableOf("/proc/self"));
    return own.substr(0, own.rfind('/') + 1) + "escale-dns";
}

/// By the folder's descriptor: a socket's path has 107 characters at most.
sockaddr_un addressIn(const UniqueFd& folder) {
    sockaddr_un address{.sun_family = AF_UNIX};
    const std::string path = "/proc/self/fd/" + std::to_string(folder.get()) + "/" + kSocket;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    return address;
}

Result<UniqueFd> bindControl(const UniqueFd& folder) {
    UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    if (::unlinkat(folder.get(), kSocket, 0) != 0 && errno != ENOENT)
        return failErrno("cannot remove the name server's old socket");
    const sockaddr_un address = addressIn(folder);
    if (!socket || ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::fchmodat(folder.get(), kSocket, 0600, 0) != 0)
        return failErrno("cannot make the name server's socket");
    return socket;
}

struct Connection {
    DnsProcess process;
    MessageChannel channel;
    std::uint64_t protocol = 0;
    std::vector<std::string> sockets; // that it has
};

Result<Connection> connectTo(const DnsProgram& program) {
    TRY_ASSIGN(const UniqueFd folder, openFile(program.folder, O_PATH | O_DIRECTORY));
    UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    const timeval patience{.tv_sec = kPatience.count()};
    const sockaddr_un address = addressIn(folder);
    if (!socket || ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
        ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) != 0 ||
        ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return fail(ErrorCode::Unreachable, systemError("the name server does not listen").message);
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return failErrno("cannot see who the name server is");
    if (peer.uid != kNobody || peer.gid != kNobody || peer.pid <= 0)
        return fail(ErrorCode::Untrusted, "another program is at the name server's socket");
    TRY_ASSIGN(UniqueFd pidFd, openPidFd(peer.pid));
    Connection connection{{peer.pid, std::move(pidFd)}, MessageChannel(std::move(socket)), 0, {}};
    TRY_ASSIGN(auto hello, connection.channel.receive());
    // It lives still, so the number was its own when the pidfd was made.
    pollfd hangUp{connection.channel.fd(), 0, 0};
    if (::poll(&hangUp, 1, 0) != 0)
        return fail(ErrorCode::Unreachable, "the name server has ended");
    if (hello.kind() != static_cast<std::uint32_t>(Control::Hello))
        return fail(ErrorCode::Untrusted, "the name server does not greet");
    TRY_ASSIGN(connection.protocol, hello.number());
    if (connection.protocol == dns::kProtocol) {
        TRY_ASSIGN(connection.sockets, hello.texts());
    }
    return connection;
}

/// Bound whether or not the address is there: a bridge that is made anew needs nothing of us.
Result<UniqueFd> listenAt(const IpAddress& gateway, bool isTcp) {
    UniqueFd socket(::socket(gateway.isV6 ? AF_INET6 : AF_INET,
                             (isTcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    constexpr int kOn = 1;
    const auto turnOn = [&](int level, int option) {
        return ::setsockopt(socket.get(), level, option, &kOn, sizeof kOn) == 0;
    };
    const dns::SocketAddress address(gateway, kPort);
    if (!socket || !(gateway.isV6 ? turnOn(SOL_IPV6, IPV6_FREEBIND) : turnOn(SOL_IP, IP_FREEBIND)) ||
        (isTcp && !turnOn(SOL_SOCKET, SO_REUSEADDR)) || // over connections of one that has ended
        ::bind(socket.get(), address.get(), address.size) != 0 ||
        (isTcp && ::listen(socket.get(), 64) != 0)) {
        const int error = errno;
        const std::string what =
            "the name server cannot have port 53 of " + gateway.toString() + (isTcp ? " (TCP)" : " (UDP)");
        if (error == EADDRINUSE)
            return fail(ErrorCode::InUse, what + ": another program has it",
                        "ss -lunpt 'sport = 53' shows which; give it addresses of its own to listen at.");
        return fail(systemError(error, what));
    }
    return socket;
}

/// Passes what the server lacks. The result: what could not be made.
Result<std::vector<Error>> sendSockets(const Connection& to, const std::vector<IpAddress>& gateways) {
    std::vector<Error> failures;
    std::vector<std::string> names;
    std::vector<UniqueFd> sockets;
    const auto flush = [&]() -> Result<void> {
        MessageWriter message(static_cast<std::uint32_t>(Control::Sockets));
        message.texts(names);
        for (const auto& socket : sockets)
            message.fd(socket.get());
        if (!names.empty()) {
            TRY(to.channel.send(message));
        }
        names.clear();
        sockets.clear();
        return {};
    };
    for (const auto& gateway : gateways) {
        for (const bool isTcp : {false, true}) {
            const std::string name = dns::socketName(gateway, isTcp);
            if (std::find(to.sockets.begin(), to.sockets.end(), name) != to.sockets.end())
                continue;
            auto socket = listenAt(gateway, isTcp);
            if (!socket) {
                failures.push_back(socket.error());
                continue;
            }
            names.push_back(name);
            sockets.push_back(std::move(*socket));
            if (names.size() == dns::kSocketsAtOnce) {
                TRY(flush());
            }
        }
    }
    TRY(flush());
    return failures;
}

bool awaitEnd(const DnsProcess& process, std::chrono::milliseconds time) {
    pollfd entry{process.pidFd.get(), POLLIN, 0};
    return ::poll(&entry, 1, static_cast<int>(time.count())) == 1;
}

} // namespace

Result<DnsProcess> startDnsProcess(const DnsProgram& program) {
    TRY_ASSIGN(const std::string path, pathOf(program));
    if (!exists(path))
        return fail(ErrorCode::NotFound, "there is no name server " + path,
                    "Containers find each other by name with it: install Escale again.");
    const std::string empty = program.folder + "/empty";
    TRY(makeDirectories(empty, 0555));
    TRY_ASSIGN(const UniqueFd folder, openFile(program.folder, O_PATH | O_DIRECTORY));
    TRY_ASSIGN(const UniqueFd control, bindControl(folder));
    const UniqueFd errors(::memfd_create("stderr", MFD_CLOEXEC));
    TRY_ASSIGN(auto child, Subprocess::start({.arguments = {path},
                                              .environment = {},
                                              .fds = {{errors.get(), 2}, {control.get(), dns::kControlFd}},
                                              .workingDirectory = empty,
                                              .newSession = true}));
    TRY_ASSIGN(const ExitStatus status, child.waitFor(kPatience));
    if (status.success()) {
        TRY_ASSIGN(auto connection, connectTo(program));
        return std::move(connection.process);
    }
    ::lseek(errors.get(), 0, SEEK_SET);
    return fail(ErrorCode::SystemFailure, "the name server " + path + " ended at once: " +
                                              readFd(errors.get(), 64 * 1024).value_or("without a word"));
}

std::optional<DnsProcess> findDnsProcess(const DnsProgram& program) {
    auto found = connectTo(program);
    if (!found)
        return std::nullopt;
    const auto path = pathOf(program);
    const auto executable = executableOf("/proc/" + std::to_string(found->process.pid));
    if (found->protocol == dns::kProtocol && path && executable && *path == *executable)
        return std::move(found->process);
    // Of an earlier version (its file is "(deleted)"): what was mended since is mended for names, too.
    (void)endDnsProcess(found->process);
    return std::nullopt;
}

Result<std::vector<Error>> tellDnsProcess(const DnsProgram& program, const std::vector<IpAddress>& gateways,
                                          std::string_view table) {
    TRY_ASSIGN(const Connection connection, connectTo(program));
    TRY_ASSIGN(auto failures, sendSockets(connection, gateways));
    const UniqueFd file(::memfd_create("names", MFD_CLOEXEC));
    if (!file)
        return failErrno("cannot make a file for names");
    TRY(writeAll(file.get(), table, "the table of names"));
    ::lseek(file.get(), 0, SEEK_SET);
    TRY(connection.channel.send(MessageWriter(static_cast<std::uint32_t>(Control::Serve)).fd(file.get())));
    TRY_ASSIGN(auto answer, connection.channel.receive());
    if (answer.kind() == static_cast<std::uint32_t>(Control::Served))
        return failures;
    TRY_ASSIGN(const std::string why, answer.text());
    return fail(ErrorCode::Internal, "the name server refuses its names: " + why);
}

bool hasEnded(const DnsProcess& process) {
    return awaitEnd(process, std::chrono::milliseconds(0));
}

Result<void> endDnsProcess(const DnsProcess& process) {
    const int result = sys::pidfdSendSignal(process.pidFd.get(), SIGKILL);
    if (result == -ESRCH || awaitEnd(process, kPatience))
        return {};
    return fail(ErrorCode::Timeout,
                "the name server, process " + std::to_string(process.pid) + ", does not end");
}

} // namespace escale
