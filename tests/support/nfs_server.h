// This machine's own NFS server, for the tests of who mounts from it: a folder of the tests' is exported to
// 127.0.0.1 while the object lives. And a server that takes connections and never says a word.
#pragma once

#include "engine/base/file.h"
#include "engine/base/subprocess.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <string>

namespace escale::test {

/// Loads the module where there is one.
inline bool kernelHasNfs() {
    (void)runProgram({"/sbin/modprobe", "nfs"});
    const auto known = readFile("/proc/filesystems");
    return known && known->find("\tnfs4\n") != std::string::npos;
}

class NfsExport {
public:
    /// `options` beside "rw". Unsupported where this machine has no server.
    static Result<NfsExport> make(std::string folder, const std::string& options) {
        if (!exists("/usr/sbin/exportfs") || !exists("/run/systemd/system"))
            return fail(ErrorCode::Unsupported, "this machine has no NFS server (nfs-kernel-server)");
        TRY(runProgram({"/usr/bin/systemctl", "start", "nfs-server.service"}));
        TRY(runProgram(
            {"/usr/sbin/exportfs", "-o", "rw,no_subtree_check,insecure," + options, "127.0.0.1:" + folder}));
        return NfsExport(std::move(folder));
    }
    NfsExport(NfsExport&& other) noexcept
        : m_folder(std::exchange(other.m_folder, {})) {}
    NfsExport& operator=(NfsExport&&) = delete;
    ~NfsExport() {
        if (!m_folder.empty())
            (void)runProgram({"/usr/sbin/exportfs", "-u", "127.0.0.1:" + m_folder});
    }
    /// How many threads answer; 0: it is dead to its clients.
    static Result<void> setThreads(int count) {
        TRY(runProgram({"/usr/sbin/rpc.nfsd", std::to_string(count)}));
        return {};
    }

private:
    explicit NfsExport(std::string folder)
        : m_folder(std::move(folder)) {}
    std::string m_folder;
};

class SilentServer {
public:
    static Result<SilentServer> start() {
        SilentServer server;
        server.m_socket = UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const plain = reinterpret_cast<sockaddr*>(&address);
        // The kernel takes connections into the queue, and nobody accepts them.
        if (::bind(server.m_socket.get(), plain, size) != 0 || ::listen(server.m_socket.get(), 8) != 0 ||
            ::getsockname(server.m_socket.get(), plain, &size) != 0)
            return failErrno("cannot listen");
        server.m_port = ntohs(address.sin_port);
        return server;
    }
    [[nodiscard]] std::string port() const { return std::to_string(m_port); }

private:
    SilentServer() = default;
    UniqueFd m_socket;
    unsigned m_port = 0;
};

} // namespace escale::test
