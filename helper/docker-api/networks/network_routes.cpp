#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/api/filters.h"
#include "helper/docker-api/api/members.h"
#include "helper/docker-api/api/network_names.h"
#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/networks/network_json.h"
#include "helper/docker-api/networks/network_requests.h"

#include <algorithm>
#include <array>

namespace escale::docker_api {
namespace {

constexpr ApiVersion kListsWithoutContainers{1, 28};
constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;

bool isPredefined(const dbus::Network& network) {
    return isPredefinedNetwork(network.name.toStdString());
}

Result<bool> isMeant(const dbus::Network& network, const Filters& filters) {
    TRY_ASSIGN(const auto isDangling, filters.flag("dangling"));
    if (isDangling && *isDangling != (network.endpoints.isEmpty() && !isPredefined(network)))
        return false;
    for (const std::string& type : filters.values("type")) {
        if (type != "custom" && type != "builtin")
            return fail(ErrorCode::InvalidArgument, "invalid filter: 'type'='" + type + "'");
    }
    return filters.matchesAny("driver", network.driver.toStdString()) &&
           filters.matchesPattern("id", network.id.toStdString()) &&
           filters.matchesPattern("name", network.name.toStdString()) &&
           filters.matchesAny("scope", "local") &&
           filters.matchesAny("type", isPredefined(network) ? "builtin" : "custom") &&
           filters.matchesLabels(network.labels);
}

Result<void> listNetworks(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const auto filters, Filters::parse(exchange.query(), {"dangling", "driver", "id", "label",
                                                                     "name", "scope", "type"}));
    TRY_ASSIGN(const auto networks, allNetworks(bus));
    Json list(Json::Array{});
    for (const auto& network : networks) {
        TRY_ASSIGN(const bool isShown, isMeant(network, filters));
        if (isShown)
            list.append(networkJson(network, exchange.request().version < kListsWithoutContainers));
    }
    return exchange.reply(200, list);
}

Result<void> inspectNetwork(Exchange& exchange, const Bus& bus) {
    const std::string name = exchange.parameter("id");
    const std::string scope = exchange.query().text("scope");
    if (!scope.empty() && scope != "local")
        return fail(ErrorCode::NotFound, "network " + name + " not found");
    TRY_ASSIGN(const auto network, findNetwork(bus, name));
    return exchange.reply(200, networkJson(network, true));
}

Result<void> createNetwork(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Json body, exchange.readJson());
    const std::string name = body.at("Name").toString();
    if (isPredefinedNetwork(name))
        return fail(ErrorCode::PermissionDenied,
                    "operation is not permitted on predefined " + name + " network");
    TRY_ASSIGN(const auto request, networkRequest(body));
    auto id = bus.ask<QString>(Face::Networks, "Create", toQString(request.name), request.options);
    if (!id && id.error().code == ErrorCode::AlreadyExists)
        return fail(ErrorCode::AlreadyExists, "network with name " + name + " already exists");
    if (!id)
        return fail(std::move(id).error());
    return exchange.reply(201, Json().set("Id", id->toStdString()).set("Warning", ""));
}

// Containers that have stopped are in it, too, and may be started again.
Error inUse(const dbus::Network& network) {
    QStringList names;
    for (const auto& endpoint : network.endpoints)
        names.append(endpoint.name);
    return {ErrorCode::PermissionDenied,
            "error while removing network: network " + network.name.toStdString() + " id " +
                network.id.toStdString() + " has active endpoints (" +
                names.join(QStringLiteral(", ")).toStdString() + ")",
            "Disconnect or remove these containers first, also those that have stopped.",
            {}};
}

Result<void> removeNetwork(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const auto network, findNetwork(bus, exchange.parameter("id")));
    if (isPredefined(network))
        return fail(ErrorCode::PermissionDenied,
                    network.name.toStdString() + " is a pre-defined network and cannot be removed");
    const auto removed = bus.ask<>(Face::Networks, "Remove", network.id);
    if (!removed && removed.error().code == ErrorCode::InUse)
        return fail(inUse(network));
    TRY(removed);
    return exchange.replyEmpty(204);
}

// A network that can be connected to, from the request's path.
Result<dbus::Network> connectable(const Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(auto network, findNetwork(bus, exchange.parameter("id")));
    if (isPredefined(network) && !network.isDefault)
        return fail(
            ErrorCode::InvalidArgument,
            "container cannot be connected to or disconnected from the network " + network.name.toStdString(),
            "A container is made with it (--network " + network.name.toStdString() + ") and keeps it.");
    return network;
}

