#include "helper/docker-api/api/routing_table.h"

namespace escale::docker_api {

std::span<const Route> imageTransferRoutes() {
    return {};
}

} // namespace escale::docker_api
