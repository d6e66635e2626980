#include "gui/app/docker_socket.h"

#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "engine/base/unique_fd.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace escale::gui {
namespace {

constexpr std::chrono::seconds kPatience{5};
constexpr std::string_view kPing = "GET /_ping HTTP/1.0\r\n\r\n";

std::string runtimeFolder() {
    const char* const folder = ::getenv("XDG_RUNTIME_DIR");
    return folder == nullptr ? "" : folder;
}

} // namespace

bool dockerSocketAnswers(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return false;
    path.copy(&address.sun_path[0], path.size());
    const UniqueFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto* const name = reinterpret_cast<const sockaddr*>(
        &address); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast): connect(2)
    if (::connect(client.get(), name, sizeof address) != 0 ||
        ::send(client.get(), kPing.data(), kPing.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(kPing.size()))
        return false;
    pollfd answer{client.get(), POLLIN, 0};
    if (::poll(&answer, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count())) != 1)
        return false;
    std::array<char, 64> text{};
    const ssize_t size = ::recv(client.get(), text.data(), text.size(), 0);
    return size > 0 &&
           std::string_view(text.data(), static_cast<std::size_t>(size)).starts_with("HTTP/1.1 200 ");
}

bool hasServiceManager() {
    return !runtimeFolder().empty() && exists(runtimeFolder() + "/systemd/private");
}

Result<void> startDockerSocket() {
    TRY(runProgram({"/usr/bin/env", "XDG_RUNTIME_DIR=" + runtimeFolder(), "systemctl", "--user", "enable",
                    "--now", "escale-docker-api.socket"}));
    return {};
}

} // namespace escale::gui
