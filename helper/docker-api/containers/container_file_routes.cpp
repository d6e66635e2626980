#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/containers/commit.h"
#include "helper/docker-api/containers/container_files.h"

#include <array>

namespace escale::docker_api {
namespace {

constexpr std::string_view kMounts = "Volumes are reached by paths in them, but left out of an archive of "
                                     "what is around them. Below a bind mount or a tmpfs: "
                                     "refused, the answer says what to do instead.";

constexpr std::array kRoutes{
    Route{"HEAD", "/containers/{id}/archive", statArchive, Support::Partly, kMounts},
    Route{"GET", "/containers/{id}/archive", getArchive, Support::Partly, kMounts},
    Route{"PUT", "/containers/{id}/archive", putArchive, Support::Partly, kMounts},
    Route{"GET", "/containers/{id}/export", exportContainer},
    Route{"POST", "/commit", commitContainer, Support::Partly,
          "Changes: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, STOPSIGNAL, USER, WORKDIR."},
};

} // namespace

std::span<const Route> containerFileRoutes() {
    return kRoutes;
}

} // namespace escale::docker_api
