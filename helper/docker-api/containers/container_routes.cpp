#include "helper/docker-api/api/routing_table.h"

namespace escale::docker_api {

std::span<const Route> containerRoutes() {
    return {};
}

} // namespace escale::docker_api
