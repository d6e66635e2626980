#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/system/ping.h"

#include <array>

namespace escale::docker_api {
namespace {

constexpr std::array kRoutes{
    Route{"GET", "/_ping", ping},
    Route{"HEAD", "/_ping", ping},
    Route{"GET", "/version", version},
};

} // namespace

std::span<const Route> systemRoutes() {
    return kRoutes;
}

} // namespace escale::docker_api
