// escale-dns: the name server of the user-defined networks. Started by the helper
// (engine/network/dns_process.h) as root, in an empty folder, with the control socket as descriptor 3; goes
// to the background as soon as it is confined and listens.
#include "engine/base/syscalls.h"
#include "engine/network/dns/confine.h"
#include "engine/network/dns/control.h"
#include "engine/network/dns/server.h"

#include <array>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace escale::dns {
namespace {

/// Returns only when it cannot.
Result<void> serve(UniqueFd ready) {
    std::signal(SIGPIPE, SIG_IGN);
    TRY(becomeNobodyHere());
    // After the change of user: who connects sees the credentials of whoever has listened.
    if (::listen(kControlFd, 4) != 0)
        return failErrno("cannot listen at the control socket");
    TRY_ASSIGN(const auto poller, Poller::create());
    Server server(*poller, UniqueFd(kControlFd));
    TRY(allowOnlySockets());
    [[maybe_unused]] const auto told = ::write(ready.get(), "r", 1);
    ready.reset();
    server.run();
}

/// In the foreground until the background is ready; what fails there is told by the exit.
int start() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return 1;
    UniqueFd reading(ends[0]);
    UniqueFd writing(ends[1]);
    const pid_t pid = ::fork();
    if (pid < 0)
        return 1;
    if (pid == 0) {
        reading.reset();
        const std::string text = serve(std::move(writing)).error().text() + "\n";
        [[maybe_unused]] const auto told = ::write(STDERR_FILENO, text.data(), text.size());
        return 1;
    }
    writing.reset();
    char byte = 0;
    if (::read(reading.get(), &byte, 1) == 1)
        return 0;
    ::waitpid(pid, nullptr, 0);
    return 1;
}

} // namespace
} // namespace escale::dns

int main(int count, char** values) {
    if (count == 2 && std::strcmp(values[1], "--version") == 0) {
        static constexpr char kVersion[] = "escale-dns version " ESCALE_VERSION "\n";
        return ::write(STDOUT_FILENO, kVersion, sizeof kVersion - 1) > 0 ? 0 : 1;
    }
    int isSocket = 0;
    socklen_t size = sizeof isSocket;
    if (count != 1 || ::getuid() != 0 ||
        ::getsockopt(escale::dns::kControlFd, SOL_SOCKET, SO_TYPE, &isSocket, &size) != 0) {
        static constexpr char kUsage[] =
            "escale-dns is started by escale-helper, for the names of containers. --version\n";
        [[maybe_unused]] const auto told = ::write(STDERR_FILENO, kUsage, sizeof kUsage - 1);
        return 2;
    }
    escale::sys::closeRange(escale::dns::kControlFd + 1, ~0U, 0);
    return escale::dns::start();
}