Result<void> connectContainer(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Json body, exchange.readJson());
    TRY(checkIsObject(body));
    TRY_ASSIGN(const std::string container, body.getString("Container"));
    TRY_ASSIGN(const auto options, endpointOptions(body.at("EndpointConfig")));
    TRY_ASSIGN(const auto network, connectable(exchange, bus));
    auto connected = bus.ask<>(Face::Networks, "Connect", network.id, toQString(container), options);
    if (!connected && connected.error().code == ErrorCode::AlreadyExists)
        return fail(ErrorCode::PermissionDenied, "endpoint with name " + container +
                                                     " already exists in network " +
                                                     network.name.toStdString());
    if (!connected)
        return fail(aboutContainer(std::move(connected).error(), container));
    return exchange.replyEmpty(200);
}

bool isContainer(const dbus::Container& container, const QString& name) {
    return container.name == name || (!name.isEmpty() && container.id.startsWith(name));
}

// "Force" is for containers that dockerd has forgotten; there are none here.
Result<void> disconnectContainer(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Json body, exchange.readJson());
    TRY(checkIsObject(body));
    TRY_ASSIGN(const std::string container, body.getString("Container"));
    TRY_ASSIGN(const auto network, connectable(exchange, bus));
    const QString name = toQString(container);
    auto disconnected = bus.ask<>(Face::Networks, "Disconnect", network.id, name);
    if (!disconnected && disconnected.error().code == ErrorCode::NotFound) {
        // Which of both is not there?
        TRY_ASSIGN(const auto containers, bus.ask<dbus::ContainerList>(Face::Containers, "List"));
        const bool exists = std::any_of(containers.begin(), containers.end(),
                                        [&](const auto& other) { return isContainer(other, name); });
        return fail(exists ? Error{ErrorCode::NotFound,
                                   "container " + container + " is not connected to network " +
                                       network.name.toStdString(),
                                   {},
                                   {}}
                           : noSuchContainer(container));
    }
    TRY(disconnected);
    return exchange.replyEmpty(200);
}

Result<void> pruneNetworks(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const auto filters, Filters::parse(exchange.query(), {"label", "label!", "until"}));
    std::int64_t until = INT64_MAX;
    for (const std::string& text : filters.values("until")) {
        TRY_ASSIGN(const std::int64_t time, readTime(text));
        until = std::min(until, time / kNanosecondsPerMillisecond);
    }
    TRY_ASSIGN(const auto networks, bus.ask<dbus::NetworkList>(Face::Networks, "List"));
    Json deleted(Json::Array{});
    for (const auto& network : networks) {
        if (network.isDefault || !network.endpoints.isEmpty() || network.created >= until ||
            !filters.matchesLabels(network.labels))
            continue;
        const auto removed = bus.ask<>(Face::Networks, "Remove", network.id);
        if (removed)
            deleted.append(network.name.toStdString());
        else if (removed.error().code != ErrorCode::InUse && removed.error().code != ErrorCode::NotFound)
            return fail(removed.error());
    }
    return exchange.reply(200, Json().set("NetworksDeleted", deleted));
}

constexpr std::array kRoutes{
    Route{"GET", "/networks", listNetworks},
    Route{"GET", "/networks/{id}", inspectNetwork, Support::Partly,
          "verbose adds nothing: it tells of swarms. The default network is `bridge`; `host` and `none` are "
          "shown "
          "without the containers that have them"},
    Route{"POST", "/networks/create", createNetwork, Support::Partly,
          "drivers bridge, macvlan and ipvlan (the latter two need an administrator); one pool of each "
          "family; no "
          "auxiliary addresses, bridge names, IPAM drivers; swarm's kinds (overlay, ingress) and ConfigOnly "
          "are refused"},
    Route{"DELETE", "/networks/{id}", removeNetwork, Support::Partly,
          "also containers that have stopped keep a network; dockerd forgets them"},
    Route{"POST", "/networks/{id}/connect", connectContainer, Support::Partly,
          "no links, driver options, link-local addresses and gateway priorities"},
    Route{"POST", "/networks/{id}/disconnect", disconnectContainer},
    Route{"POST", "/networks/prune", pruneNetworks},
};

} // namespace

std::span<const Route> networkRoutes() {
    return kRoutes;
}

} // namespace escale::docker_api
