#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/containers/container_views.h"

#include <array>

namespace escale::docker_api {
namespace {

constexpr std::array kRoutes{
    Route{"GET", "/containers/json", listContainers},
    Route{"GET", "/containers/{id}/json", inspectContainer, Support::Partly,
          "paths of files that belong to the engine (LogPath, HostsPath, a volume's Source …) are empty"},
    Route{"GET", "/containers/{id}/logs", containerLogs},
    Route{"GET", "/containers/{id}/stats", containerStats},
    Route{"GET", "/containers/{id}/top", containerTop, Support::Whole,
          "ps runs as the user: with /proc mounted hidepid=2 it sees no process of a container"},
    Route{"GET", "/containers/{id}/changes", containerChanges},
};

} // namespace

std::span<const Route> containerViewRoutes() {
    return kRoutes;
}

} // namespace escale::docker_api
