#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/system/auth.h"
#include "helper/docker-api/system/disk_usage.h"
#include "helper/docker-api/system/events.h"
#include "helper/docker-api/system/info.h"
#include "helper/docker-api/system/ping.h"

#include <array>

namespace escale::docker_api {
namespace {

constexpr std::array kRoutes{
    Route{"GET", "/_ping", ping},         Route{"HEAD", "/_ping", ping},
    Route{"GET", "/version", version},    Route{"GET", "/info", info},
    Route{"GET", "/events", events},      Route{"GET", "/system/df", diskUsage},
    Route{"POST", "/auth", checkAccount},
};

} // namespace

std::span<const Route> systemRoutes() {
    return kRoutes;
}

} // namespace escale::docker_api
