#include "helper/docker-api/containers/bind_sources.h"

#include "engine/base/file.h"
#include "engine/base/unique_fd.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/socket.h>
#include <sys/un.h>

namespace escale::docker_api {
namespace {

bool isDockersSocket(const std::string& path) {
    return path == "/var/run/docker.sock" || path == "/run/docker.sock";
}

Result<void> makeFolder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error)
        return fail(systemError(error.value(), "error while creating mount source path '" + path + "'"));
    return {};
}

Result<UniqueFd> openSource(const MountSpec& mount) {
    UniqueFd source(::open(mount.source.c_str(), O_PATH | O_CLOEXEC));
    if (!source && errno == ENOENT && mount.createSource) {
        TRY(makeFolder(mount.source));
        source = UniqueFd(::open(mount.source.c_str(), O_PATH | O_CLOEXEC));
    }
    if (!source && errno == ENOENT)
        return fail(ErrorCode::InvalidArgument,
                    "invalid mount config for type \"bind\": bind source path does not exist: " +
                        mount.source);
    if (!source)
        return failErrno("cannot open the bind mount's source " + mount.source);
    return source;
}

} // namespace

Result<dbus::FileList> openBindSources(std::vector<MountSpec>& mounts, const std::string& socket) {
    dbus::FileList sources;
    for (MountSpec& mount : mounts) {
        if (mount.kind != MountKind::Bind)
            continue;
        if (isDockersSocket(mount.source) && !socket.empty() && !exists(mount.source))
            mount.source = socket;
        TRY_ASSIGN(const UniqueFd source, openSource(mount));
        sources.append(QDBusUnixFileDescriptor(source.get()));
    }
    return sources;
}

std::string boundPath(int client) {
    sockaddr_un address{};
    socklen_t size = sizeof address;
    if (::getsockname(client, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
        address.sun_family != AF_UNIX)
        return {};
    return std::string(&address.sun_path[0], ::strnlen(&address.sun_path[0], sizeof address.sun_path));
}

} // namespace escale::docker_api
