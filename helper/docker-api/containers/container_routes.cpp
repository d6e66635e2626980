#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/containers/change_container.h"
#include "helper/docker-api/containers/create_container.h"
#include "helper/docker-api/containers/prune_containers.h"
#include "helper/docker-api/containers/update_container.h"
#include "helper/docker-api/containers/wait_container.h"

#include <array>

namespace escale::docker_api {
namespace {

constexpr std::array kRoutes{
    Route{"POST", "/containers/create", createContainer, Support::Partly,
          "What an option cannot have here is refused, and the message says why: links, GPUs, log drivers "
          "other than json-file, local (kept as json-file) and none, storage options, runtimes other than "
          "the default, mounts of images. A PidsLimit of 0 keeps Escale's limit of 1024 processes (-1: "
          "none), and one of a range of ports is chosen at once."},
    Route{"POST", "/containers/{id}/start", startContainer, Support::Partly, "No checkpoints."},
    Route{"POST", "/containers/{id}/stop", stopContainer},
    Route{"POST", "/containers/{id}/restart", restartContainer},
    Route{"POST", "/containers/{id}/kill", killContainer},
    Route{"POST", "/containers/{id}/pause", pauseContainer},
    Route{"POST", "/containers/{id}/unpause", unpauseContainer},
    Route{"POST", "/containers/{id}/rename", renameContainer},
    Route{"POST", "/containers/{id}/update", updateContainer, Support::Partly,
          "Limits of memory, processors, processes and block devices, and the restart policy; not those of "
          "single devices."},
    Route{"POST", "/containers/{id}/wait", waitForContainer},
    Route{"DELETE", "/containers/{id}", removeContainer, Support::Partly, "No links."},
    Route{"POST", "/containers/prune", pruneContainers},
};

} // namespace

std::span<const Route> containerRoutes() {
    return kRoutes;
}

} // namespace escale::docker_api
