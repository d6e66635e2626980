#include "engine/base/clock.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/container_filters.h"
#include "helper/docker-api/containers/container_sizes.h"
#include "helper/docker-api/containers/container_summary.h"
#include "helper/docker-api/containers/container_views.h"
#include "helper/docker-api/http/exchange.h"

namespace escale::docker_api {

Result<void> listContainers(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const ListQuery query, ListQuery::parse(exchange.query()));
    const bool wantsRunning = !query.all && query.limit == 0 && query.filters.isEmpty();
    TRY_ASSIGN(const auto overview, wantsRunning ? runningContainers(bus) : allContainers(bus));
    dbus::ImageList images;
    if (query.filters.has("ancestor")) {
        TRY_ASSIGN(images, bus.ask<dbus::ImageList>(Face::Images, "List"));
    }
    const NetworkIndex index(overview.networks);
    TRY_ASSIGN(const auto shown, chosen(overview.containers, query, index, images));
    ContainerSizes sizes;
    if (query.size && !shown.isEmpty()) {
        TRY_ASSIGN(sizes, ContainerSizes::ask(bus));
    }
    Json::Array list;
    list.reserve(static_cast<std::size_t>(shown.size()));
    const std::int64_t now = nowMilliseconds();
    for (const ListedContainer& container : shown)
        list.push_back(containerSummary(container, index.of(container.id), now,
                                        query.size ? std::optional(sizes.of(container)) : std::nullopt));
    return exchange.reply(200, std::move(list));
}

} // namespace escale::docker_api
