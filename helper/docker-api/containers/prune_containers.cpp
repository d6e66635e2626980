#include "helper/docker-api/containers/prune_containers.h"

#include "helper/docker-api/api/filters.h"
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/containers/container_sizes.h"
#include "helper/docker-api/http/exchange.h"

#include <algorithm>
#include <array>

namespace escale::docker_api {
namespace {

constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;

bool isGoing(const dbus::Container& container) {
    static constexpr std::array kStates{"running", "paused", "restarting"};
    return std::any_of(kStates.begin(), kStates.end(),
                       [&container](const char* state) { return container.state == QLatin1String(state); });
}

// Created before this; the earliest of several.
Result<std::int64_t> untilOf(const Filters& filters) {
    std::int64_t until = INT64_MAX;
    for (const std::string& text : filters.values("until")) {
        TRY_ASSIGN(const std::int64_t time, readTime(text));
        until = std::min(until, time / kNanosecondsPerMillisecond);
    }
    return until;
}

// False: it was started or removed meanwhile.
Result<bool> removeStopped(const Bus& bus, const dbus::Container& container) {
    auto job = bus.ask<QDBusObjectPath>(Face::Containers, "Remove", container.id, QVariantMap());
    const auto removed = job ? bus.finish(*job) : Result<QString>(fail(std::move(job).error()));
    if (removed)
        return true;
    const ErrorCode code = removed.error().code;
    if (code == ErrorCode::NotFound || code == ErrorCode::WrongState)
        return false;
    return fail(removed.error());
}

} // namespace

Result<void> pruneContainers(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Filters filters, Filters::parse(exchange.query(), {"until", "label", "label!"}));
    TRY_ASSIGN(const std::int64_t until, untilOf(filters));
    TRY_ASSIGN(auto containers, bus.ask<dbus::ContainerList>(Face::Containers, "List"));
    containers.removeIf([&](const dbus::Container& container) {
        return isGoing(container) || container.created > until || !filters.matchesLabels(container.labels);
    });
    Json removed{Json::Array{}};
    std::uint64_t reclaimed = 0;
    if (!containers.isEmpty()) {
        TRY_ASSIGN(const ContainerSizes sizes, ContainerSizes::ask(bus));
        for (const dbus::Container& container : std::as_const(containers)) {
            TRY_ASSIGN(const bool isGone, removeStopped(bus, container));
            if (!isGone)
                continue;
            removed.append(container.id.toStdString());
            reclaimed += sizes.of(container).writable;
        }
    }
    return exchange.reply(
        200, Json().set("ContainersDeleted", std::move(removed)).set("SpaceReclaimed", reclaimed));
}

} // namespace escale::docker_api
